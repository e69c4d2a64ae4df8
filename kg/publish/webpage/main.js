// Everything put together: what is drawn again when the state changes, the legend, the mouse, the start.

const searchBox = byId('search');
const canvas = byId('network');
const zoom = (by) => network.moveTo({scale: Math.min(4, Math.max(0.05, network.getScale() * by)), animation: gently()});

let turn = Promise.resolve();
const render = () => (turn = turn.then(paint).catch((error) => { announce(say('failed', error.message)); throw error; }));

async function paint() {
  lang = state.lang;
  await reckon();
  hold(true);
  translate();
  lit = standing();
  draw();
  groupNodes();
  network.unselectAll();
  const chosen = ends(state.open);
  network.setSelection({nodes: chosen.length === 1 ? chosen : [], edges: []}, {highlightEdges: false});
  await source.fill(panelFacts());
  renderPanel();
  await renderDrawer();
  renderAround();
  if (arrived) {
    placeLabels();
    hold(false);
    network.redraw();
  }
}

// What stands out: an entity with its neighbours, or two with what links them.
function standing() {
  const chosen = ends(state.open).filter(isShown);
  if (!chosen.length || (state.focus && chosen[0] === state.focus.id) || state.path) return null;
  const near = visible.edges.filter((e) => (chosen.length === 1 ? e.from === chosen[0] || e.to === chosen[0] : chosen.includes(e.from) && chosen.includes(e.to)));
  return {nodes: new Set([...chosen, ...near.flatMap((e) => [e.from, e.to])]), edges: new Set(near.map((e) => e.id))};
}

// Title, legend, what is left out, and which buttons do something.
function renderAround() {
  const {total} = boot;
  byId('counts').textContent = say('counts', number(total.entities), number(total.facts), number(total.articles), number(total.pages))
    + (!boot.api && boot.facts.length < total.facts ? say('held', number(boot.facts.length)) : '');
  byId('types').replaceChildren(...types.map(legendOf));
  byId('lines').replaceChildren(...[['asserted', 'fact', {stroke: '#2b6cb0'}], ['planned', 'planned', {stroke: '#2b6cb0', 'stroke-dasharray': '6 4'}], ['former', 'former', {stroke: FORMER}]]
    .map(([, word, look]) => el('span', {}, stroke(look), say(word))));
  sayLeftOut();
  const mode = state.focus ? say('focused', plain(entities[state.focus.id].name, 30), state.focus.hops)
    : state.path ? say('pathOf', plain(entities[state.path.from].name, 20), plain(entities[state.path.to].name, 20)) : '';
  byId('mode').hidden = !mode;
  byId('mode-words').textContent = mode;
  byId('back').disabled = depth === 0;
  byId('forward').disabled = depth >= deepest;
  byId('groups').setAttribute('aria-pressed', String(state.groups));
}

function legendOf(type, i) {
  const all = source.tallies().types[i];
  const away = state.focus || state.path || narrowed() || state.types.includes(i) ? 0 : all - shownOf(i);
  return el('span', {class: 'type'},
    button({'aria-pressed': String(!state.types.includes(i)), 'data-type': type.name, title: say('toggleType'), onclick: () => flip('types', i)},
      glyph(i), el('span', {}, called(type)), el('small', {}, number(all))),
    away ? button({class: 'add', 'data-all': type.name, title: say('allOfType', number(away), called(type)), 'aria-label': say('allOfType', number(away), called(type)), onclick: () => wholeType(i)}, `+${number(away)}`) : null);
}

const shownOf = (type) => [...visible.nodes].filter((id) => entities[id].type === type).length;

// Call in the most important of a type that are not shown yet, no more than MOST at once.
async function wholeType(...kinds) {
  const whole = {...state.whole};
  for (const i of kinds) {
    const all = await source.ofType(i, shownOf(i) + MOST);
    let room = MOST;
    whole[i] = all.findIndex((id) => !isShown(id) && (room -= 1) < 0);
    if (whole[i] < 0) whole[i] = all.length;
  }
  await go({whole, view: null});
  fit(gently());
}

function sayLeftOut() {
  const rest = source.reach() - visible.nodes.size;
  const missing = boot.total.entities - source.reach();
  const parts = [rest > 0 ? say('further', number(rest)) : '', missing > 0 ? say('missing', number(missing)) : ''].filter(Boolean);
  const more = rest > 0 && !state.focus && !state.path && !narrowed()
    ? button({id: 'show-all', onclick: () => wholeType(...types.keys())}, say(rest > MOST ? 'showMore' : 'showAll')) : null;
  byId('left-out').replaceChildren(...(parts.length ? [`${[say('inPicture', number(visible.nodes.size)), ...parts].join(lang === 'en' ? '; ' : '，')}`, ...(more ? [more] : [])] : []));
}

network.on('click', async ({nodes: [id], pointer}) => {
  canvas.focus({preventScroll: true});
  if (id !== undefined) {
    cursor = id;
    keyed = false;
    await show(id);
    reveal([id]);
    return;
  }
  const line = lineAt(pointer.canvas);
  if (line) {
    const {from, to} = line.edge;
    await go({open: {from, to}});
    reveal([from, to]);
  } else if (state.open) close();
});
network.on('doubleClick', ({nodes: [id]}) => { if (id !== undefined) visit(id); });
network.on('dragEnd', ({nodes: list}) => {
  if (!list.length) return;
  const moved = {...state.moved};
  for (const id of list) moved[id] = network.getPosition(id);
  go({moved}, {step: false});
});
let over = false; // whether the mouse is upon a node
network.on('hoverNode', () => { over = true; });
network.on('blurNode', () => { over = false; });
canvas.addEventListener('mousemove', ({offsetX: x, offsetY: y}) => {
  const line = over ? undefined : lineAt(network.DOMtoCanvas({x, y}));
  canvas.style.cursor = over || line ? 'pointer' : '';
  canvas.title = line ? edgeTitle(line) : '';
});
network.on('beforeDrawing', paintBelow);
network.on('afterDrawing', (context) => {
  paintAbove(context);
  paintCursor(context);
  rest();
});

function paintCursor(context) {
  if (!keyed || !isShown(cursor) || document.activeElement !== canvas) return;
  const {x, y} = placeOf(cursor);
  context.beginPath();
  context.arc(x, y, nodes[cursor].size + 6 / network.getScale(), 0, 2 * Math.PI);
  context.strokeStyle = '#2b6cb0';
  context.lineWidth = 3 / network.getScale();
  context.stroke();
}

// After the view has come to rest: labels for what is seen, at the size at which it is seen, and the address.
let waiting = 0;
let seen = '';
function rest() {
  const {x, y} = network.getViewPosition();
  const now = [x, y, network.getScale() * 1000, canvas.clientWidth, canvas.clientHeight].map(Math.round).join(' ');
  if (now === seen) return;
  const first = seen === '';
  seen = now;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    placeLabels();
    network.redraw();
    if (first) return;
    state = {...state, view: [x, y, network.getScale()]};
    write('replaceState');
  }, 90);
}

let arrived = false; // whether there is a view yet, for which labels can be placed

function showView() {
  hold(true);
  if (state.view) network.moveTo({position: {x: state.view[0], y: state.view[1]}, scale: state.view[2]});
  else start();
  arrived = true;
  placeLabels();
  hold(false);
  network.redraw();
}

for (const tool of document.querySelectorAll('[data-drawer]')) tool.addEventListener('click', () => toggleDrawer(tool.dataset.drawer));
const on = (id, act) => byId(id).addEventListener('click', act);
on('zoom-in', () => zoom(1.35));
on('zoom-out', () => zoom(1 / 1.35));
on('fit', () => fit(gently()));
on('groups', () => go({groups: !state.groups}));
on('back', () => history.back());
on('forward', () => history.forward());
on('language', () => go({lang: state.lang === 'en' ? 'zh' : 'en'}));
on('leave', unfocus);
on('filtering', clearFilters);
window.addEventListener('popstate', recall);
network.canvas.frame.tabIndex = -1; // the element around it takes the keys
finder(searchBox, byId('hits'), (id) => {
  byId('network').focus({preventScroll: true}); // so that the keys go on from there
  return visit(id);
});

async function begin() {
  byId('title').append(boot.home ? el('a', {href: boot.home}, bdi(boot.title)) : bdi(boot.title));
  opening = await source.opening();
  opening.forEach((id) => put(id, nodes[id].x === undefined ? {x: 0, y: 0} : {x: nodes[id].x, y: nodes[id].y}));
  await recall();
  // For scripts and tests: where a node is on the screen, and what is to be seen.
  window.kg = {
    network,
    ids: (name) => entities.flatMap((entity, id) => (entity.name === name ? [id] : [])),
    at(id) {
      const room = canvas.getBoundingClientRect();
      const {x, y} = network.canvasToDOM(placeOf(id));
      return {x: x + room.left, y: y + room.top};
    },
    shown: () => [...visible.nodes].map((id) => entities[id].name),
    labels: () => written.map(({id, edge, lines, box}) => ({id, edge: edge && edge.id, text: lines.join(''), box})),
    marks: () => [...visible.nodes].map((id) => ({id, ...placeOf(id), size: nodes[id].size})),
    open: (id) => (id === null ? close() : show(id)),
    search: (text) => source.search(text),
    relabel: placeLabels,
    lines: () => lines.map((line) => ({title: edgeTitle(line), ...line.look})),
    settled: () => turn,
  };
}

begin();
