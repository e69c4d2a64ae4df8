// An answer as a picture: values are nodes, what a row or a triple says of two of them is a line.
'use strict';
const drawing = (() => {
  const MOST = 150, LONG = 40, WIDTH = 1036, ROOM = 11000, STEPS = 260;
  const [TYPE, LABEL] = ['http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'http://www.w3.org/2000/01/rdf-schema#label'];
  const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*")\S* \.$/;
  const SIGNS = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' };

  const made = (name, attributes, ...parts) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...parts);
    return node;
  };
  // nothing that turns or breaks a line, and no more than fits
  const plain = (text, most) => {
    const signs = [...text.replace(/\p{C}/gu, ' ')];
    return signs.length > most ? signs.slice(0, most - 1).join('') + '…' : signs.join('');
  };

  const gathered = () => {
    const nodes = new Map(), lines = new Map();
    const node = (value, iri) => {
      const key = (iri ? 'i' : 'v') + value;
      if (!nodes.has(key)) nodes.set(key, { key, value, iri, links: 0 });
      return nodes.get(key);
    };
    const line = (from, to, called) => {
      const key = `${from.key}\n${to.key}`;
      if (from === to) return;
      if (!lines.has(key)) {
        lines.set(key, { from, to, called: new Set() });
        from.links += 1;
        to.links += 1;
      }
      lines.get(key).called.add(called);
    };
    return { nodes, lines, node, line };
  };

  // The first value of a row stands for it, and is linked with the others that are short.
  function ofRows(columns, rows) {
    const all = gathered();
    const fits = term => term && (term.type !== 'literal' || (term.value && [...term.value].length <= LONG));
    for (const row of rows) {
      const [first, ...rest] = columns.filter(c => fits(row[c]));
      if (first === undefined) continue;
      const from = all.node(row[first].value, row[first].type === 'uri');
      for (const c of rest) all.line(from, all.node(row[c].value, row[c].type === 'uri'), c);
    }
    return all;
  }

  // Of triples (N-Triples; `called` names a predicate), without types, and with labels in the place of what they name.
  function ofTriples(text, called) {
    const all = gathered(), names = new Map();
    const term = said => (said[0] === '<' ? said.slice(1, -1) : said[0] === '_' ? said : said.slice(1, -1)).replace(
      /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, sign) => (sign ? SIGNS[sign] ?? sign : String.fromCodePoint(parseInt(four ?? eight, 16))));
    for (const row of text.split('\n')) {
      const [, s, p, o] = row.match(TRIPLE) || [];
      if (!s || p === TYPE) continue;
      const from = all.node(term(s), true);
      if (p === LABEL) names.set(from, term(o));
      else if (o[0] !== '"' || [...o].length <= LONG + 2) all.line(from, all.node(term(o), o[0] !== '"'), called(p));
    }
    for (const [node, name] of names) node.name = name;
    return all;
  }

  // The groups of nodes that hang together, the largest first, each with its lines.
  function parts(nodes, lines) {
    const near = new Map(nodes.map(one => [one, []]));
    for (const line of lines) {
      near.get(line.from).push(line);
      near.get(line.to).push(line);
    }
    const seen = new Set(), found = [];
    for (const start of nodes) {
      if (seen.has(start)) continue;
      const members = [start], own = new Set();
      seen.add(start);
      for (const one of members) {
        for (const line of near.get(one)) {
          own.add(line);
          for (const other of [line.from, line.to]) if (!seen.has(other)) { seen.add(other); members.push(other); }
        }
      }
      found.push({ members, lines: [...own] });
    }
    return found.sort((a, b) => b.members.length - a.members.length);
  }

  // Linked nodes attract each other, all others repel; the same answer lies the same way every time.
  function spread({ members, lines }, width, height) {
    const space = Math.sqrt((width * height) / members.length);
    members.forEach((one, i) => {
      const [far, turn] = [space * 0.6 * Math.sqrt(i), i * 2.39996];
      Object.assign(one, { x: far * Math.cos(turn), y: far * Math.sin(turn) });
    });
    const shift = (one, x, y) => { one.dx += x; one.dy += y; };
    for (let step = 0; step < STEPS; step += 1) {
      const most = space * (1 - step / STEPS);
      for (const one of members) [one.dx, one.dy] = [0, 0];
      members.forEach((one, i) => {
        for (let k = 0; k < i; k += 1) {
          const [x, y] = [one.x - members[k].x, one.y - members[k].y];
          const push = (space * space) / Math.max(1, x * x + y * y);
          shift(one, x * push, y * push);
          shift(members[k], -x * push, -y * push);
        }
      });
      for (const { from, to } of lines) {
        const [x, y] = [to.x - from.x, to.y - from.y];
        const pull = Math.hypot(x, y) / space;
        shift(from, x * pull, y * pull);
        shift(to, -x * pull, -y * pull);
      }
      for (const one of members) {
        const far = Math.hypot(one.dx, one.dy) || 1;
        one.x += (one.dx / far) * Math.min(far, most);
        one.y += (one.dy / far) * Math.min(far, most);
      }
    }
    for (const [axis, size, edge] of [['x', width, 80], ['y', height, 26]]) {
      const places = members.map(one => one[axis]);
      const [low, high] = [Math.min(...places), Math.max(...places)];
      for (const one of members) one[axis] = high - low < 1 ? size / 2 : edge + ((one[axis] - low) / (high - low)) * (size - 2 * edge);
    }
  }

  // Every part has a box as large as it needs; boxes stand side by side in rows. Returns the height.
  function lay(nodes, lines) {
    let [left, top, tall] = [0, 0, 0];
    for (const part of parts(nodes, lines)) {
      const size = part.members.length;
      const width = size === 1 ? 170 : Math.min(WIDTH, Math.max(230, 1.4 * Math.sqrt(size * ROOM)));
      const height = size === 1 ? 56 : Math.max(110, (size * ROOM) / width);
      spread(part, width, height);
      if (left + width > WIDTH) [left, top, tall] = [0, top + tall, 0];
      for (const one of part.members) [one.x, one.y] = [one.x + left, one.y + top];
      [left, tall] = [left + width, Math.max(tall, height)];
    }
    return Math.ceil(top + tall);
  }

  // Returns the picture and how many nodes it leaves out; `local` gives the address of an IRI's page, or null.
  function draw(all, short, local) {
    const linked = [...all.nodes.values()].sort((a, b) => b.links - a.links);
    const nodes = linked.slice(0, MOST);
    const kept = new Set(nodes);
    const lines = [...all.lines.values()].filter(line => kept.has(line.from) && kept.has(line.to));
    const height = lay(nodes, lines);
    const name = one => one.name ?? (one.iri ? short(one.value) : one.value);
    const picture = made('svg', { viewBox: `0 0 ${WIDTH} ${height}`, class: 'drawing', role: 'img', 'aria-label': `${nodes.length} 个值，${lines.length} 条线` },
      made('defs', {}, made('marker', { id: 'tip', viewBox: '0 0 8 8', refX: 15, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, made('path', { d: 'M0 0 8 4 0 8z' }))));
    for (const { from, to, called } of lines) {
      const text = [...called].join('、');
      picture.append(made('g', { class: 'line' }, made('title', {}, text), made('line', { x1: from.x, y1: from.y, x2: to.x, y2: to.y, 'marker-end': 'url(#tip)' }),
        made('text', { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - 2 }, plain(text, 14))));
    }
    for (const one of nodes) {
      const parts = [made('title', {}, plain(name(one), 400)), made('circle', { cx: one.x, cy: one.y, r: one.iri || one.links > 1 ? 6 : 4 }), made('text', { x: one.x, y: one.y + 20 }, plain(name(one), 16))];
      const to = one.iri ? local(one.value) : null;
      picture.append(made('g', { class: one.iri ? 'node thing' : 'node' }, ...(to ? [made('a', { href: to }, ...parts)] : parts)));
    }
    return { picture, left: linked.length - nodes.length };
  }

  return { ofRows, ofTriples, draw };
})();
