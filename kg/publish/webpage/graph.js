// What is drawn: which nodes are shown, how they stand out, and where a node that is called in comes to lie.

const PALE = 0.13;
const SMALLEST = 0.3; // the scale at which the page opens at least
const shown = new Set(data.nodes.slice(0, data.shown).map((node) => node.id));
const hiddenTypes = new Set();
const drawn = {nodes: new vis.DataSet(), edges: new vis.DataSet()};
const places = new Map(data.nodes.filter((n) => n.x !== undefined).map((n) => [n.id, {x: n.x, y: n.y}]));
const edgesOf = entities.map(() => []);
data.edges.forEach((edge, i) => {
  edge.id = i;
  edgesOf[edge.from].push(edge);
  if (edge.to !== edge.from) edgesOf[edge.to].push(edge);
});
let focus = null; // {nodes: Set, edges: Set}: what stands out; null when nothing does
const network = new vis.Network(byId('network'), drawn, data.options);

const isVisible = (id) => shown.has(id) && !hiddenTypes.has(entities[id].type);

const PALETTE = new Map();
function faded(color, opacity) {
  const key = color + opacity;
  if (!PALETTE.has(key)) {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
    PALETTE.set(key, `rgba(${r},${g},${b},${opacity})`);
  }
  return PALETTE.get(key);
}

function nodeStyle(node) {
  const size = labelSize.get(node.id) || 0;
  const strong = !focus || stands(node.id);
  const color = faded(node.color, strong ? 1 : PALE);
  const border = strong ? '#ffffff' : 'rgba(255,255,255,0)';
  const chosen = {background: node.color, border: '#1f2733'};
  return {
    id: node.id, label: size ? node.label : ' ', shape: node.shape, size: node.size,
    color: {background: color, border, highlight: chosen, hover: {background: node.color, border: '#ffffff'}},
    font: {size: size || 1, strokeWidth: size / 4, vadjust: -0.4 * size}, // vis leaves half a line free above
    title: `${entities[node.id].name.slice(0, 200)}（${types[entities[node.id].type].label}）`,
    ...places.get(node.id),
  };
}

function edgeStyle(edge) {
  const named = focus && focus.edges.has(edge.id);
  const size = edgeLabelSize.get(edge.id) || 0;
  const strong = faded(edge.color, 1);
  return {
    id: edge.id, from: edge.from, to: edge.to, arrows: edge.arrows, dashes: edge.dashes || false,
    smooth: edge.smooth || false, width: named ? edge.width + 0.6 : edge.width,
    color: {color: faded(edge.color, !focus ? 0.6 : named ? 0.9 : 0.07), highlight: strong, hover: strong, inherit: false},
    label: size ? edge.label : ' ', font: {size: size || 1, strokeWidth: size / 3},
    title: edgeTitle(edge),
  };
}

function edgeTitle(edge) {
  const cut = (id) => entities[id].name.slice(0, 40);
  return `${cut(edge.from)} ${edge.label} ${cut(edge.to)}`;
}

// Bring the drawing to what shall be seen.
function redraw() {
  const nodes = data.nodes.filter((node) => isVisible(node.id));
  const edges = data.edges.filter((edge) => isVisible(edge.from) && isVisible(edge.to));
  const keep = {nodes: new Set(nodes.map((n) => n.id)), edges: new Set(edges.map((e) => e.id))};
  drawn.edges.remove(drawn.edges.getIds().filter((id) => !keep.edges.has(id)));
  drawn.nodes.remove(drawn.nodes.getIds().filter((id) => !keep.nodes.has(id)));
  drawn.nodes.update(nodes.map(nodeStyle));
  drawn.edges.update(edges.map(edgeStyle));
  placeLabels();
  sayLeftOut();
}

function sayLeftOut() {
  const rest = entities.length - shown.size;
  const missing = data.total.entities - entities.length;
  const parts = [
    rest > 0 ? `另有 ${number(rest)} 个可搜索调出` : '',
    missing > 0 ? `${number(missing)} 个不在本页，请用 kg show 查看` : '',
  ].filter(Boolean);
  byId('left-out').textContent = parts.length ? `图中 ${number(shown.size)} 个实体，${parts.join('；')}` : '';
}

// Show an entity that was not among the opening ones, beside its neighbours.
function callIn(ids) {
  const fresh = ids.filter((id) => !shown.has(id));
  for (const id of fresh) {
    if (!places.has(id)) places.set(id, freePlace(id));
    shown.add(id);
  }
  return fresh.length;
}

function freePlace(id) {
  const near = edgesOf[id].map((e) => places.get(e.from === id ? e.to : e.from)).filter(Boolean);
  const middle = near.length
    ? {x: near.reduce((sum, p) => sum + p.x, 0) / near.length, y: near.reduce((sum, p) => sum + p.y, 0) / near.length}
    : network.getViewPosition();
  const taken = [...places.values()];
  for (let step = 1; step < 2000; step += 1) {
    const radius = 46 * Math.sqrt(step);
    const place = {x: Math.round(middle.x + radius * 1.35 * Math.cos(step * 2.39996)), y: Math.round(middle.y + radius * Math.sin(step * 2.39996))};
    if (taken.every((p) => Math.abs(p.x - place.x) > 120 || Math.abs(p.y - place.y) > 58)) return place;
  }
  return middle;
}

function standOut(nodes, edges) {
  focus = nodes ? {nodes: new Set(nodes), edges: new Set(edges)} : null;
  redraw();
}

const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const gently = () => (calm() ? false : {duration: 420, easingFunction: 'easeInOutCubic'});

// The part of the canvas that neither panel nor legend covers, as an offset of its middle.
function freeMiddle() {
  if (panel.hidden) return {x: 0, y: 0};
  const wide = window.innerWidth > 760;
  return wide ? {x: -(panel.offsetWidth + 14) / 2, y: 0} : {x: 0, y: -panel.offsetHeight / 2};
}

// Bring places into the free part of the canvas, with room for labels around, at a scale between two bounds.
function frame(points, least, most, animation) {
  if (!points.length) return;
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const {clientWidth, clientHeight} = byId('network');
  const offset = freeMiddle();
  const room = {width: clientWidth + 2 * offset.x - 130, height: clientHeight + 2 * offset.y - 100};
  const scale = Math.max(least, Math.min(most, room.width / (right - left + 1), room.height / (bottom - top + 1)));
  const position = {x: (left + right) / 2, y: (top + bottom) / 2};
  network.moveTo({position, scale, offset: {x: offset.x, y: offset.y - 16}, animation});
}

const moveTo = (ids) => frame(ids.map((id) => places.get(id)), 0.5, 1.1, gently());
const fit = () => frame(data.nodes.filter((n) => isVisible(n.id)).map((n) => places.get(n.id)), 0.02, 1.2, false);

// The whole picture; when that would be too small to see anything, its middle.
function start() {
  fit();
  const mean = (key) => [...places.values()].reduce((sum, place) => sum + place[key], 0) / places.size;
  if (network.getScale() < SMALLEST) network.moveTo({position: {x: mean('x'), y: mean('y')}, scale: SMALLEST});
}

// Move the view when what was clicked would lie under the panel that opened.
function reveal(ids) {
  const room = byId('network').getBoundingClientRect();
  const cover = panel.getBoundingClientRect();
  const points = ids.map((id) => places.get(id));
  const middle = {x: points.reduce((sum, p) => sum + p.x, 0) / ids.length, y: points.reduce((sum, p) => sum + p.y, 0) / ids.length};
  const {x, y} = network.canvasToDOM(middle);
  if (x + room.left < cover.left - 60 || y + room.top < cover.top - 60) return;
  network.moveTo({position: middle, scale: network.getScale(), offset: freeMiddle(), animation: gently()});
}
