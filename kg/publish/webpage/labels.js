// Labels as a map has them: the important first, none upon another, none too small to read. When something
// stands out, only that is named.

const READABLE = 12; // pixels on the screen
const LARGEST = 17;
const NEAR = 1.1; // from this scale on, edges are named even when nothing is chosen
const labelSize = new Map(); // node → size in the units of the picture, 0 when there is no room
const edgeLabelSize = new Map();

const width = (text) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f ? 1 : 0.58), 0);
const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const stands = (id) => Boolean(focus && focus.nodes.has(id));

// Decide anew which labels are drawn at the present view, and redraw those that changed.
function placeLabels() {
  const scale = network.getScale();
  const {clientWidth, clientHeight} = byId('network');
  const low = network.DOMtoCanvas({x: -80, y: -60});
  const high = network.DOMtoCanvas({x: clientWidth + 80, y: clientHeight + 60});
  const inView = ({x, y}) => x > low.x && x < high.x && y > low.y && y < high.y;
  const nodes = data.nodes.filter((node) => isVisible(node.id) && inView(places.get(node.id)));
  const marks = [];
  const set = [];
  const changed = [];
  for (const node of nodes) {
    if (focus && !stands(node.id)) {
      note(labelSize, node.id, 0, () => changed.push(nodeStyle(node)));
      continue;
    }
    const {x, y} = places.get(node.id);
    const size = Math.min(LARGEST, Math.max(READABLE + 0.5 * (node.font.size - 13), node.font.size * scale)) / scale;
    const lines = node.label.split('\n');
    const half = (Math.max(...lines.map(width)) * size) / 2 + 2 / scale;
    const top = y + node.size + 3;
    const room = {left: x - half, right: x + half, top, bottom: top + lines.length * size * 1.1};
    const free = [...set, ...marks].every((other) => !meets(room, other));
    if (free) set.push(room);
    const r = node.size * 0.95;
    marks.push({left: x - r, right: x + r, top: y - r, bottom: y + r});
    note(labelSize, node.id, free ? size : 0, () => changed.push(nodeStyle(node)));
  }
  drawn.nodes.update(changed);
  nameEdges(scale, inView, [...set, ...marks]);
}

function nameEdges(scale, inView, taken) {
  const size = READABLE / scale;
  const changed = [];
  for (const edge of data.edges) {
    if (!isVisible(edge.from) || !isVisible(edge.to)) continue;
    const wanted = focus ? focus.edges.has(edge.id) : scale >= NEAR;
    const middle = middleOf(edge);
    const half = (width(edge.label) * size) / 2 + 3 / scale;
    const room = {left: middle.x - half, right: middle.x + half, top: middle.y - size * 0.6, bottom: middle.y + size * 0.6};
    const free = wanted && edge.from !== edge.to && inView(middle) && taken.every((other) => !meets(room, other));
    if (free) taken.push(room);
    note(edgeLabelSize, edge.id, free ? size : 0, () => changed.push(edgeStyle(edge)));
  }
  drawn.edges.update(changed);
}

// Where vis writes an edge's label: in the middle between the first node and the tip of the arrow.
function middleOf(edge) {
  const [a, b] = [places.get(edge.from), places.get(edge.to)];
  const tip = edge.arrows ? data.nodes[edge.to].size + 9 : 0;
  const share = Math.max(0, 1 - tip / (Math.hypot(b.x - a.x, b.y - a.y) || 1)) / 2;
  return {x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y)};
}

function note(sizes, id, size, changed) {
  if (sizes.get(id) === size) return;
  sizes.set(id, size);
  changed();
}
