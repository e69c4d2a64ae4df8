// Facts by the time they were reported, as bars; dragging over them chooses a stretch of time.

const BARS = 48;
const [DAY, TALL, BROAD] = [86400000, 64, 260];
const dayOf = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
const textOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

// Stretches of equal kind, days, months or years, that hold all dates in not too many bars; `days` are pairs
// of a day and how many facts were reported on it.
function bins(days) {
  const [low, high] = days.reduce(([least, most], [day]) => [Math.min(least, day), Math.max(most, day)], [Infinity, -Infinity]);
  const month = (day) => textOf(day).slice(0, 7);
  const year = (day) => textOf(day).slice(0, 4);
  const nextMonth = (text) => dayOf(`${text.slice(5) === '12' ? `${Number(text.slice(0, 4)) + 1}-01` : `${text.slice(0, 5)}${String(Number(text.slice(5)) + 1).padStart(2, '0')}`}-01`);
  const kinds = [
    {name: textOf, start: (day) => day, next: (day) => day + 1},
    {name: month, start: (day) => dayOf(`${month(day)}-01`), next: (day) => nextMonth(month(day))},
    {name: year, start: (day) => dayOf(`${year(day)}-01-01`), next: (day) => dayOf(`${String(Number(year(day)) + 1).padStart(4, '0')}-01-01`)},
  ];
  const kind = kinds[high - low < BARS ? 0 : high - low < BARS * 30 ? 1 : 2];
  const out = [];
  for (let at = kind.start(low); at <= high && out.length < 200; at = kind.next(at)) out.push({from: at, to: kind.next(at) - 1, name: kind.name(at), count: 0});
  for (const [day, count] of days) {
    const bin = out.find((one) => day <= one.to);
    if (bin) bin.count += count;
  }
  return out;
}

function timelineView() {
  const days = source.tallies().days.map(([day, count]) => [dayOf(day), count]).filter(([day]) => Number.isFinite(day));
  if (!days.length) return el('p', {class: 'note'}, say('noDates'));
  const bars = bins(days);
  const step = BROAD / bars.length;
  const most = Math.max(...bars.map((bin) => bin.count));
  const chosen = (bin) => (!state.from || textOf(bin.to) >= state.from) && (!state.to || textOf(bin.from) <= state.to);
  const marks = bars.map((bin, i) => {
    const tall = bin.count ? Math.max(3, (bin.count / most) * (TALL - 6)) : 1;
    const bar = svg('rect', {x: i * step + step * 0.1, width: step * 0.8, y: TALL - tall, height: tall, class: chosen(bin) ? 'in' : 'out'});
    const title = svg('title', {});
    title.textContent = say('bin', bin.name, number(bin.count));
    bar.append(title);
    return bar;
  });
  const brush = svg('rect', {class: 'brush', x: 0, y: 0, width: 0, height: TALL});
  const chart = svg('svg', {viewBox: `0 0 ${BROAD} ${TALL}`, class: 'timeline', role: 'img', 'aria-label': say('timeline')}, ...marks, brush);
  const at = (event) => {
    const box = chart.getBoundingClientRect();
    return Math.min(bars.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bars.length)));
  };
  let held = null;
  chart.addEventListener('pointerdown', (event) => {
    held = at(event);
    chart.setPointerCapture(event.pointerId);
    stretch(held, held);
    event.preventDefault();
  });
  chart.addEventListener('pointermove', (event) => { if (held !== null) stretch(held, at(event)); });
  chart.addEventListener('pointerup', (event) => {
    if (held === null) return;
    const [low, high] = [held, at(event)].sort((a, b) => a - b);
    held = null;
    go({from: textOf(bars[low].from), to: textOf(bars[high].to)});
  });
  const stretch = (a, b) => {
    const [low, high] = [a, b].sort((x, y) => x - y);
    brush.setAttribute('x', low * step);
    brush.setAttribute('width', (high - low + 1) * step);
  };
  const day = (key) => el('label', {class: 'day'}, el('span', {}, say(key)), el('input', {type: 'date', value: state[key] || '', 'data-key': `day ${key}`,
    onchange: (event) => go({[key]: event.target.value || null})}));
  return el('div', {}, chart,
    el('p', {class: 'scale', 'aria-hidden': 'true'}, el('span', {}, bars[0].name), el('span', {}, bars.at(-1).name)),
    el('div', {class: 'days'}, day('from'), day('to'), state.from || state.to ? button({class: 'more', 'data-key': 'anytime', onclick: () => go({from: null, to: null})}, say('clear')) : null));
}
