// Where the data come from: the one place that knows. A source answers with promises, and what it has handed
// over is known from then on:
//   opening()         the numbers of the entities that the page opens with
//   entities(ids)     the numbers of the entities with these ids; null for those there are not
//   around(numbers)   makes known every fact of these entities
//   ofType(type, n)   the numbers of the n most important entities of a type
//   search(text)      {hits, total}: hits {id, alias, rank}, the best first
//   path(a, b, open)  the numbers of the entities on the shortest way over facts that are open, or []
//   inArticle(number) the numbers of the entities that an article names
//   among(numbers)    makes known the facts between these entities
//   narrowed()        the entities to be seen when facts are filtered, or null: those that are seen anyway
//   fill(facts)       makes known the sentences of these facts; false when they were too many
//   stories(number)   makes known the articles that mention an entity
//   more(number)      makes further facts of an entity known
//   article(id)       the number of the article with this id, or null
//   articles(text)    {list, total}: the articles whose headline, date, byline or source has a text
//   printed(print, page)  {text, spots}: a page as printed, with the places of a sentence on it
//   tallies()         how many facts and entities there are of what: {types, predicates, statuses, days}
//   reach()           how many entities can be shown; leftFacts(number) how many facts can still be fetched

// All of it stands in the page.
function inPage(piece) {
  let [names, tally] = [null, null];
  const index = () => entities.map((entity) => [entity.name, ...entity.aliases].map((name) => flat(name.slice(0, 400))));
  return {
    async opening() {
      learn(piece);
      return entities.map((_, id) => id).slice(0, piece.shown);
    },
    async entities(ids) {
      return ids.map((id) => (numberOf.has(id) ? numberOf.get(id) : null));
    },
    async around() {},
    async ofType(type, most) {
      return entities.flatMap((entity, id) => (entity.type === type ? [id] : [])).slice(0, most);
    },
    async search(text) {
      names = names || index();
      const hits = lookUp(names, flat(text));
      return {hits, total: hits.length};
    },
    async path(a, b, open) {
      return shortest(a, b, open);
    },
    async inArticle(at) {
      return entities.flatMap((entity, id) => (entity.in.includes(at) ? [id] : []));
    },
    async among() {},
    async narrowed() {
      return null;
    },
    async fill() {
      return true;
    },
    async stories() {},
    async more() {},
    async article(id) {
      return articleOf.has(id) ? articleOf.get(id) : null;
    },
    async articles(text) {
      const list = newestFirst([...articles.keys()].filter((at) => !text || titled(articles[at]).includes(flat(text))));
      return {list: list.slice(0, 8), total: list.length};
    },
    async printed(print, page) {
      return {text: page.text, spots: print};
    },
    tallies: () => (tally = tally || tallied()),
    reach: () => entities.length,
    leftFacts: () => 0,
  };
}

const titled = (article) => flat([...article.headline, article.date, ...article.byline.map(([, name]) => name), pages[article.page].source].join(' ').slice(0, 600));
const newestFirst = (list) => [...list].sort((a, b) => (articles[a].date < articles[b].date ? 1 : articles[a].date > articles[b].date ? -1 : a - b));

// What is known, counted.
function tallied() {
  const tally = {types: types.map(() => 0), predicates: {}, statuses: {}, days: []};
  const days = new Map();
  for (const {type} of entities) tally.types[type] += 1;
  for (const fact of facts) {
    tally.predicates[fact.p] = (tally.predicates[fact.p] || 0) + 1;
    tally.statuses[statusOf(fact)] = (tally.statuses[statusOf(fact)] || 0) + 1;
    if (fact.d) days.set(fact.d[0], (days.get(fact.d[0]) || 0) + 1);
  }
  return {...tally, days: [...days]};
}

function lookUp(names, wanted) {
  if (!wanted) return [];
  const ranked = [[], [], [], [], [], [], []];
  names.forEach((forms, id) => {
    let best = null;
    forms.forEach((form, i) => {
      const rank = match(form, wanted);
      if (rank !== null && (best === null || rank < best.rank)) best = {rank, id, alias: i ? entities[id].aliases[i - 1] : null};
    });
    if (best) ranked[best.rank].push(best);
  });
  ranked[5].sort((a, b) => shownName(a).length - shownName(b).length); // short forms: the least left out first
  return ranked.flat();
}

const shownName = (hit) => hit.alias || entities[hit.id].name;

// The fewest steps; among these over the surer facts and fewer hubs.
function shortest(start, end, open) {
  const most = Math.max(1, ...edgesOf.map((list) => list.length));
  const cost = new Map([[start, 0]]);
  const before = new Map();
  let ring = [start];
  const done = new Set(ring);
  while (ring.length && !done.has(end)) {
    const next = new Map();
    for (const id of ring) {
      for (const edge of edgesOf[id]) {
        const to = other(edge, id);
        const passing = edge.facts.filter(open);
        if (!passing.length || done.has(to)) continue;
        const sure = Math.max(...passing.map((i) => facts[i].c));
        const way = cost.get(id) + (1 - sure) + Math.max(edgesOf[id].length, edgesOf[to].length) / most;
        if (!next.has(to) || way < next.get(to)) {
          next.set(to, way);
          before.set(to, id);
        }
      }
    }
    ring = [...next.keys()].sort((a, b) => a - b);
    for (const [id, way] of next) cost.set(id, way);
    ring.forEach((id) => done.add(id));
  }
  if (!done.has(end) || start === end) return [];
  const way = [end];
  while (way[0] !== start) way.unshift(before.get(way[0]));
  return way;
}

const source = boot.api ? overServer(boot) : inPage(boot);
