// A field that finds entities while one types; the arrow keys choose, Enter takes.

const HITS = 12;

function finder(box, list, take) {
  let found = [];
  let chosen = 0;
  let asked = 0;
  let answered = null; // the text that the list belongs to

  async function look() {
    const mine = (asked += 1);
    const text = box.value;
    let all;
    try {
      all = await source.search(text);
    } catch (error) {
      return announce(say('failed', error.message));
    }
    if (mine !== asked) return;
    answered = text;
    found = all.hits.slice(0, HITS);
    chosen = 0;
    const items = found.map((hit, i) => el('li', {id: `${list.id}-${i}`, role: 'option', 'aria-selected': String(i === 0), onclick: () => pick(i)},
      glyph(entities[hit.id].type), el('span', {}, bdi(entities[hit.id].name)),
      el('small', {}, hit.alias ? bdi(say('alias', hit.alias)) : isShown(hit.id) ? called(types[entities[hit.id].type]) : say('notShown'))));
    if (all.total > HITS) items.push(el('li', {class: 'none'}, say('moreHits', number(all.total - HITS))));
    if (!all.total && flat(box.value)) items.push(el('li', {class: 'none', role: 'status'}, say('noHit')));
    list.replaceChildren(...items);
    setOpen(items.length > 0);
  }

  function setOpen(is) {
    list.hidden = !is;
    box.setAttribute('aria-expanded', String(is));
    if (is && found.length) box.setAttribute('aria-activedescendant', `${list.id}-${chosen}`);
    else box.removeAttribute('aria-activedescendant');
  }

  function choose(i) {
    if (!found.length) return;
    chosen = (i + found.length) % found.length;
    [...list.children].forEach((item, k) => item.hasAttribute('aria-selected') && item.setAttribute('aria-selected', String(k === chosen)));
    box.setAttribute('aria-activedescendant', `${list.id}-${chosen}`);
    list.children[chosen].scrollIntoView({block: 'nearest'});
  }

  function pick(i) {
    if (!found[i]) return;
    asked += 1; // what is still looked for comes too late
    setOpen(false);
    take(found[i].id);
  }

  box.addEventListener('input', look);
  box.addEventListener('focus', () => box.value && look());
  box.addEventListener('keydown', async (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen - 1);
    else if (event.key === 'Enter') {
      event.preventDefault();
      if (box.value !== answered) await look(); // typed faster than it was answered
      pick(chosen);
    } else if (event.key === 'Escape' && !list.hidden) {
      setOpen(false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  document.addEventListener('pointerdown', (event) => { if (!list.contains(event.target) && event.target !== box) setOpen(false); });
}
