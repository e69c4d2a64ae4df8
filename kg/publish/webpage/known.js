// What the page knows: entities, facts and texts by number. It grows by pieces, as the source hands them over.

const entities = [];
const facts = [];
const passages = [];
const articles = [];
const pages = [];
const nodes = []; // how an entity is drawn, by its number
const edges = [];
const readings = {}; // character → how it is read
const factsOf = []; // for each entity, the numbers of its facts
const edgesOf = [];

const numberOf = new Map(); // an entity's id → its number
const articleOf = new Map();
const kept = {facts: new Map(), pages: new Map(), passages: new Map(), edges: new Map()};

// Add what a piece holds and is not known yet; return for each of its entities the number here.
function learn(piece) {
  const sheet = piece.pages.map((page) => keep(kept.pages, page.source, pages, page));
  const story = piece.articles.map((article) => keep(articleOf, article.id, articles, {...article, page: sheet[article.page]}));
  const text = piece.passages.map((passage) => keep(kept.passages, `${passage.article} ${passage.text}`, passages, {...passage, article: story[passage.article]}));
  const place = piece.entities.map((entity, i) => {
    const fresh = !numberOf.has(entity.id);
    const listed = entity.in.map((n) => story[n]);
    const at = keep(numberOf, entity.id, entities, {...entity, in: listed});
    entities[at].in = unique([...entities[at].in, ...listed]);
    if (fresh) {
      nodes.push({...piece.nodes[i], id: at});
      factsOf.push([]);
      edgesOf.push([]);
    }
    return at;
  });
  const fact = piece.facts.map((one) => learnFact(one, place, text));
  for (const {from, to, facts: list} of piece.edges) learnEdge(place[from], place[to], list.map((i) => fact[i]));
  Object.assign(readings, piece.readings);
  Object.assign(qualifiers, piece.qualifiers);
  return place;
}

function keep(numbers, key, list, value) {
  if (!numbers.has(key)) {
    numbers.set(key, list.length);
    list.push(value);
  }
  return numbers.get(key);
}

// A fact may be known without its sentences first: it is thin until these come.
function learnFact(one, place, text) {
  const fact = {...one, s: place[one.s], e: one.e.map(([at, ...rest]) => [text[at], ...rest])};
  if (one.o !== undefined) fact.o = place[one.o];
  if (kept.facts.has(one.id)) return learnMore(kept.facts.get(one.id), fact);
  const at = keep(kept.facts, one.id, facts, fact);
  factsOf[fact.s].push(at);
  if (fact.o !== undefined && fact.o !== fact.s) factsOf[fact.o].push(at);
  return at;
}

function learnMore(at, fact) {
  const before = facts[at];
  if (fact.thin) return at;
  const known = new Set(before.e.map((evidence) => evidence.slice(0, 5).join(' ')));
  const e = [...before.e, ...fact.e.filter((evidence) => !known.has(evidence.slice(0, 5).join(' ')))];
  facts[at] = {...fact, e};
  return at;
}

function learnEdge(from, to, list) {
  const at = keep(kept.edges, `${from} ${to}`, edges, {from, to, facts: []});
  const edge = edges[at];
  if (edge.id === undefined) {
    edge.id = at;
    edgesOf[from].push(edge);
    if (to !== from) edgesOf[to].push(edge);
  }
  edge.facts = unique([...edge.facts, ...list]);
}

const other = (edge, id) => (edge.from === id ? edge.to : edge.from);
const otherEnd = (fact, id) => (fact.s === id ? fact.o : fact.s);
const statusOf = (fact) => fact.status || 'asserted';
const neighboursOf = (id) => unique(edgesOf[id].map((edge) => other(edge, id))).filter((n) => n !== id);
const edgesBetween = (a, b) => edgesOf[a].filter((edge) => other(edge, a) === b);
const headlineOf = (article) => article.headline.join(' ') || say('untitled');
