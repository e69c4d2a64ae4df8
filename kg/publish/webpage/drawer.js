// The drawer on the left: filters, the list of what is shown, a path, exports, and the keys.

const DRAWERS = ['filter', 'list', 'path', 'export', 'help'];
const ROWS = 60;
const drawer = byId('drawer');
let pathEnds = {from: null, to: null};

function toggleDrawer(name) {
  const turned = state.drawer === name ? null : name;
  return go({drawer: turned}).then(() => {
    if (turned) drawer.querySelector('input, button:not(.icon), h2').focus?.({preventScroll: true});
    else byId('network').focus({preventScroll: true});
    const chosen = ends(state.open);
    if (turned && isWide() && chosen.length) reveal(chosen);
  });
}

async function renderDrawer() {
  const {drawer: name} = state;
  drawer.hidden = !name;
  document.body.classList.toggle('drawn', Boolean(name));
  for (const tool of document.querySelectorAll('[data-drawer]')) tool.setAttribute('aria-expanded', String(tool.dataset.drawer === name));
  byId('filtering').hidden = !narrowed();
  const top = drawer.dataset.of === name ? drawer.scrollTop : 0;
  drawer.dataset.of = name || '';
  if (!name) return drawer.replaceChildren();
  const body = await {filter: filterView, list: listView, path: pathForm, export: exportView, help: helpView}[name]();
  const held = drawer.contains(document.activeElement) && document.activeElement.dataset.key;
  drawer.setAttribute('aria-label', say(name));
  drawer.replaceChildren(el('div', {class: 'top'}, el('div', {class: 'bar'}, el('h2', {}, say(name)), el('span', {class: 'grow'}),
    button({class: 'icon', 'aria-label': say('close'), onclick: () => toggleDrawer(name)}, '×'))), el('div', {class: 'body'}, body));
  drawer.scrollTop = top;
  const again = held && [...drawer.querySelectorAll('[data-key]')].find((node) => node.dataset.key === held);
  if (again) again.focus({preventScroll: true});
}

// What the filters let pass is counted over everything that is known.
async function filterView() {
  const count = source.tallies();
  const box = (field, name, label, amount) => el('label', {class: 'check'},
    el('input', {type: 'checkbox', 'data-key': `${field} ${name}`, checked: !state[field].includes(name), onchange: () => flip(field, name)}),
    el('span', {}, label), el('small', {}, number(amount)));
  const used = usual.filter((name) => count.predicates[name]);
  const every = (field, names) => el('span', {class: 'quick'}, button({'data-key': `all ${field}`, onclick: () => go({[field]: []})}, say('all')),
    button({'data-key': `none ${field}`, onclick: () => go({[field]: names})}, say('none')));
  const section = (title, quick, ...parts) => el('fieldset', {}, el('legend', {}, title), quick, ...parts);
  const kinds = types.map((type, i) => box('types', i, [glyph(i), called(type)], count.types[i]));
  return [
    narrowed() || state.types.length ? button({class: 'wide', 'data-key': 'clear', onclick: clearFilters}, say('clearFilters')) : null,
    section(say('dates'), null, timelineView()),
    section(say('predicates'), every('predicates', used), used.map((name) => box('predicates', name, called(predicates[name]), count.predicates[name]))),
    section(say('types'), every('types', types.map((_, i) => i)), kinds),
    section(say('statuses'), null, STATUSES.filter((s) => count.statuses[s]).map((s) => box('statuses', s, say(s), count.statuses[s]))),
    section(say('sure'), null, sureSlider()),
    section(say('article'), null, await articlePicker()),
  ];
}

const clearFilters = () => go({predicates: [], statuses: [], types: [], sure: 0, article: null, from: null, to: null});
const onlyArticle = (at) => go({article: at, focus: null, path: null}).then(() => fit(gently()));

function flip(field, name) {
  const list = state[field];
  return go({[field]: list.includes(name) ? list.filter((n) => n !== name) : [...list, name]});
}

function sureSlider() {
  const shown = el('output', {}, state.sure.toFixed(2));
  const slide = el('input', {type: 'range', min: 0, max: 1, step: 0.05, value: state.sure, 'data-key': 'sure', 'aria-label': say('sure'),
    oninput: () => { shown.textContent = Number(slide.value).toFixed(2); }, onchange: () => go({sure: Number(slide.value)})});
  return el('div', {class: 'slide'}, slide, shown);
}

async function articlePicker() {
  const chosen = state.article === null ? null : el('p', {class: 'chosen'}, bdi(headlineOf(articles[state.article])), el('small', {}, articles[state.article].date),
    button({class: 'icon', 'aria-label': say('anyArticle'), 'data-key': 'any', onclick: () => go({article: null})}, '×'));
  const rows = el('ul', {class: 'stories'});
  const wanted = el('input', {type: 'search', class: 'text', 'data-key': 'article', placeholder: say('articleHint'), 'aria-label': say('article'), oninput: () => fill()});
  let asked = 0;
  async function fill() {
    const mine = (asked += 1);
    const found = await source.articles(wanted.value).catch((error) => { announce(say('failed', error.message)); return {list: [], total: 0}; });
    if (mine !== asked) return;
    rows.replaceChildren(...found.list.map((at) => el('li', {}, button({class: 'story', onclick: () => onlyArticle(at)}, bdi(headlineOf(articles[at]))), el('small', {}, articles[at].date))),
      ...(found.total > found.list.length ? [el('li', {class: 'none'}, say('moreHits', number(found.total - found.list.length)))] : []));
  }
  await fill();
  return el('div', {}, chosen, wanted, rows);
}

function listView() {
  const rows = [...visible.nodes].sort((a, b) => a - b);
  return [el('p', {class: 'note'}, say('inPicture', number(rows.length))),
    collapsing('ul', rows, (id) => el('li', {}, link(id), el('small', {}, number(edgesOf[id].length))), ROWS, 'moreRows')];
}

function pathForm() {
  const field = (key) => {
    const box = el('input', {type: 'text', class: 'text', role: 'combobox', id: `path-${key}`, 'aria-expanded': 'false', 'aria-autocomplete': 'list',
      'aria-controls': `path-${key}-hits`, 'aria-label': say(key === 'from' ? 'start' : 'end'), placeholder: say('search'), autocomplete: 'off', spellcheck: 'false'});
    const list = el('ul', {id: `path-${key}-hits`, class: 'hits', role: 'listbox', 'aria-label': say('hits'), hidden: true});
    const put = (id) => { pathEnds[key] = id; box.value = id === null ? '' : plain(entities[id].name, 200); };
    put(pathEnds[key] ?? (state.path ? state.path[key] : null));
    finder(box, list, (id) => {
      put(id);
      if (pathEnds.from !== null && pathEnds.to !== null) findPath();
      else byId(key === 'from' ? 'path-to' : 'path-from').focus();
    });
    return el('div', {class: 'search'}, el('span', {'aria-hidden': 'true'}, say(key === 'from' ? 'start' : 'end')), box, list);
  };
  const swap = () => {
    pathEnds = {from: pathEnds.to, to: pathEnds.from};
    return pathEnds.from === null || pathEnds.to === null ? renderDrawer() : findPath();
  };
  return [field('from'), field('to'), el('p', {class: 'chips'}, button({class: 'expand', onclick: findPath}, say('findPath')), button({class: 'expand', onclick: swap}, say('swap')))];
}

async function startPath(id) {
  pathEnds = {from: id, to: null};
  await go({drawer: 'path'});
  byId('path-to').focus();
}

async function findPath() {
  const {from, to} = pathEnds;
  if (from === null || to === null || from === to) return announce(say('choosePath'));
  await source.around([from, to]);
  await go({path: {from, to}, focus: null, open: {path: true}, view: null, drawer: isWide() ? state.drawer : null});
  fit(gently());
  byId('panel').focus({preventScroll: true});
}

function exportView() {
  const one = (kind) => button({class: 'wide', 'data-key': kind, 'data-export': kind, onclick: () => save(kind)}, say(kind));
  return [el('p', {class: 'note'}, say('exportHint')), ['png', 'svg', 'json', 'csv', 'turtle'].map(one),
    button({class: 'wide', onclick: copyLink}, say('link'))];
}

function helpView() {
  const keys = [['/', 'keySearch'], ['← ↑ → ↓', 'keyMove'], ['Enter', 'keyOpen'], ['X', 'keyExpand'], ['1 2 3', 'keyFocus'],
    ['+ − 0', 'keyZoom'], ['F L P E', 'keyPanels'], ['Alt ← →', 'keyBack'], ['Esc', 'keyEsc']];
  return el('dl', {class: 'keys'}, keys.flatMap(([key, word]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, say(word))]));
}
