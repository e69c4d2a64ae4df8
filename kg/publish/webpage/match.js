// How well a name answers what somebody typed: written out, in part, in pinyin, or shortened.

const flat = (text) => text.normalize('NFKC').toLowerCase().replace(/[\s“”"'‘’《》〈〉「」]/g, '');

// 0 the name, 1 its beginning, 2 a part of it, 3 all of it in pinyin, 4 its beginning in pinyin,
// 5 characters of it in order, 6 a part of it in pinyin; null when it does not answer.
function match(name, wanted) {
  const at = name.indexOf(wanted);
  if (at >= 0) return name === wanted ? 0 : at === 0 ? 1 : 2;
  if (/^[a-z']+$/.test(wanted)) return spelled([...name.slice(0, 120)], wanted.replace(/'/g, ''));
  return shortens(name, wanted) ? 5 : null;
}

function spelled(signs, wanted) {
  for (let start = 0; start < signs.length && (start === 0 || wanted.length > 1); start += 1) {
    const end = spelledFrom(signs, start, wanted, 0, new Set());
    if (end !== null) return start ? 6 : end === signs.length ? 3 : 4;
  }
  return null;
}

// Where the name has been read when all that was typed is used up, or null: each character by its whole
// reading or its beginning (zh or z), the last one by any beginning of its reading.
function spelledFrom(signs, at, wanted, from, failed) {
  if (from === wanted.length) return at;
  if (at >= signs.length || failed.has(at * 1000 + from)) return null;
  for (const reading of (readings[signs[at]] || signs[at]).split(' ')) {
    const rest = wanted.length - from;
    if (rest <= reading.length && reading.startsWith(wanted.slice(from))) return at + 1;
    const lengths = [reading.length, reading[1] === 'h' ? 2 : 0, 1];
    for (const length of lengths) {
      if (!length || !wanted.startsWith(reading.slice(0, length), from)) continue;
      const end = spelledFrom(signs, at + 1, wanted, from + length, failed);
      if (end !== null) return end;
    }
  }
  failed.add(at * 1000 + from);
  return null;
}

function shortens(name, wanted) {
  const signs = [...wanted];
  if (signs.length < 2) return false;
  let at = -1;
  return signs.every((sign) => (at = name.indexOf(sign, at + 1)) >= 0);
}
