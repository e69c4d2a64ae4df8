// How text becomes elements: always as text, never as markup.

const boot = JSON.parse(document.getElementById('data').textContent);
const {types, predicates, qualifiers} = boot;
const byId = (id) => document.getElementById(id);

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false && value !== null) node.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) node.append(child);
  return node;
}

const button = (attributes, ...children) => el('button', {type: 'button', ...attributes}, ...children);

// A stretch of newspaper text: kept apart from its surroundings, whatever direction marks it holds.
const bdi = (text) => el('bdi', {}, text);

const SHAPES = {
  dot: ['circle', {cx: 8, cy: 8, r: 6}],
  square: ['rect', {x: 2.5, y: 2.5, width: 11, height: 11}],
  diamond: ['polygon', {points: '8,1 15,8 8,15 1,8'}],
  triangle: ['polygon', {points: '8,2 15,14 1,14'}],
  hexagon: ['polygon', {points: '4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8'}],
  star: ['polygon', {points: '8,1 10.1,5.7 15.2,6.2 11.4,9.6 12.5,14.6 8,12 3.5,14.6 4.6,9.6 .8,6.2 5.9,5.7'}],
};

function svg(tag, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function glyph(type) {
  const [tag, attributes] = SHAPES[types[type].shape] || SHAPES.dot;
  const shape = svg(tag, {...attributes, fill: types[type].color});
  return svg('svg', {class: 'glyph', viewBox: '0 0 16 16', 'aria-hidden': 'true'}, shape);
}

const stroke = (attributes) =>
  svg('svg', {width: 26, height: 8, 'aria-hidden': 'true'}, svg('path', {d: 'M1 4h24', 'stroke-width': 2, ...attributes}));

const number = (value) => value.toLocaleString('zh-CN');
const unique = (list) => [...new Set(list)];
// For tooltips and texts that are spoken: short, and without marks that turn text round.
const plain = (text, most = 60) => text.slice(0, most).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '');

let told = 0;
// Tell those who do not see the picture, and show it for a moment.
function announce(text) {
  byId('live').textContent = text;
  byId('live').classList.add('seen');
  clearTimeout(told);
  told = setTimeout(() => byId('live').classList.remove('seen'), 2600);
}
