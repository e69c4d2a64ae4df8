// The source of a page that a server hands out: the graph comes piece by piece, as it is looked at. What source.js
// says of a source holds; every answer is bounded, so that the graph may be of any size.

const FACTS_AT_ONCE = 100;
const IDS_AT_ONCE = 400;
const EXPORTED = 2000; // facts whose sentences are fetched for one export

function overServer(piece) {
  const told = new Map(); // what was asked → its answer, which does not change as long as the page is open
  const joined = new Set(); // entities whose facts among each other are known
  const begun = new Map(); // entity → how many of its facts were fetched, the surest first
  const glanced = new Set(); // entities of which some facts were fetched, with those of others
  const ofArticle = new Map(); // article → the entities it names
  const listed = new Set(); // entities whose articles are known

  async function ask(name, parameters) {
    const address = `${piece.api}${name}?${new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value !== undefined))}`;
    if (!told.has(address)) told.set(address, fetched(address).catch((error) => { told.delete(address); throw error; }));
    return told.get(address);
  }

  async function fetched(address) {
    const answer = await fetch(address, {headers: {Accept: 'application/json'}, credentials: 'same-origin'});
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.detail || `${answer.status}`);
    return said;
  }

  const filters = () => ({
    no: state.predicates.join('~'), not: state.statuses.join('~'), hide: state.types.map((type) => types[type].name).join('~'),
    sure: state.sure || '', from: state.from || '', to: state.to || '',
  });
  const ids = (numbers) => numbers.map(idOf).join('~');
  const slices = (list, size) => Array.from({length: Math.ceil(list.length / size)}, (_, i) => list.slice(i * size, (i + 1) * size));
  const thin = (numbers) => unique(numbers).filter((at) => facts[at].thin);

  return {
    async opening() {
      learn(piece);
      const open = entities.map((_, id) => id).slice(0, piece.shown);
      open.forEach((id) => joined.add(id));
      return open;
    },
    async entities(wanted) {
      const fresh = wanted.filter((id) => !numberOf.has(id));
      for (const some of slices(fresh, IDS_AT_ONCE)) learn(await ask('entities', {ids: some.join('~')}));
      return wanted.map((id) => (numberOf.has(id) ? numberOf.get(id) : null));
    },
    async around(numbers) {
      if (numbers.length === 1) {
        if (!begun.has(numbers[0])) await this.more(numbers[0]);
        return;
      }
      const fresh = unique(numbers).filter((id) => !begun.has(id) && !glanced.has(id));
      for (const some of slices(fresh, IDS_AT_ONCE)) {
        learn(await ask('around', {ids: ids(some)}));
        some.forEach((id) => glanced.add(id));
      }
    },
    async more(id) {
      const skip = begun.get(id) || 0;
      const found = await ask('around', {ids: idOf(id), skip: skip || ''});
      learn(found);
      begun.set(id, skip + found.facts.length);
    },
    async among(numbers) {
      if (numbers.every((id) => joined.has(id))) return;
      learn(await ask('among', {ids: ids(numbers.slice(0, 2000))}));
      numbers.forEach((id) => joined.add(id));
    },
    async narrowed() {
      return learn(await ask('narrowed', filters()));
    },
    async fill(numbers) {
      const wanted = thin(numbers);
      for (const some of slices(wanted.slice(0, EXPORTED), FACTS_AT_ONCE)) learn(await ask('facts', {ids: some.map((at) => facts[at].id).join('~')}));
      return wanted.length <= EXPORTED;
    },
    async stories(id) {
      if (listed.has(id)) return;
      learn(await ask('stories', {id: idOf(id)}));
      listed.add(id);
    },
    async ofType(type, most) {
      return learn(await ask('type', {name: types[type].name, n: Math.min(most, 2000)}));
    },
    async search(text) {
      const said = await ask('search', {q: text.slice(0, 200)});
      const found = learn(said);
      return {hits: said.hits.map((hit, i) => ({...hit, id: found[i]})), total: said.total};
    },
    async path(a, b, open) {
      if (state.article !== null) return shortest(a, b, open); // all facts of an article are known
      const said = await ask('path', {a: idOf(a), b: idOf(b), ...filters()});
      if (said.given_up) announce(say('pathGivenUp'));
      return learn(said).slice(0, said.steps);
    },
    async article(id) {
      if (!ofArticle.has(id)) {
        const said = await ask('article', {id});
        ofArticle.set(id, learn(said).slice(0, said.named));
      }
      return articleOf.has(id) ? articleOf.get(id) : null;
    },
    async inArticle(at) {
      await this.article(articles[at].id);
      return ofArticle.get(articles[at].id);
    },
    async articles(text) {
      const said = await ask('articles', {q: text.slice(0, 200)});
      if (!said.ready) {
        told.clear();
        announce(say('indexing'));
      }
      learn(said);
      return {list: said.articles.map((article) => articleOf.get(article.id)), total: said.total};
    },
    async printed(print) {
      return ask('print', {id: print.article, start: print.start, end: print.end});
    },
    tallies: () => piece.facets,
    reach: () => piece.total.entities,
    leftFacts: (id) => Math.max(0, entities[id].total - factsOf[id].length),
  };
}
