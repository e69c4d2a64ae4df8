// The picture: vis-network draws nodes and takes the mouse; the rest is painted by this page.

const PALE = 0.13;
const VEIL = 0.86; // how much of what does not stand out is covered
const FORMER = '#a8a8a8';
const SMALLEST = 0.3; // the scale at which the page opens at least
const drawn = new vis.DataSet();
const network = new vis.Network(byId('network'), {nodes: drawn, edges: []}, boot.options);
let lit = null; // {nodes: Set, edges: Set}: what stands out; null when nothing does

const stands = (id) => Boolean(lit && lit.nodes.has(id));

function nodeStyle(id) {
  const node = nodes[id];
  return {
    id, shape: node.shape, size: node.size, borderWidth: node.size < 9 ? 0.5 : 1.5, ...placeOf(id),
    color: {background: node.color, border: '#ffffff', highlight: {background: node.color, border: '#1f2733'}, hover: {background: node.color, border: '#ffffff'}},
    title: `${plain(entities[id].name, 200)}（${called(types[entities[id].type])}）`,
  };
}

const last = new Map(); // how nodes were drawn, to draw only what changed

// Bring the drawing to what shall be seen.
function draw() {
  const styles = [...visible.nodes].sort((a, b) => b - a).map(nodeStyle); // the important above the others
  const now = new Map(styles.map((style) => [style.id, JSON.stringify(style)]));
  const gone = [...last.keys()].filter((id) => !now.has(id));
  const changed = styles.filter(({id}) => last.get(id) !== now.get(id));
  if (gone.length) drawn.remove(gone);
  if (changed.length) drawn.update(changed);
  last.clear();
  now.forEach((text, id) => last.set(id, text));
  lines = visible.edges.map((edge) => ({edge, look: edgeLook(edge)}));
}

// Let vis draw nothing until all that changes has changed: every change would draw the whole picture.
const hold = (is) => network.body.emitter.emit(is ? '_blockRedraw' : '_allowRedraw');

const live = (id) => network.body.nodes[id] || placeOf(id); // where a node is, also while it is dragged

function paintBelow(context) {
  paintGrounds(context);
  paintLines(context, lines, 0.6, live);
}

// A veil over all, and upon it what stands out.
function paintAbove(context) {
  if (lit) {
    const {clientWidth, clientHeight} = byId('network');
    const [low, high] = [network.DOMtoCanvas({x: 0, y: 0}), network.DOMtoCanvas({x: clientWidth, y: clientHeight})];
    context.save();
    context.globalAlpha = VEIL;
    context.fillStyle = PAPER;
    context.fillRect(low.x, low.y, high.x - low.x, high.y - low.y);
    context.restore();
    paintLines(context, lines.filter(({edge}) => lit.edges.has(edge.id)), 0.9, live);
    for (const id of lit.nodes) if (network.body.nodes[id]) network.body.nodes[id].draw(context);
  }
  paintLabels(context, live);
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
