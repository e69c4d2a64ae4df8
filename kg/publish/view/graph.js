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
    font: {size: size || 1, color: strong ? '#1f2733' : 'rgba(31,39,51,.17)', strokeWidth: strong && size ? Math.min(4, size / 4) : 0},
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
    color: {color: faded(edge.color, !focus ? 0.5 : named ? 0.9 : 0.07), highlight: strong, hover: strong, inherit: false},
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
  const panel = byId('panel');
  if (panel.hidden) return {x: 0, y: 0};
  const wide = window.innerWidth > 760;
  return wide ? {x: -(panel.offsetWidth + 14) / 2, y: 0} : {x: 0, y: -panel.offsetHeight / 2};
}

function moveTo(ids) {
  const points = ids.map((id) => places.get(id)).filter(Boolean);
  if (!points.length) return;
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const offset = freeMiddle();
  const room = byId('network').getBoundingClientRect();
  const scale = Math.min(
    1.05,
    Math.max(0.5, Math.min((room.width + 2 * offset.x - 60) / (right - left + 260), (room.height + 2 * offset.y - 60) / (bottom - top + 160))),
  );
  network.moveTo({position: {x: (left + right) / 2, y: (top + bottom) / 2}, scale, offset, animation: gently()});
}

// The whole picture; when that would be too small to see anything, its middle.
function start() {
  fit();
  const mean = (key) => [...places.values()].reduce((sum, place) => sum + place[key], 0) / places.size;
  if (network.getScale() < SMALLEST) network.moveTo({position: {x: mean('x'), y: mean('y')}, scale: SMALLEST});
}

function fit() {
  const points = data.nodes.filter((n) => isVisible(n.id)).map((n) => places.get(n.id));
  if (!points.length) return;
  const room = byId('network').getBoundingClientRect();
  const offset = freeMiddle();
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const [left, right, top, bottom] = [Math.min(...xs) - 70, Math.max(...xs) + 70, Math.min(...ys) - 40, Math.max(...ys) + 60];
  const scale = Math.min((room.width + 2 * offset.x) / (right - left), (room.height + 2 * offset.y) / (bottom - top), 1.3);
  network.moveTo({position: {x: (left + right) / 2, y: (top + bottom) / 2}, scale, offset});
}
