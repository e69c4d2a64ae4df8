// The picture: vis-network draws nodes and edges; names and soft groups are painted by this page.

const PALE = 0.13;
const FORMER = '#a8a8a8';
const SMALLEST = 0.3; // the scale at which the page opens at least
const drawn = {nodes: new vis.DataSet(), edges: new vis.DataSet()};
const network = new vis.Network(byId('network'), drawn, boot.options);
let lit = null; // {nodes: Set, edges: Set}: what stands out; null when nothing does

const PALETTE = new Map();
function faded(color, opacity) {
  const key = color + opacity;
  if (!PALETTE.has(key)) {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
    PALETTE.set(key, `rgba(${r},${g},${b},${opacity})`);
  }
  return PALETTE.get(key);
}

const stands = (id) => Boolean(lit && lit.nodes.has(id));

function nodeStyle(id) {
  const node = nodes[id];
  const strong = !lit || stands(id);
  const border = strong ? '#ffffff' : 'rgba(255,255,255,0)';
  return {
    id, shape: node.shape, size: node.size, borderWidth: node.size < 9 ? 0.5 : 1.5, ...placeOf(id),
    color: {background: faded(node.color, strong ? 1 : PALE), border, highlight: {background: node.color, border: '#1f2733'}, hover: {background: node.color, border: '#ffffff'}},
    title: `${plain(entities[id].name, 200)}（${called(types[entities[id].type])}）`,
  };
}

// How an edge looks follows from those of its facts that pass.
function edgeLook(edge) {
  const own = edge.facts.filter(passes).map((i) => facts[i]);
  const statuses = new Set(own.map(statusOf));
  const only = (status) => statuses.size === 1 && statuses.has(status);
  return {
    names: unique(own.map((fact) => fact.p)),
    count: own.length,
    dashes: only('planned') ? [7, 5] : false,
    color: only('former') ? FORMER : nodes[edge.from].color,
    arrow: !own.every((fact) => predicates[fact.p].symmetric),
  };
}

const edgeWords = (look) => look.names.map((name) => called(predicates[name])).join(' · ');
const isCurved = (edge) => edge.from === edge.to || kept.edges.has(`${edge.to} ${edge.from}`);

function edgeStyle(edge) {
  const look = edgeLook(edge);
  const named = lit && lit.edges.has(edge.id);
  const strong = faded(look.color, 1);
  const width = Math.min(1.5 + 0.6 * (look.count - 1), 4);
  return {
    id: edge.id, from: edge.from, to: edge.to, arrows: look.arrow ? 'to' : '', dashes: look.dashes,
    smooth: isCurved(edge) ? {enabled: true, type: 'curvedCW', roundness: 0.16} : false,
    width: named ? width + 0.6 : width,
    color: {color: faded(look.color, !lit ? 0.6 : named ? 0.9 : 0.07), highlight: strong, hover: strong, inherit: false},
    title: `${plain(entities[edge.from].name, 40)} ${edgeWords(look)} ${plain(entities[edge.to].name, 40)}`,
  };
}

const last = {nodes: new Map(), edges: new Map()}; // how everything was drawn, to draw only what changed

function bring(set, before, styles) {
  const now = new Map(styles.map((style) => [style.id, JSON.stringify(style)]));
  const gone = [...before.keys()].filter((id) => !now.has(id));
  if (gone.length) set.remove(gone);
  const changed = styles.filter(({id}) => before.get(id) !== now.get(id));
  if (changed.length) set.update(changed);
  before.clear();
  now.forEach((text, id) => before.set(id, text));
}

// Bring the drawing to what shall be seen.
function draw() {
  const nodeStyles = [...visible.nodes].sort((a, b) => b - a).map(nodeStyle); // the important above the others
  const edgeStyles = visible.edges.map(edgeStyle);
  const keep = new Set(edgeStyles.map(({id}) => id));
  drawn.edges.remove([...last.edges.keys()].filter((id) => !keep.has(id)));
  bring(drawn.nodes, last.nodes, nodeStyles);
  bring(drawn.edges, last.edges, edgeStyles);
}

const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const gently = () => (calm() ? false : {duration: 420, easingFunction: 'easeInOutCubic'});
const isWide = () => window.innerWidth > 760;

// The part of the canvas that neither panel nor drawer covers: how far its middle is off, and its size.
function freeRoom() {
  const {clientWidth, clientHeight} = byId('network');
  const right = panel.hidden || !isWide() ? 0 : panel.offsetWidth + 14;
  const left = byId('drawer').hidden || !isWide() ? 0 : byId('drawer').offsetWidth + 14;
  const low = isWide() ? 0 : Math.max(panel.hidden ? 0 : panel.offsetHeight, byId('drawer').hidden ? 0 : byId('drawer').offsetHeight);
  return {x: (left - right) / 2, y: -low / 2, width: clientWidth - left - right, height: clientHeight - low};
}

// Bring places into the free part of the canvas, with room for labels around, at a scale between two bounds.
function frame(points, least, most, animation) {
  if (!points.length) return;
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = freeRoom();
  const scale = Math.max(least, Math.min(most, (room.width - 130) / (right - left + 1), (room.height - 100) / (bottom - top + 1)));
  const position = {x: (left + right) / 2, y: (top + bottom) / 2};
  network.moveTo({position, scale, offset: {x: room.x, y: room.y - 12}, animation});
}

const moveTo = (ids) => frame(ids.map(placeOf), 0.5, 1.1, gently());
const fit = (animation = false) => frame([...visible.nodes].map(placeOf), 0.02, 1.2, animation);

// The whole picture; when that would be too small to see anything, its middle.
function start() {
  fit();
  const all = [...visible.nodes].map(placeOf);
  const mean = (key) => all.reduce((sum, place) => sum + place[key], 0) / all.length;
  if (network.getScale() < SMALLEST) network.moveTo({position: {x: mean('x'), y: mean('y')}, scale: SMALLEST});
}

// Move the view when what was clicked would lie under the panel that opened.
function reveal(ids) {
  const room = byId('network').getBoundingClientRect();
  const points = ids.map(placeOf);
  const middle = {x: points.reduce((sum, p) => sum + p.x, 0) / ids.length, y: points.reduce((sum, p) => sum + p.y, 0) / ids.length};
  const {x, y} = network.canvasToDOM(middle);
  const free = freeRoom();
  const [centre, level] = [room.width / 2 + free.x, room.height / 2 + free.y];
  if (Math.abs(x - centre) < free.width / 2 - 60 && Math.abs(y - level) < free.height / 2 - 50) return;
  network.moveTo({position: middle, scale: network.getScale(), offset: {x: free.x, y: free.y}, animation: gently()});
}
