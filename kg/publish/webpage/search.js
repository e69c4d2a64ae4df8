// Search by name and by other names; Enter opens the chosen hit.

const box = byId('search');
const hits = byId('hits');
const MOST = 12;
const flat = (text) => text.normalize('NFKC').toLowerCase().replace(/[\s“”"'‘’《》〈〉「」]/g, '');
const index = entities.map((entity) => [entity.name, ...entity.aliases].map((name) => flat(name.slice(0, 400))));
let found = [];
let chosen = 0;

// Exact names first, then beginnings, then parts; within each the more important first.
function lookUp(text) {
  const wanted = flat(text);
  if (!wanted) return [];
  const ranked = [[], [], []];
  index.forEach((names, id) => {
    let best = null;
    names.forEach((name, i) => {
      const at = name.indexOf(wanted);
      if (at < 0) return;
      const rank = name === wanted ? 0 : at === 0 ? 1 : 2;
      if (best === null || rank < best.rank) best = {rank, id, alias: i ? entities[id].aliases[i - 1] : null};
    });
    if (best) ranked[best.rank].push(best);
  });
  return ranked.flat();
}

function showHits() {
  const all = lookUp(box.value);
  found = all.slice(0, MOST);
  chosen = 0;
  const items = found.map((hit, i) => el('li', {id: `hit-${i}`, role: 'option', 'aria-selected': String(i === 0), onclick: () => take(i)},
    glyph(entities[hit.id].type), el('span', {}, bdi(entities[hit.id].name)),
    el('small', {}, hit.alias ? bdi(`又作 ${hit.alias}`) : shown.has(hit.id) ? types[entities[hit.id].type].label : '未显示')));
  if (all.length > MOST) items.push(el('li', {class: 'none'}, `还有 ${number(all.length - MOST)} 个，请多输几个字`));
  if (!all.length && flat(box.value)) items.push(el('li', {class: 'none'}, '没有找到这个名称'));
  hits.replaceChildren(...items);
  setOpen(items.length > 0);
}

function setOpen(is) {
  hits.hidden = !is;
  box.setAttribute('aria-expanded', String(is));
  if (is && found.length) box.setAttribute('aria-activedescendant', `hit-${chosen}`);
  else box.removeAttribute('aria-activedescendant');
}

function choose(i) {
  if (!found.length) return;
  chosen = (i + found.length) % found.length;
  [...hits.children].forEach((item, k) => item.hasAttribute('aria-selected') && item.setAttribute('aria-selected', String(k === chosen)));
  box.setAttribute('aria-activedescendant', `hit-${chosen}`);
  hits.children[chosen].scrollIntoView({block: 'nearest'});
}

function take(i) {
  const hit = found[i];
  if (!hit) return;
  setOpen(false);
  visit(hit.id);
}

box.addEventListener('input', showHits);
box.addEventListener('focus', () => box.value && showHits());
box.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (event.key === 'ArrowDown') choose(chosen + 1);
  else if (event.key === 'ArrowUp') choose(chosen - 1);
  else if (event.key === 'Enter') take(chosen);
  else if (event.key === 'Escape' && !hits.hidden) { setOpen(false); event.stopPropagation(); }
  else return;
  event.preventDefault();
});
document.addEventListener('pointerdown', (event) => { if (!event.target.closest('.search')) setOpen(false); });
