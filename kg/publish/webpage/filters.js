// Which facts pass the filters, and which entities and edges are then to be seen.

const MOST = 400; // no more entities come in at once
let passing = new Set(); // numbers of facts
let opening = []; // the entities that the page opens with
let visible = {nodes: new Set(), edges: [], cut: 0};

const passes = (at) => passing.has(at);
const narrowed = () => Boolean(state.predicates.length || state.statuses.length || state.sure || state.article !== null || state.from || state.to);

function passesFilters(fact) {
  if (state.predicates.includes(fact.p) || state.statuses.includes(statusOf(fact)) || fact.c < state.sure) return false;
  if (state.article !== null && !fact.e.some(([at]) => passages[at].article === state.article)) return false;
  if (!state.from && !state.to) return true;
  return Boolean(fact.d) && (!state.from || fact.d[1] >= state.from) && (!state.to || fact.d[0] <= state.to);
}

// What lies around an entity, by steps over facts that pass: [[it], [its neighbours], …], the most important of them.
function rings(id, hops) {
  const out = [[id]];
  const seen = new Set([id]);
  let cut = 0;
  for (let step = 0; step < hops; step += 1) {
    const next = unique(out.at(-1).flatMap((one) => edgesOf[one].filter((e) => e.facts.some(passes)).map((e) => other(e, one))))
      .filter((n) => !seen.has(n) && !state.types.includes(entities[n].type)).sort((a, b) => a - b);
    const room = MOST - seen.size;
    cut += Math.max(0, next.length - room);
    out.push(next.slice(0, Math.max(0, room)));
    out.at(-1).forEach((n) => seen.add(n));
  }
  return {rings: out, cut};
}

// Which of the facts that are known by now pass.
function sift() {
  passing = new Set(facts.keys());
  if (narrowed()) passing = new Set([...passing].filter((at) => passesFilters(facts[at])));
}

// Decide anew what is to be seen.
async function reckon() {
  sift();
  let [base, cut] = [[], 0];
  elsewhere.clear();
  if (state.focus) {
    for (let step = 0; step < state.focus.hops; step += 1) {
      await source.around(rings(state.focus.id, step).rings.flat());
      sift();
    }
    const found = rings(state.focus.id, state.focus.hops);
    [base, cut] = [found.rings.flat(), found.cut];
    spreadRings(found.rings);
  } else if (state.path) {
    base = await source.path(state.path.from, state.path.to, passes);
    base = base.length ? base : [state.path.from, state.path.to];
    await source.among(base);
    sift();
    spreadPath(base);
  } else base = (narrowed() && state.article === null && await source.narrowed()) || await gathered();
  const named = state.article === null ? [] : await source.inArticle(state.article);
  sift();
  if (!state.focus && !state.path && state.article !== null) base = base.concat(named.slice(0, MOST));
  const chosen = ends(state.open);
  const nodes = new Set([...base, ...chosen].filter((id) => !state.types.includes(entities[id].type) || chosen.includes(id)));
  await source.among([...nodes].sort((a, b) => a - b));
  await source.around(chosen);
  if (chosen.length === 1) await source.stories(chosen[0]);
  sift();
  let lines = edges.filter((e) => nodes.has(e.from) && nodes.has(e.to) && e.facts.some(passes));
  if (narrowed() && !state.focus && !state.path) {
    const keep = new Set([...lines.flatMap((e) => [e.from, e.to]), ...chosen, ...named]);
    for (const id of nodes) if (!keep.has(id)) nodes.delete(id);
    lines = lines.filter((e) => nodes.has(e.from) && nodes.has(e.to));
  }
  for (const id of [...nodes].sort((a, b) => a - b)) if (!places.has(id)) settle(id);
  visible = {nodes, edges: lines, cut};
}

// The entities that the page opens with and those that were called in.
async function gathered() {
  let list = [...opening, ...state.called];
  for (const [type, count] of Object.entries(state.whole)) list = list.concat(await source.ofType(Number(type), count));
  return unique(list);
}

function ends(open) {
  if (!open || open.path) return [];
  return open.entity === undefined ? [open.from, open.to] : [open.entity];
}

const isShown = (id) => visible.nodes.has(id);
