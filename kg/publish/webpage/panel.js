// The panel: an entity with posts, facts by predicate and articles; the facts between two; or a path.

const panel = byId('panel');
const FIRST = 5; // facts of a group that are shown before one asks for the rest
const usual = Object.keys(predicates); // the most frequent first
const POST = 'holdsPosition';

function renderPanel() {
  const {open} = state;
  const before = panel.dataset.of;
  panel.hidden = !open;
  document.body.classList.toggle('open', Boolean(open));
  panel.dataset.of = open ? JSON.stringify(open) : '';
  if (!open) return panel.replaceChildren();
  panel.replaceChildren(...(open.path ? pathView() : open.entity === undefined ? edgeView(open) : entityView(open.entity)));
  if (before !== panel.dataset.of) panel.scrollTop = 0;
}

// Show an entity and bring it and its neighbours into sight.
async function visit(id) {
  await show(id, {focus: null, path: null});
  const near = visible.edges.filter((e) => e.from === id || e.to === id).map((e) => other(e, id));
  moveTo(near.length > 40 ? [id] : [id, ...near]);
}

async function show(id, change = {}) {
  await source.around([id]);
  await source.stories(id);
  const inside = isShown(id) || opening.includes(id);
  await go({...change, open: {entity: id}, drawer: isWide() ? state.drawer : null, called: inside ? state.called : unique([...state.called, id]), types: state.types.filter((type) => type !== entities[id].type)});
}

const close = () => go({open: null});

function bar(...words) {
  return el('div', {class: 'bar'}, ...words, el('span', {class: 'grow'}),
    button({class: 'icon', 'aria-label': say('close'), title: `${say('close')}（Esc）`, onclick: close}, '×'));
}

function entityView(id) {
  const entity = entities[id];
  const own = factsOf[id].filter(passes);
  const left = source.leftFacts(id);
  const all = factsOf[id].length + left;
  const top = el('div', {class: 'top'},
    bar(glyph(entity.type), called(types[entity.type]), '·', say('facts', number(all)), '·', say('articlesOf', number(entity.articles))),
    el('h2', {}, bdi(entity.name)),
    entity.aliases.length
      ? el('p', {class: 'names'}, say('aliases'), entity.aliases.flatMap((name, i) => [i ? '、' : null, bdi(name)]))
      : null,
    expandView(id), focusView(id));
  const body = grouped(id, own).map((group) => groupView(group, id));
  const hidden = factsOf[id].length - own.length;
  return [top, el('div', {class: 'body'},
    hidden ? el('p', {class: 'note'}, say('filtered', number(hidden))) : null,
    all ? null : el('p', {class: 'empty'}, say('noFacts')),
    left ? button({class: 'wide', id: 'more-facts', onclick: () => source.more(id).then(() => go({}, {step: false}))}, say('fetchFacts', number(left))) : null,
    postsView(id, own), body, articlesView(entity))];
}

// Facts of an entity by predicate and direction, the usual first.
function grouped(id, own) {
  const groups = new Map();
  for (const i of own) {
    const inward = facts[i].s !== id && !predicates[facts[i].p].symmetric;
    const key = `${inward ? 1 : 0} ${facts[i].p}`;
    if (!groups.has(key)) groups.set(key, {inward, predicate: facts[i].p, list: []});
    groups.get(key).list.push(i);
  }
  return [...groups.values()].sort((a, b) => a.inward - b.inward || usual.indexOf(a.predicate) - usual.indexOf(b.predicate));
}

// The facts whose sentences the panel shows at once; those of the rest are fetched when one asks for them.
function panelFacts() {
  const {open} = state;
  if (!open) return [];
  if (open.path) return [...elsewhere.keys()].slice(1).flatMap((id, i) => between([...elsewhere.keys()][i], id).slice(0, 2));
  if (open.entity === undefined) return between(open.from, open.to).slice(0, 3 * FIRST);
  const own = factsOf[open.entity].filter(passes);
  const posts = own.filter((i) => facts[i].p === POST).slice(0, 60);
  return [...posts, ...grouped(open.entity, own).flatMap(({list}) => list.slice(0, FIRST))];
}

const between = (a, b) => unique(edgesBetween(a, b).flatMap((e) => e.facts)).filter(passes);

// Neighbours that are not in the picture, all at once or those of one type.
function expandView(id) {
  const away = neighboursOf(id).filter((n) => !isShown(n) && !state.types.includes(entities[n].type));
  if (!away.length || state.focus || state.path) return null;
  const kinds = unique(away.map((n) => entities[n].type));
  const some = (list, words, kind) => button({class: kind, onclick: () => expand(id, list)}, words);
  return el('p', {class: 'chips'}, some(away, say('expand', number(away.length)), 'expand'),
    kinds.length > 1 ? kinds.map((type) => {
      const list = away.filter((n) => entities[n].type === type);
      return some(list, [glyph(type), say('expandType', called(types[type]), number(list.length))], 'expand one');
    }) : null);
}

async function expand(id, list) {
  const fit = list.slice(0, MOST);
  await go({called: unique([...state.called, ...fit])});
  if (fit.length < list.length) announce(say('tooMany', MOST));
  moveTo([id, ...fit]);
}

function focusView(id) {
  const now = state.focus && state.focus.id === id ? state.focus.hops : 0;
  const hops = [1, 2, 3].map((n) => button({'aria-pressed': String(now === n), onclick: () => (now === n ? unfocus() : focusOn(id, n))}, n === 1 ? say('hop') : say('hops', n)));
  return el('p', {class: 'chips'}, el('span', {class: 'segment', role: 'group', 'aria-label': say('focus')}, el('span', {}, say('focus')), hops),
    button({class: 'expand', onclick: () => startPath(id)}, say('pathFrom')));
}

async function focusOn(id, hops) {
  await go({focus: {id, hops}, path: null, open: {entity: id}, view: null});
  fit(gently());
  if (visible.cut) announce(say('tooMany', visible.nodes.size));
}

async function unfocus() {
  await go({focus: null, path: null, open: state.open && state.open.path ? null : state.open, view: null});
  fit(gently());
}

// Posts in the order of time: of a person those held, of an organization those who held them.
function postsView(id, own) {
  const posts = own.filter((i) => facts[i].p === POST && facts[i].o !== undefined);
  if (posts.length < 2) return null;
  const held = facts[posts[0]].s === id;
  const when = (fact) => (fact.v || fact.d || ['9999'])[0];
  const rows = posts.map((i) => facts[i]).sort((a, b) => (a.status === 'former' ? 0 : 1) - (b.status === 'former' ? 0 : 1) || (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : 0));
  const line = (fact) => el('li', {class: fact.status || ''},
    el('time', {}, fact.v ? bdi(fact.v[2] || fact.v[0]) : fact.d ? say('reported', unique(fact.d).join(' – ')) : say('undated')),
    el('span', {}, link(otherEnd(fact, id)), fact.q && fact.q.title ? el('span', {class: 'tag'}, bdi(fact.q.title)) : null,
      fact.status ? el('span', {class: 'tag status'}, say(fact.status)) : null));
  return el('section', {class: 'group posts', 'aria-label': say(held ? 'posts' : 'holders')},
    el('h3', {}, say(held ? 'posts' : 'holders'), el('small', {}, number(rows.length))), collapsing('ol', rows, line, 6));
}

// A list that shows its first rows, and the rest when asked to.
function collapsing(tag, rows, view, first, words = 'moreFacts') {
  const list = el(tag, {}, rows.slice(0, first).map(view));
  if (rows.length <= first) return list;
  const showRest = async () => {
    if (words === 'moreFacts') await source.fill(rows.slice(first).filter(Number.isInteger));
    list.append(...rows.slice(first).map(view));
    more.remove();
  };
  const more = button({class: 'more', onclick: () => showRest().catch((error) => announce(say('failed', error.message)))}, say(words, number(rows.length - first)));
  return el('div', {}, list, more);
}

function groupView({inward, predicate, list}, id) {
  const label = called(predicates[predicate]);
  const heading = inward ? `← ${label}` : `${label}${facts[list[0]].o === undefined || predicates[predicate].symmetric ? '' : ' →'}`;
  return el('section', {class: 'group', 'aria-label': inward ? say('inward', label) : label},
    el('h3', {}, el('span', {'aria-hidden': 'true'}, heading), el('small', {}, number(list.length))),
    collapsing('ul', list, (i) => el('li', {class: 'fact'}, factView(i, id)), FIRST));
}

function articlesView(entity) {
  if (!entity.in.length) return null;
  const newest = newestFirst(entity.in);
  const row = (at) => el('li', {}, button({class: 'story', title: say('onlyArticle'), onclick: () => onlyArticle(at)}, bdi(headlineOf(articles[at]))), el('small', {}, articles[at].date));
  const left = entity.articles - entity.in.length;
  return el('section', {class: 'group stories', 'aria-label': say('articles')},
    el('h3', {}, say('articles'), el('small', {}, number(entity.articles))), collapsing('ul', newest, row, FIRST, 'moreRows'),
    left > 0 ? el('p', {class: 'names'}, say('moreArticles', number(left))) : null);
}

function edgeView({from, to}) {
  const numbers = between(from, to);
  const top = el('div', {class: 'top'},
    bar(say('relation'), '·', say('facts', number(numbers.length))),
    el('h2', {}, bdi(entities[from].name), el('span', {class: 'verb'}, ' — '), bdi(entities[to].name)));
  const rows = collapsing('ul', numbers, (i) => el('li', {class: 'fact'}, factView(i, null)), 3 * FIRST);
  return [top, el('div', {class: 'body'}, el('div', {class: 'group'}, rows))];
}

// The way from one entity to another: every step with the facts that make it.
function pathView() {
  const {from, to} = state.path;
  const way = [...elsewhere.keys()];
  const steps = way.slice(1).map((id, i) => ({from: way[i], to: id, list: between(way[i], id)}));
  const found = steps.length > 0 && steps.every(({list}) => list.length);
  const top = el('div', {class: 'top'}, bar(say('path'), '·', found ? say('steps', steps.length) : ''),
    el('h2', {}, bdi(entities[from].name), el('span', {class: 'verb'}, ' → '), bdi(entities[to].name)));
  const body = found
    ? steps.map((step) => el('section', {class: 'group'}, collapsing('ul', step.list, (i) => el('li', {class: 'fact'}, factView(i, null)), 2)))
    : el('p', {class: 'empty', role: 'status'}, say('noPath'));
  return [top, el('div', {class: 'body'}, body)];
}
