// Names while somebody types; choosing one of them opens what it names.
'use strict';
{
  const form = document.querySelector('form[data-suggest]');
  const field = form.querySelector('input');
  const list = form.querySelector('datalist');
  let found = [], timer, running;
  const ask = async () => {
    running?.abort();
    if (!field.value.trim()) return list.replaceChildren();
    running = new AbortController();
    try {
      const said = await fetch(form.dataset.suggest + '?q=' + encodeURIComponent(field.value.trim()), { signal: running.signal });
      if (!said.ok) return;
      found = await said.json();
      list.replaceChildren(...found.map(one => {
        const option = document.createElement('option');
        option.value = one.label;
        option.label = one.called;
        return option;
      }));
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  };
  field.addEventListener('input', event => {
    const same = found.filter(one => one.label === field.value && one.at);
    if (event.inputType === 'insertReplacementText' && same.length === 1) { location.assign(same[0].at); return; }
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
}
