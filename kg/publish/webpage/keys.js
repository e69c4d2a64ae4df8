// The keyboard: from entity to entity by the arrow keys, and a key for what the buttons do.

let cursor = null; // the entity that the keyboard stands on
let keyed = false; // whether it came there by keys, and is to be seen

const typing = (node) => node.closest('input, select, textarea');

// The nearest in a direction: what lies aside counts double.
function towards(id, [right, down]) {
  const from = id === null || !isShown(id) ? network.getViewPosition() : placeOf(id);
  let best = null;
  for (const other of visible.nodes) {
    if (other === id) continue;
    const {x, y} = placeOf(other);
    const [along, aside] = [(x - from.x) * right + (y - from.y) * down, Math.abs((x - from.x) * down) + Math.abs((y - from.y) * right)];
    const far = along + 2 * aside;
    if (along > 0 && aside <= 2 * along && (best === null || far < best.far)) best = {id: other, far};
  }
  return best ? best.id : id;
}

function stepTo(id) {
  if (id === null) return;
  cursor = id;
  keyed = true;
  reveal([id]);
  network.redraw();
  announce(say('links', plain(entities[id].name, 80), called(types[entities[id].type]), number(edgesOf[id].length)));
}

const ARROWS = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]};

byId('network').addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (ARROWS[event.key]) stepTo(towards(cursor ?? (state.open && state.open.entity) ?? null, ARROWS[event.key]));
  else if (event.key === 'Enter' && cursor !== null && isShown(cursor)) showFromKeys();
  else return;
  event.preventDefault();
});

async function showFromKeys() {
  await show(cursor);
  reveal([cursor]);
  panel.focus({preventScroll: true});
}

const here = () => (state.open && state.open.entity !== undefined ? state.open.entity : cursor);

document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === 'Escape') return leave();
  if (typing(event.target)) return;
  const id = here();
  const acts = {
    '/': () => { searchBox.focus(); searchBox.select(); }, '+': () => zoom(1.35), '=': () => zoom(1.35), '-': () => zoom(1 / 1.35), 0: () => fit(gently()),
    f: () => toggleDrawer('filter'), l: () => toggleDrawer('list'), p: () => toggleDrawer('path'), e: () => toggleDrawer('export'), '?': () => toggleDrawer('help'),
    1: () => id !== null && focusOn(id, 1), 2: () => id !== null && focusOn(id, 2), 3: () => id !== null && focusOn(id, 3),
    x: () => id !== null && expand(id, neighboursOf(id).filter((n) => !isShown(n))),
  };
  if (!Object.hasOwn(acts, event.key.toLowerCase())) return;
  acts[event.key.toLowerCase()]();
  event.preventDefault();
});

// One thing after the other: the panel, the drawer, a focus or path.
function leave() {
  if (state.open) close();
  else if (state.drawer) go({drawer: null});
  else if (state.focus || state.path) unfocus();
  byId('network').focus({preventScroll: true});
}
