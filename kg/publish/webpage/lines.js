// Edges, painted by this page: thousands of them at once, and found again under the mouse.

const REACH = 6; // pixels from an edge at which it is meant
let lines = []; // {edge, look} of the edges that are to be seen

// How an edge looks follows from those of its facts that pass.
function edgeLook(edge) {
  const own = edge.facts.filter(passes).map((i) => facts[i]);
  const statuses = new Set(own.map(statusOf));
  const only = (status) => statuses.size === 1 && statuses.has(status);
  return {
    names: unique(own.map((fact) => fact.p)),
    width: Math.min(1.5 + 0.6 * (own.length - 1), 4),
    dashes: only('planned'),
    color: only('former') ? FORMER : nodes[edge.from].color,
    arrow: !own.every((fact) => predicates[fact.p].symmetric),
  };
}

const edgeWords = (look) => look.names.map((name) => called(predicates[name])).join(' · ');
const isCurved = (edge) => edge.from !== edge.to && kept.edges.has(`${edge.to} ${edge.from}`);
const edgeTitle = ({edge, look}) => `${plain(entities[edge.from].name, 40)} ${edgeWords(look)} ${plain(entities[edge.to].name, 40)}`;

// A point on an edge; two of opposite directions bend apart.
function onEdge(edge, share, where = placeOf) {
  const [a, b] = [where(edge.from), where(edge.to)];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const bend = isCurved(edge) ? 0.32 * share * (1 - share) : 0;
  return {x: a.x + share * dx + bend * dy, y: a.y + share * dy - bend * dx};
}

// Ends, the point that a curve is drawn towards, and the three corners of the arrow.
function course(edge, where = placeOf) {
  const [a, b] = [where(edge.from), where(edge.to)];
  const middle = onEdge(edge, 0.5, where);
  const bow = {x: 2 * middle.x - (a.x + b.x) / 2, y: 2 * middle.y - (a.y + b.y) / 2};
  const turn = Math.atan2(b.y - bow.y, b.x - bow.x);
  const away = nodes[edge.to].size + 2;
  const tip = {x: b.x - away * Math.cos(turn), y: b.y - away * Math.sin(turn)};
  const wing = (by) => ({x: tip.x - 8 * Math.cos(turn + by), y: tip.y - 8 * Math.sin(turn + by)});
  return {a, b, bow, arrow: [tip, wing(0.4), wing(-0.4)]};
}

// Paint edges, those of one look in one stroke.
function paintLines(context, list, opacity, where) {
  const looks = new Map();
  for (const line of list) {
    const key = `${line.look.color} ${line.look.width} ${line.look.dashes}`;
    if (!looks.has(key)) looks.set(key, []);
    looks.get(key).push(line);
  }
  context.save();
  context.globalAlpha = opacity;
  for (const same of looks.values()) {
    const [{look}] = same;
    const [path, heads] = [new Path2D(), new Path2D()];
    for (const {edge, look: {arrow}} of same) trace(path, heads, edge, arrow, where);
    context.strokeStyle = look.color;
    context.fillStyle = look.color;
    context.lineWidth = look.width;
    context.setLineDash(look.dashes ? [7, 5] : []);
    context.stroke(path);
    context.fill(heads);
  }
  context.restore();
}

function trace(path, heads, edge, arrow, where) {
  const {a, b, bow, arrow: corners} = course(edge, where);
  if (edge.from === edge.to) {
    path.moveTo(a.x + 32, a.y - 16);
    path.arc(a.x + 16, a.y - 16, 16, 0, 2 * Math.PI);
    return;
  }
  path.moveTo(a.x, a.y);
  if (isCurved(edge)) path.quadraticCurveTo(bow.x, bow.y, b.x, b.y);
  else path.lineTo(b.x, b.y);
  if (!arrow) return;
  corners.forEach(({x, y}, i) => (i ? heads.lineTo(x, y) : heads.moveTo(x, y)));
  heads.closePath();
}

// The edge at a point of the canvas, or undefined.
function lineAt(point) {
  const reach = REACH / network.getScale();
  let best = {far: reach};
  for (const line of lines) {
    const far = distance(line.edge, point, best.far);
    if (far < best.far) best = {far, line};
  }
  return best.line;
}

function distance(edge, point, most) {
  const [a, b] = [placeOf(edge.from), placeOf(edge.to)];
  if (edge.from === edge.to) return Math.abs(Math.hypot(point.x - a.x - 16, point.y - a.y + 16) - 16);
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const share = Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  const slack = isCurved(edge) ? 0.08 * Math.hypot(dx, dy) : 0;
  const straight = Math.hypot(point.x - a.x - share * dx, point.y - a.y - share * dy);
  if (straight - slack > most || !slack) return straight;
  const on = onEdge(edge, share);
  return Math.hypot(point.x - on.x, point.y - on.y);
}
