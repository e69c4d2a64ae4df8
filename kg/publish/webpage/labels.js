// Labels as a map has them: the important first, none upon another or upon a node, none too small to read.
// When something stands out, only that is named.

const READABLE = 12; // pixels on the screen
const LARGEST = 17;
const GREAT = 15; // the size of nodes that are to be named if any are
const NEAR = 1.1; // from this scale on, edges are named even when nothing stands out
const [INK, GREY, PAPER] = ['#1f2733', '#4a5464', '#fbfaf7'];
const FACE = boot.options.nodes.font.face;
let written = []; // {id | edge, lines, x, y, size}: x, y is the middle of the text, as far from the node

const width = (text) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f ? 1 : 0.58), 0);
const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// Boxes by the cells of a grid, so that few need to be compared.
function plan(cell) {
  const cells = new Map();
  const each = (box, act) => {
    for (let i = Math.floor(box.left / cell); i <= Math.floor(box.right / cell); i += 1) {
      for (let j = Math.floor(box.top / cell); j <= Math.floor(box.bottom / cell); j += 1) if (act(`${i} ${j}`)) return true;
    }
    return false;
  };
  return {
    add: (box) => each(box, (key) => { cells.set(key, [...(cells.get(key) || []), box]); }),
    free: (box, own, over = 0) => !each(box, (key) => (cells.get(key) || []).some((other) => (own === undefined || other.id !== own) && !(other.mark < over) && meets(box, other))),
  };
}

// Decide anew which labels are written at the present view.
function placeLabels() {
  const scale = network.getScale();
  const {clientWidth, clientHeight} = byId('network');
  const low = network.DOMtoCanvas({x: -80, y: -60});
  const high = network.DOMtoCanvas({x: clientWidth + 80, y: clientHeight + 60});
  const inView = ({x, y}) => x > low.x && x < high.x && y > low.y && y < high.y;
  const seen = [...visible.nodes].filter((id) => inView(placeOf(id))).sort((a, b) => stands(b) - stands(a) || a - b);
  const grid = plan(90 / scale);
  for (const id of visible.nodes) {
    const {x, y} = placeOf(id);
    const r = nodes[id].size * (lit && !stands(id) ? 0 : 0.9);
    grid.add({id, mark: nodes[id].size, left: x - r, right: x + r, top: y - r, bottom: y + r});
  }
  written = [];
  for (const id of seen) if (!lit || stands(id)) nameNode(id, scale, grid);
  for (const {edge, look} of lines) {
    const wanted = lit ? lit.edges.has(edge.id) : scale >= NEAR;
    if (wanted && edge.from !== edge.to) nameEdge(edge, edgeWords(look), scale, grid, inView);
  }
}

function nameNode(id, scale, grid) {
  const {x, y} = placeOf(id);
  const {font, size: r, label} = nodes[id];
  const size = Math.min(LARGEST, Math.max(READABLE + 0.5 * (font.size - 13), font.size * scale)) / scale;
  const lines = label.split('\n');
  const [half, tall] = [(Math.max(...lines.map(width)) * size) / 2 + 2 / scale, (lines.length * size * 1.14) / 2];
  const gap = 3 / scale;
  const [below, beside, aslant] = [r + gap + tall, r + gap + half, r * 0.6 + tall];
  const spots = [[0, below], [0, -below], [beside, 0], [-beside, 0], [beside, aslant], [-beside, aslant], [beside, -aslant], [-beside, -aslant]];
  // the greatest may lie upon small nodes, which are named less
  const tries = r >= GREAT || stands(id) ? [0, r * 0.75] : [0];
  for (const [over, [dx, dy]] of tries.flatMap((over) => spots.map((spot) => [over, spot]))) {
    const box = {id, left: x + dx - half, right: x + dx + half, top: y + dy - tall, bottom: y + dy + tall};
    if (!grid.free(box, id, over)) continue;
    grid.add(box);
    written.push({id, lines, x: dx, y: dy, size, box});
    return;
  }
}

function nameEdge(edge, text, scale, grid, inView) {
  const size = READABLE / scale;
  const half = (width(text) * size) / 2 + 3 / scale;
  for (const share of [0.5, 0.38, 0.62]) {
    const {x, y} = onEdge(edge, share);
    const box = {left: x - half, right: x + half, top: y - size * 0.6, bottom: y + size * 0.6};
    if (!inView({x, y}) || !grid.free(box)) continue;
    grid.add(box);
    written.push({edge, lines: [text], x, y, size, box});
    return;
  }
}

// Write them upon the picture; `where` tells where a node is, also while it is dragged.
function paintLabels(context, where) {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const {id, edge, lines, x, y, size} of written) {
    const origin = edge ? {x: 0, y: 0} : where(id);
    if (!origin) continue;
    context.font = `${size}px ${FACE}`;
    context.strokeStyle = PAPER;
    context.lineWidth = size / 3.4;
    context.fillStyle = edge ? GREY : INK;
    lines.forEach((line, i) => {
      const level = origin.y + y + (i - (lines.length - 1) / 2) * size * 1.14;
      context.strokeText(line, origin.x + x, level);
      context.fillText(line, origin.x + x, level);
    });
  }
}
