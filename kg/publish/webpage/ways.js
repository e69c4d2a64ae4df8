// Where nodes lie: as computed beforehand, beside their neighbours when called in, in rings when one entity is
// looked at, in a row on a path.

const places = new Map();
const elsewhere = new Map(); // places that hold only as long as a focus or a path is shown
const taken = new Map(); // cell → places in it
const [WIDE, HIGH] = [120, 58];

const placeOf = (id) => state.moved[id] || elsewhere.get(id) || places.get(id);

function put(id, place) {
  places.set(id, place);
  const key = `${Math.floor(place.x / WIDE)} ${Math.floor(place.y / HIGH)}`;
  taken.set(key, [...(taken.get(key) || []), place]);
}

function isFree({x, y}) {
  const [column, row] = [Math.floor(x / WIDE), Math.floor(y / HIGH)];
  for (let i = column - 1; i <= column + 1; i += 1) {
    for (let j = row - 1; j <= row + 1; j += 1) {
      const near = taken.get(`${i} ${j}`) || [];
      if (near.some((p) => Math.abs(p.x - x) < WIDE && Math.abs(p.y - y) < HIGH)) return false;
    }
  }
  return true;
}

// Give an entity that was called in a free place as near to its neighbours as there is one.
function settle(id) {
  const near = neighboursOf(id).map((n) => places.get(n)).filter(Boolean);
  const mean = (key) => near.reduce((sum, p) => sum + p[key], 0) / near.length;
  const middle = near.length ? {x: mean('x'), y: mean('y')} : {x: 0, y: 0};
  for (let step = 1; step < 6000; step += 1) {
    const radius = 46 * Math.sqrt(step);
    const place = {x: Math.round(middle.x + radius * 1.35 * Math.cos(step * 2.39996)), y: Math.round(middle.y + radius * Math.sin(step * 2.39996))};
    if (isFree(place)) return put(id, place);
  }
  return put(id, middle);
}

// Around the one in the middle ring by ring, everybody near those of the ring before that lead there.
function spreadRings(rings) {
  const angle = new Map([[rings[0][0], 0]]);
  elsewhere.set(rings[0][0], {x: 0, y: 0});
  let radius = 0;
  for (const ring of rings.slice(1)) {
    if (!ring.length) break;
    const wish = new Map(ring.map((id) => [id, wished(id, angle)]));
    const order = [...ring].sort((a, b) => wish.get(a) - wish.get(b) || entities[a].type - entities[b].type || a - b);
    const rows = Math.ceil(ring.length / Math.max(10, (2 * Math.PI * (radius + 190)) / 74));
    order.forEach((id, i) => {
      const turn = (2 * Math.PI * i) / order.length - Math.PI / 2;
      const reach = radius + 180 + 95 * (i % rows);
      angle.set(id, turn);
      elsewhere.set(id, {x: Math.round(1.35 * reach * Math.cos(turn)), y: Math.round(reach * Math.sin(turn))});
    });
    radius += 180 + 95 * (rows - 1);
  }
}

function wished(id, angle) {
  const near = neighboursOf(id).filter((n) => angle.has(n)).map((n) => angle.get(n));
  return near.length ? near.reduce((sum, a) => sum + a, 0) / near.length : 0;
}

// To and fro in rows, so that a long way fits into the window.
function spreadPath(list) {
  const columns = Math.max(3, Math.ceil(Math.sqrt(list.length * 1.2)));
  list.forEach((id, i) => {
    const row = Math.floor(i / columns);
    const column = row % 2 ? columns - 1 - (i % columns) : i % columns;
    elsewhere.set(id, {x: 210 * column, y: 150 * row + (column % 2 ? 24 : -24)});
  });
}
