// The panel: an entity with its facts by predicate, or the facts between two entities, each with its sentences.

const panel = byId('panel');
const FIRST = 5; // facts of a group that are shown before one asks for the rest
const usual = Object.keys(predicates); // the most frequent first
const trail = []; // what the panel showed before
let current = null; // {kind: 'entity' | 'edge', id}

function open(kind, id, back = false) {
  if (current && !back && (current.kind !== kind || current.id !== id)) trail.push(current);
  current = {kind, id};
  panel.replaceChildren(...(kind === 'entity' ? entityView(id) : edgeView(id)));
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add('open');
  if (kind === 'entity') select(id);
  else selectEdge(id);
}

function select(id) {
  callIn([id]);
  hiddenTypes.delete(entities[id].type);
  const near = edgesOf[id].filter((e) => isVisible(e.from) && isVisible(e.to));
  const nodes = [id, ...near.map((e) => (e.from === id ? e.to : e.from))];
  standOut(nodes, near.map((e) => e.id));
  network.selectNodes([id], false);
  showPressed();
  return nodes;
}

function selectEdge(id) {
  const {from, to} = data.edges[id];
  callIn([from, to]);
  const near = edgesOf[from].filter((e) => e.from === to || e.to === to);
  standOut([from, to], near.map((e) => e.id));
  network.selectEdges([id]);
}

// Show an entity and bring it and its neighbours into sight.
function visit(id) {
  open('entity', id);
  const near = edgesOf[id].map((e) => (e.from === id ? e.to : e.from)).filter(isVisible);
  moveTo(near.length > 40 ? [id] : [id, ...near]);
}

function close() {
  current = null;
  trail.length = 0;
  panel.hidden = true;
  document.body.classList.remove('open');
  network.unselectAll();
  standOut(null);
}

function bar(...words) {
  const back = trail.length
    ? el('button', {type: 'button', class: 'icon', 'aria-label': '返回', title: '返回', onclick: goBack}, '←')
    : null;
  return el('div', {class: 'bar'}, back, ...words, el('span', {class: 'grow'}),
    el('button', {type: 'button', class: 'icon', 'aria-label': '关闭', title: '关闭（Esc）', onclick: close}, '×'));
}

function goBack() {
  const last = trail.pop();
  if (!last) return;
  open(last.kind, last.id, true);
  if (last.kind === 'entity') moveTo([last.id]);
}

function entityView(id) {
  const entity = entities[id];
  const own = factsOf[id];
  const away = [...new Set(edgesOf[id].map((e) => (e.from === id ? e.to : e.from)))].filter((other) => !shown.has(other));
  const expand = () => {
    callIn(away);
    open('entity', id, true);
    moveTo([id, ...away]);
  };
  const top = el('div', {class: 'top'},
    bar(glyph(entity.type), types[entity.type].label, '·', `${number(own.length)} 条事实`, '·', `${number(entity.articles)} 篇报道`),
    el('h2', {}, bdi(entity.name)),
    entity.aliases.length
      ? el('p', {class: 'names'}, '又作：', entity.aliases.flatMap((name, i) => [i ? '、' : null, bdi(name)]))
      : null,
    away.length
      ? el('button', {type: 'button', class: 'expand', onclick: expand}, `展开未显示的 ${number(away.length)} 个相邻实体`)
      : null);
  const groups = new Map();
  for (const i of own) {
    const inward = facts[i].s !== id && !predicates[facts[i].p].symmetric;
    const key = `${inward ? 1 : 0} ${facts[i].p}`;
    if (!groups.has(key)) groups.set(key, {inward, predicate: facts[i].p, list: []});
    groups.get(key).list.push(i);
  }
  const ordered = [...groups.values()].sort((a, b) => a.inward - b.inward || usual.indexOf(a.predicate) - usual.indexOf(b.predicate));
  const body = ordered.map((group) => groupView(group, id));
  return [top, el('div', {class: 'body'}, body.length ? body : el('p', {class: 'empty'}, '报道提到了它，没有关于它的事实。'))];
}

function groupView({inward, predicate, list}, id) {
  const rows = el('ul');
  const label = predicates[predicate].label;
  const add = (numbers) => rows.append(...numbers.map((i) => el('li', {class: 'fact'}, factView(i, id))));
  add(list.slice(0, FIRST));
  const more = list.length > FIRST
    ? el('button', {type: 'button', class: 'more', onclick: () => { add(list.slice(FIRST)); more.remove(); }}, `再显示 ${number(list.length - FIRST)} 条`)
    : null;
  const heading = inward ? `← ${label}` : `${label}${facts[list[0]].o === undefined || predicates[predicate].symmetric ? '' : ' →'}`;
  const spoken = inward ? `以此为对象：${label}` : label;
  return el('section', {class: 'group', 'aria-label': spoken},
    el('h3', {}, el('span', {'aria-hidden': 'true'}, heading), el('small', {}, number(list.length))), rows, more);
}

function edgeView(id) {
  const {from, to} = data.edges[id];
  const numbers = edgesOf[from].filter((e) => e.from === to || e.to === to).flatMap((e) => e.facts);
  const top = el('div', {class: 'top'},
    bar('关系', '·', `${number(numbers.length)} 条事实`),
    el('h2', {}, bdi(entities[from].name), el('span', {class: 'verb'}, ' — '), bdi(entities[to].name)));
  const rows = numbers.map((i) => el('li', {class: 'fact'}, factView(i, null)));
  return [top, el('div', {class: 'body'}, el('div', {class: 'group'}, el('ul', {}, rows)))];
}

const link = (id) => el('button', {type: 'button', class: 'link', 'data-entity': id, onclick: () => visit(id)},
  glyph(entities[id].type), bdi(entities[id].name), shown.has(id) ? null : el('span', {class: 'plus', title: '图中未显示，点击调出'}, '＋'));

// One fact; seen from an entity, only its other end is named.
function factView(i, id) {
  const fact = facts[i];
  const end = fact.o === undefined ? el('span', {class: 'value'}, bdi(fact.text)) : null;
  const what = id === null
    ? [link(fact.s), el('span', {class: 'verb'}, predicates[fact.p].label), end || link(fact.o)]
    : [end || link(otherEnd(fact, id))];
  const tags = Object.entries(fact.q || {}).map(([name, value]) => el('span', {class: 'tag'}, el('b', {}, data.qualifiers[name] || name), bdi(value)));
  if (fact.status) tags.push(el('span', {class: 'tag status'}, fact.status));
  const grade = fact.c >= 0.75 ? '' : fact.c >= 0.5 ? ' mid' : ' low';
  const sure = el('span', {class: `sure${grade}`, title: `可信度 ${fact.c.toFixed(2)}`}, el('i'), fact.c.toFixed(2));
  const [first, ...rest] = fact.e;
  const where = el('div', {}, evidenceView(first));
  const count = rest.length + (fact.more || 0);
  const showRest = () => {
    more.remove();
    where.append(...rest.map(evidenceView));
    if (fact.more) where.append(el('p', {class: 'names'}, `另有 ${number(fact.more)} 处依据未列出。`));
  };
  const more = count ? el('button', {type: 'button', class: 'more', onclick: showRest}, `另有 ${number(count)} 处依据`) : null;
  return [el('div', {class: 'what'}, what, tags, sure), where, more];
}

// The sentence with what is said marked; the paragraph around it on demand.
function evidenceView([at, first, last, start, end]) {
  const {text, article} = passages[at];
  const quote = el('blockquote');
  const fill = (whole) => quote.replaceChildren(bdiParts(text, whole, first, last, start, end));
  fill(false);
  const {headline, byline, date, newspaper, source, address, opens} = articles[article];
  const toggle = el('button', {type: 'button', 'aria-expanded': 'false', onclick: () => {
    const whole = toggle.getAttribute('aria-expanded') === 'false';
    toggle.setAttribute('aria-expanded', String(whole));
    toggle.textContent = whole ? '只看本句' : '看整段';
    fill(whole);
  }}, '看整段');
  const names = byline.map(([role, name]) => `${role} ${name}`).join('　');
  return el('div', {class: 'evidence'}, quote, el('footer', {},
    headline.length ? el('span', {}, '《', bdi(headline.join(' ')), '》') : null,
    names ? el('span', {}, bdi(names)) : null,
    newspaper ? el('span', {}, bdi(newspaper)) : null,
    date ? el('span', {}, date) : null,
    el('span', {}, bdi(source)),
    address ? addressView(address, opens) : null,
    first > 0 || last < text.length ? toggle : null));
}

// Where the source says it was read: a link only when it was checked, and else mere text.
const addressView = (address, opens) => (opens
  ? el('a', {href: address, target: '_blank', rel: 'noopener noreferrer'}, bdi(address))
  : el('span', {}, bdi(address)));

function bdiParts(text, whole, first, last, start, end) {
  const rest = (part) => (whole && part ? el('span', {class: 'rest'}, part) : null);
  return el('bdi', {}, rest(text.slice(0, first)), text.slice(first, start),
    el('mark', {}, text.slice(start, end)), text.slice(end, last), rest(text.slice(last)));
}
