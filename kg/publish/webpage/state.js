// What the page shows, as one value: it stands in the address, so that a link, Back and Forward bring it back.

const STATUSES = ['asserted', 'planned', 'former'];
const HOPS = 3;
const fresh = () => ({
  open: null, // {entity} or {from, to} or {path: true}: what the panel tells of
  focus: null, // {id, hops}
  path: null, // {from, to}
  called: [], // entities beside those that the page opens with
  whole: {}, // type → how many of it are called in
  moved: {}, // entity → {x, y}, where it was dragged to
  types: [], predicates: [], statuses: [], // what is hidden
  sure: 0, article: null, from: null, to: null,
  drawer: null, groups: true, lang: 'zh', view: null,
});
let state = fresh();
let depth = 0; // how far this view lies from the first in the browser's history
let deepest = 0;
let opened = false;

// Change what is shown; a step back undoes it unless it is no step of its own.
function go(change, {step = true} = {}) {
  state = {...state, ...change};
  if (step) {
    depth += 1;
    deepest = depth;
    write('pushState');
  } else write('replaceState');
  return render();
}

function write(how) {
  const hash = encode(state);
  history[how]({depth, deepest}, '', hash ? `#${hash}` : '#');
}

const idOf = (number) => entities[number].id;

function encode(s) {
  const out = new URLSearchParams();
  const put = (key, value) => { if (value !== null && value !== '' && value !== undefined) out.set(key, value); };
  if (s.open && s.open.entity !== undefined) put('e', idOf(s.open.entity));
  if (s.open && s.open.from !== undefined) put('e', `${idOf(s.open.from)}~${idOf(s.open.to)}`);
  if (s.focus) put('focus', `${idOf(s.focus.id)}~${s.focus.hops}`);
  if (s.path) put('path', `${idOf(s.path.from)}~${idOf(s.path.to)}${s.open && s.open.path ? '' : '~'}`);
  put('in', s.called.map(idOf).join('~'));
  put('all', Object.entries(s.whole).map(([type, count]) => `${types[type].name}~${count}`).join('~'));
  put('at', Object.entries(s.moved).map(([id, {x, y}]) => `${idOf(id)}~${Math.round(x)}~${Math.round(y)}`).join('~'));
  put('hide', s.types.map((type) => types[type].name).join('~'));
  put('no', s.predicates.join('~'));
  put('not', s.statuses.join('~'));
  if (s.sure) put('sure', s.sure);
  if (s.article !== null) put('article', articles[s.article].id);
  put('from', s.from);
  put('to', s.to);
  put('drawer', s.drawer);
  if (!s.groups) put('groups', 0);
  if (s.lang !== 'zh') put('lang', s.lang);
  if (s.view) put('v', s.view.map((n) => Math.round(n * 1000) / 1000).join('~'));
  return out.toString().replace(/%7E/g, '~');
}

// The state that an address names; what it names that there is not is left out.
async function decode(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const parts = (key) => (given.get(key) || '').split('~').filter(Boolean);
  const wanted = unique([...parts('e'), ...parts('focus').slice(0, 1), ...parts('path'), ...parts('in'), ...parts('at')]);
  const found = new Map();
  (await source.entities(wanted)).forEach((number, i) => { if (number !== null) found.set(wanted[i], number); });
  const ids = (list) => list.filter((id) => found.has(id)).map((id) => found.get(id));
  const s = fresh();
  const named = (name) => types.findIndex((type) => type.name === name);
  const [e, focus, path] = [ids(parts('e')), ids(parts('focus').slice(0, 1)), ids(parts('path'))];
  if (e.length === 1) s.open = {entity: e[0]};
  if (e.length === 2) s.open = {from: e[0], to: e[1]};
  if (focus.length) s.focus = {id: focus[0], hops: within(Number(parts('focus')[1]), 1, HOPS)};
  if (path.length === 2) s.path = {from: path[0], to: path[1]};
  if (s.path && !given.get('path').endsWith('~')) s.open = {path: true};
  s.called = ids(parts('in'));
  pairs(parts('all'), 2).forEach(([name, count]) => { if (named(name) >= 0) s.whole[named(name)] = within(Number(count), 1, 1e6); });
  pairs(parts('at'), 3).forEach(([id, x, y]) => {
    if (found.has(id)) s.moved[found.get(id)] = {x: within(Number(x), -1e6, 1e6), y: within(Number(y), -1e6, 1e6)};
  });
  s.types = parts('hide').map(named).filter((type) => type >= 0);
  s.predicates = parts('no').filter((name) => Object.hasOwn(predicates, name));
  s.statuses = parts('not').filter((name) => STATUSES.includes(name));
  s.sure = given.has('sure') ? within(Number(given.get('sure')), 0, 1) : 0;
  if (given.get('article')) s.article = await source.article(given.get('article')).catch(() => null);
  for (const key of ['from', 'to']) if (/^\d{4}-\d\d-\d\d$/.test(given.get(key) || '')) s[key] = given.get(key);
  if (DRAWERS.includes(given.get('drawer'))) s.drawer = given.get('drawer');
  s.groups = given.get('groups') !== '0';
  s.lang = given.get('lang') === 'en' ? 'en' : 'zh';
  const view = parts('v').map(Number);
  if (view.length === 3 && view.every(Number.isFinite)) s.view = [view[0], view[1], within(view[2], 0.02, 5)];
  return s;
}

const within = (value, low, high) => (Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : low);
const pairs = (list, size) => Array.from({length: Math.floor(list.length / size)}, (_, i) => list.slice(i * size, (i + 1) * size));

// Bring back what the address names: at the start, and after Back, Forward or a changed address.
async function recall() {
  if (history.state) depth = history.state.depth;
  else if (opened) depth += 1; // the address was changed by hand
  deepest = Math.max(history.state ? deepest : 0, depth, history.state ? history.state.deepest : 0);
  opened = true;
  state = await decode(location.hash);
  if (!history.state) history.replaceState({depth, deepest}, '');
  await render();
  showView();
}
