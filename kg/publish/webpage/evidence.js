// One fact with its sentences: each within its paragraph and on the page as it was printed.

const link = (id) => button({class: 'link', 'data-entity': entities[id].id, onclick: () => visit(id)},
  glyph(entities[id].type), bdi(entities[id].name), isShown(id) ? null : el('span', {class: 'plus', title: say('notShown')}, '＋'));

// Seen from an entity, only the other end of a fact is named.
function factView(i, id) {
  const fact = facts[i];
  const end = fact.o === undefined ? el('span', {class: 'value'}, bdi(fact.text)) : null;
  const what = id === null
    ? [link(fact.s), el('span', {class: 'verb'}, called(predicates[fact.p])), end || link(fact.o)]
    : [end || link(otherEnd(fact, id))];
  const tags = Object.entries(fact.q || {}).map(([name, value]) => el('span', {class: 'tag'},
    el('b', {}, Object.hasOwn(qualifiers, name) ? called(qualifiers[name]) : plain(name)), bdi(value)));
  if (fact.w && fact.w !== fact.text) tags.push(el('span', {class: 'tag'}, say('means', fact.w)));
  if (fact.status) tags.push(el('span', {class: 'tag status'}, say(fact.status)));
  const [first, ...rest] = fact.e;
  const where = el('div', {}, first ? evidenceView(first) : null);
  const count = rest.length + (fact.more || 0);
  const showRest = () => {
    more.remove();
    where.append(...rest.map(evidenceView));
    if (fact.more) where.append(el('p', {class: 'names'}, say('leftEvidence', number(fact.more))));
  };
  const more = count ? button({class: 'more', onclick: showRest}, say('moreEvidence', number(count))) : null;
  return [el('div', {class: 'what'}, what, tags, sureView(fact.c)), where, more];
}

function sureView(confidence) {
  const grade = confidence >= 0.75 ? '' : confidence >= 0.5 ? ' mid' : ' low';
  const said = say('certainty', confidence.toFixed(2));
  return el('span', {class: `sure${grade}`, title: said, 'aria-label': said, role: 'img'}, el('i'), confidence.toFixed(2));
}

// The sentence with what is said marked; the paragraph around it and the print on demand.
function evidenceView([at, first, last, start, end, print]) {
  const {text, article} = passages[at];
  const {headline, byline, date, page} = articles[article];
  const {newspaper, source: file, address, opens, number: sheet} = pages[page];
  const quote = el('blockquote');
  const fill = (all) => quote.replaceChildren(sentenceView(text, all, first, last, start, end));
  fill(false);
  const paragraph = switched('wholeParagraph', 'sentenceOnly', fill);
  const printed = el('div', {class: 'print', hidden: true});
  const showPrint = switched('asPrinted', 'hidePrint', async (on) => {
    printed.hidden = !on;
    if (!on) return;
    try {
      const {text: paper, spots} = await source.printed(print, pages[page]);
      printed.replaceChildren(printView(paper, spots, file));
      printed.querySelector('mark').scrollIntoView({block: 'nearest'});
    } catch (error) {
      announce(say('failed', error.message));
    }
  });
  const names = byline.map(([role, name]) => `${role} ${name}`).join('　');
  return el('div', {class: 'evidence'}, quote, el('footer', {},
    headline.length ? el('span', {}, '《', bdi(headline.join(' ')), '》') : null,
    names ? el('span', {}, bdi(names)) : null,
    newspaper ? el('span', {}, bdi(newspaper + (sheet ? ` ${sheet}` : ''))) : null,
    date ? el('span', {}, date) : null,
    el('span', {}, bdi(file)),
    address ? addressView(address, opens) : null,
    first > 0 || last < text.length ? paragraph : null,
    print.length || print.article ? showPrint : null), printed);
}

// A button that turns something on and off.
function switched(on, off, act) {
  const toggle = button({'aria-expanded': 'false', onclick: () => {
    const now = toggle.getAttribute('aria-expanded') === 'false';
    toggle.setAttribute('aria-expanded', String(now));
    toggle.textContent = say(now ? off : on);
    act(now);
  }}, say(on));
  return toggle;
}

// Where the source says it was read: a link only when it was checked, and else mere text.
const addressView = (address, opens) => (opens
  ? el('a', {href: address, target: '_blank', rel: 'noopener noreferrer'}, bdi(address))
  : el('span', {}, bdi(address)));

function sentenceView(text, whole, first, last, start, end) {
  const rest = (part) => (whole && part ? el('span', {class: 'rest'}, part) : null);
  return el('bdi', {}, rest(text.slice(0, first)), text.slice(first, start),
    el('mark', {}, text.slice(start, end)), text.slice(end, last), rest(text.slice(last)));
}

// The lines of the page around the place, as they were printed, with what is said marked on them.
function printView(text, print, file) {
  const spots = pairs(print, 2).sort((a, b) => a[0] - b[0]);
  const around = (at, step, lines) => {
    for (let n = 0; n < lines && at > 0 && at < text.length; n += 1) {
      const next = step < 0 ? text.lastIndexOf('\n', at - 2) + 1 : text.indexOf('\n', at + 1);
      if (next < 0) return text.length;
      at = next;
    }
    return at;
  };
  const from = Math.max(around(spots[0][0], -1, 4), spots[0][0] - 600);
  const until = Math.min(around(spots.at(-1)[1], 1, 4), spots.at(-1)[1] + 600);
  const box = el('pre', {tabindex: 0, 'aria-label': `${say('printed')} ${plain(file)}`});
  let at = from;
  for (const [start, end] of spots) {
    if (start < at) continue;
    box.append(text.slice(at, start), el('mark', {}, text.slice(start, end)));
    at = end;
  }
  box.append(text.slice(at, until));
  return box;
}
