// Communities as soft groups: a pale ground under those of their nodes that lie together.

const GROUNDS = ['#f5f1e5', '#edf3f8', '#f3eff7', '#ecf4ee', '#f8efeb', '#edf4f4', '#f6f0f3', '#f2f3e8'];
const AROUND = 46;
let grounds = []; // {color, points}: a closed outline each

function groupNodes() {
  const groups = new Map();
  for (const id of visible.nodes) {
    const {community} = nodes[id];
    if (community === undefined || elsewhere.size) continue;
    groups.set(community, [...(groups.get(community) || []), placeOf(id)]);
  }
  grounds = [...groups].sort(([a], [b]) => a - b).map(([group, own]) => ({color: GROUNDS[group % GROUNDS.length], own, points: outline(together(own))}))
    .filter(({points, own}) => points.length && !strangers(points, own));
}

// Whether more of other groups than of its own would stand on a ground: it would tell nothing.
function strangers(points, own) {
  const mine = new Set(own);
  let inside = 0;
  for (const id of visible.nodes) if (!mine.has(placeOf(id)) && holds(points, placeOf(id))) inside += 1;
  return inside > 0.6 * own.length;
}

// Whether a convex outline, given in one sense of rotation, holds a point.
const holds = (points, p) => points.every((a, i) => {
  const b = points[(i + 1) % points.length];
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) >= 0;
});

// Those that lie near the middle of all: what strays far off would cover what is not of the group.
function together(points) {
  if (points.length < 3) return [];
  const middle = (key) => points.map((p) => p[key]).sort((a, b) => a - b)[Math.floor(points.length / 2)];
  const [x, y] = [middle('x'), middle('y')];
  const away = (p) => Math.hypot(p.x - x, p.y - y);
  const usual = points.map(away).sort((a, b) => a - b)[Math.floor(points.length / 2)];
  const near = points.filter((p) => away(p) <= 1.8 * usual + 50);
  return near.length < 3 ? [] : near;
}

// The convex outline of circles around the points.
function outline(points) {
  const rim = points.flatMap(({x, y}) => Array.from({length: 12}, (_, i) => ({x: x + AROUND * Math.cos((i * Math.PI) / 6), y: y + AROUND * Math.sin((i * Math.PI) / 6)})));
  rim.sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list) => {
    const out = [];
    for (const p of list) {
      while (out.length > 1 && turn(out.at(-2), out.at(-1), p) <= 0) out.pop();
      out.push(p);
    }
    return out.slice(0, -1);
  };
  return rim.length ? [...half(rim), ...half(rim.reverse())] : [];
}

function paintGrounds(context) {
  if (!state.groups) return;
  context.save();
  context.globalCompositeOperation = 'multiply';
  for (const {color, points} of grounds) {
    context.fillStyle = color;
    context.beginPath();
    points.forEach(({x, y}, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fill();
  }
  context.restore();
}
