// Title, legend, keys and clicks.

byId('title').append(bdi(data.title));
byId('counts').textContent = [
  `${number(data.total.entities)} 个实体`, `${number(data.total.facts)} 条事实`,
  `${number(data.total.articles)} 篇报道`, `${number(data.total.pages)} 个版面`,
].join(' · ') + (facts.length < data.total.facts ? `（本页载有 ${number(facts.length)} 条）` : '');

function legend() {
  types.forEach((type, i) => {
    const count = entities.filter((entity) => entity.type === i).length;
    byId('types').append(el('button', {type: 'button', 'aria-pressed': 'true', 'data-type': i, title: '点击隐藏或显示', onclick: () => toggleType(i)},
      glyph(i), el('span', {}, type.label), el('small', {}, number(count))));
  });
  byId('lines').append(
    el('span', {}, stroke({stroke: '#2b6cb0'}), '事实'),
    el('span', {}, stroke({stroke: '#2b6cb0', 'stroke-dasharray': '6 4'}), '计划'),
    el('span', {}, stroke({stroke: '#a8a8a8'}), '曾经'));
}

function toggleType(i) {
  if (!hiddenTypes.delete(i)) hiddenTypes.add(i);
  showPressed();
  redraw();
}

function showPressed() {
  for (const button of byId('types').children) {
    button.setAttribute('aria-pressed', String(!hiddenTypes.has(Number(button.dataset.type))));
  }
}

network.on('click', ({nodes, edges}) => {
  if (nodes.length) {
    open('entity', nodes[0]);
    reveal([nodes[0]]);
  } else if (edges.length) {
    open('edge', edges[0]);
    reveal([data.edges[edges[0]].from, data.edges[edges[0]].to]);
  } else if (current) close();
});
network.on('doubleClick', ({nodes}) => { if (nodes.length) visit(nodes[0]); });
network.on('dragEnd', ({nodes}) => nodes.forEach((id) => places.set(id, network.getPosition(id))));
network.on('hoverNode', () => { byId('network').style.cursor = 'pointer'; });
network.on('hoverEdge', () => { byId('network').style.cursor = 'pointer'; });
network.on('blurNode', () => { byId('network').style.cursor = ''; });
network.on('blurEdge', () => { byId('network').style.cursor = ''; });
// After the view has come to rest: labels for what is seen, at the size at which it is seen.
let waiting = 0;
let seen = '';
network.on('afterDrawing', () => {
  const {x, y} = network.getViewPosition();
  const {clientWidth, clientHeight} = byId('network');
  const now = [x, y, network.getScale() * 1000, clientWidth, clientHeight].map(Math.round).join(' ');
  if (now === seen) return;
  seen = now;
  clearTimeout(waiting);
  waiting = setTimeout(placeLabels, 90);
});

const zoom = (by) => network.moveTo({scale: Math.min(4, Math.max(0.05, network.getScale() * by)), animation: gently()});
byId('zoom-in').addEventListener('click', () => zoom(1.35));
byId('zoom-out').addEventListener('click', () => zoom(1 / 1.35));
byId('fit').addEventListener('click', fit);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && current) close();
  else if (event.key === '/' && document.activeElement !== box) { box.focus(); box.select(); event.preventDefault(); }
});

legend();
start();
redraw();

// For scripts and tests: where a node or the middle of an edge is on the screen.
window.kg = {
  network,
  ids: (name) => entities.flatMap((entity, id) => (entity.name === name ? [id] : [])),
  at(id) {
    const room = byId('network').getBoundingClientRect();
    const {x, y} = network.canvasToDOM(places.get(id));
    return {x: x + room.left, y: y + room.top};
  },
};
