// What is shown, as a file: picture, drawing, data, table. Turtle has a file of its own.

const FORMULA = /^[=+\-@\t\r＝＋－＠]/; // what some spreadsheets would run
const KINDS = {png: 'image/png', svg: 'image/svg+xml', json: 'application/json', csv: 'text/csv', turtle: 'text/turtle'};
const ENDINGS = {png: 'png', svg: 'svg', json: 'json', csv: 'csv', turtle: 'ttl'};
const WRITERS = {svg: drawing, json: () => JSON.stringify(asData(), null, 1), csv: table, turtle: () => turtle(asData())};

async function save(kind) {
  if (kind !== 'png' && kind !== 'svg' && !await source.fill(shownFacts())) announce(say('sentencesLeft'));
  const blob = kind === 'png' ? await picture() : new Blob([WRITERS[kind]()], {type: `${KINDS[kind]};charset=utf-8`});
  const name = `${plain(boot.title, 40).replace(/[^\p{L}\p{N}]+/gu, '-') || 'kg'}.${ENDINGS[kind]}`;
  const address = URL.createObjectURL(blob);
  el('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  announce(say('saved', name));
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    announce(say('copied'));
  } catch {
    announce(say('notCopied')); // the browser does not allow it, or the page has no clipboard
  }
}

const shownFacts = () => [...passing].sort((a, b) => a - b).filter((i) => isShown(facts[i].s) && (facts[i].o === undefined || isShown(facts[i].o)));

// Entities and facts that are shown, with their sentences.
function asData() {
  const iri = (id) => boot.prefix.entity + entities[id].id;
  return {
    title: boot.title,
    entities: [...visible.nodes].sort((a, b) => a - b).map((id) => ({
      iri: iri(id), name: entities[id].name, type: types[entities[id].type].name, aliases: entities[id].aliases, articles: entities[id].articles})),
    facts: shownFacts().map((i) => {
      const fact = facts[i];
      const value = {text: fact.text, kind: fact.kind, amount: fact.amount, unit: fact.unit};
      return {
        iri: boot.prefix.fact + fact.id, subject: iri(fact.s), predicate: fact.p, ...(fact.o === undefined ? {value} : {object: iri(fact.o)}),
        qualifiers: fact.q || {}, status: statusOf(fact), confidence: fact.c, articles: fact.n, reported: fact.d, valid: fact.v,
        evidence: fact.e.map(quoted),
      };
    }),
  };
}

function quoted([at, first, last, start, end]) {
  const {text, article} = passages[at];
  const {id, headline, byline, date, page} = articles[article];
  const {newspaper, source: file, address} = pages[page];
  return {sentence: text.slice(first, last), quote: text.slice(start, end), article: id, headline, byline, date, newspaper, source: file, address};
}

const NOWHERE = {sentence: '', headline: [], byline: [], date: '', newspaper: '', source: ''};

function table() {
  const data = asData();
  const names = new Map(data.entities.map((entity) => [entity.iri, entity.name]));
  const head = lang === 'en'
    ? ['subject', 'predicate', 'object', 'qualifiers', 'status', 'confidence', 'first reported', 'last reported', 'sentence', 'headline', 'byline', 'date', 'newspaper', 'source', 'statement']
    : ['主体', '关系', '客体', '限定', '状态', '可信度', '首次见报', '最近见报', '依据', '标题', '署名', '日期', '报纸', '来源', '陈述'];
  const rows = data.facts.map((fact) => {
    const [{sentence, headline, byline, date, newspaper, source: file} = NOWHERE] = fact.evidence;
    const named = (name) => (Object.hasOwn(qualifiers, name) ? called(qualifiers[name]) : name);
    return [names.get(fact.subject), called(predicates[fact.predicate]), fact.value ? fact.value.text : names.get(fact.object),
      Object.entries(fact.qualifiers).map(([name, value]) => `${named(name)}：${value}`).join('；'), say(fact.status), fact.confidence,
      ...(fact.reported || ['', '']), sentence, headline.join(' '), byline.map(([role, name]) => `${role} ${name}`).join('、'), date, newspaper, file, fact.iri];
  });
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value) {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function picture() {
  const from = network.canvas.frame.canvas;
  const to = el('canvas', {width: from.width, height: from.height});
  const context = to.getContext('2d');
  context.fillStyle = PAPER;
  context.fillRect(0, 0, to.width, to.height);
  context.drawImage(from, 0, 0);
  return new Promise((resolve) => { to.toBlob(resolve, 'image/png'); });
}

// The same picture as lines and letters, cut to what is in view.
function drawing() {
  const {clientWidth, clientHeight} = byId('network');
  const [low, high] = [network.DOMtoCanvas({x: 0, y: 0}), network.DOMtoCanvas({x: clientWidth, y: clientHeight})];
  const root = svg('svg', {width: clientWidth, height: clientHeight, viewBox: [low.x, low.y, high.x - low.x, high.y - low.y].map(near).join(' ')});
  root.append(svg('rect', {x: near(low.x), y: near(low.y), width: near(high.x - low.x), height: near(high.y - low.y), fill: PAPER}));
  if (state.groups) for (const {color, points} of grounds) root.append(svg('polygon', {points: joined(points), fill: color, 'fill-opacity': 0.8}));
  for (const line of lines) root.append(...lineOf(line));
  for (const id of [...visible.nodes].sort((a, b) => b - a)) root.append(shapeOf(id));
  for (const {id, edge, lines, x, y, size} of written) {
    const origin = edge ? {x: 0, y: 0} : placeOf(id);
    lines.forEach((line, i) => {
      const words = svg('text', {x: near(origin.x + x), y: near(origin.y + y + (i - (lines.length - 1) / 2) * size * 1.14), 'font-size': near(size), 'font-family': FACE,
        'text-anchor': 'middle', 'dominant-baseline': 'central', fill: edge ? GREY : INK, stroke: PAPER, 'stroke-width': near(size / 3.4), 'stroke-linejoin': 'round', 'paint-order': 'stroke'});
      words.textContent = plain(line, 200);
      root.append(words);
    });
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

const near = (value) => Math.round(value * 10) / 10;
const joined = (points) => points.map(({x, y}) => `${near(x)},${near(y)}`).join(' ');

function lineOf({edge, look}) {
  const pale = lit ? (lit.edges.has(edge.id) ? 0.9 : 0.07) : 0.6;
  const {a, b, bow, arrow} = course(edge);
  const style = {fill: 'none', stroke: look.color, 'stroke-opacity': pale, 'stroke-width': look.width, ...(look.dashes ? {'stroke-dasharray': '7 5'} : {})};
  if (edge.from === edge.to) return [svg('circle', {cx: a.x + 16, cy: a.y - 16, r: 16, ...style})];
  const path = svg('path', {d: `M${near(a.x)} ${near(a.y)}Q${near(bow.x)} ${near(bow.y)} ${near(b.x)} ${near(b.y)}`, ...style});
  return look.arrow ? [path, svg('polygon', {points: joined(arrow), fill: look.color, 'fill-opacity': pale})] : [path];
}

function shapeOf(id) {
  const {size, color, shape} = nodes[id];
  const {x, y} = placeOf(id);
  const [tag, outline] = SHAPES[shape] || SHAPES.dot;
  const scale = near(size / 6.6 * 10) / 10;
  const group = svg('g', {transform: `translate(${near(x - 8 * scale)} ${near(y - 8 * scale)}) scale(${scale})`},
    svg(tag, {...outline, fill: color, 'fill-opacity': lit && !stands(id) ? PALE : 1}));
  const title = svg('title', {});
  title.textContent = plain(entities[id].name, 200);
  group.append(title);
  return group;
}
