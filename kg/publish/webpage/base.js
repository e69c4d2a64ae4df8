// The data of the page, and how text becomes elements: always as text, never as markup.

const data = JSON.parse(document.getElementById('data').textContent);
const {entities, facts, passages, articles, types, predicates} = data;
const byId = (id) => document.getElementById(id);

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') node.addEventListener('click', value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) node.append(child);
  return node;
}

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

// For each entity, the places of its facts.
const factsOf = entities.map(() => []);
facts.forEach((fact, i) => {
  factsOf[fact.s].push(i);
  if (fact.o !== undefined && fact.o !== fact.s) factsOf[fact.o].push(i);
});
const otherEnd = (fact, id) => (fact.s === id ? fact.o : fact.s);
