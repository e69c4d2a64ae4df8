// A SPARQL editor: colours, completion, ready questions, the answer as a table, picture or CSV, a link to the question.
'use strict';
{
  const home = document.getElementById('editor');
  const made = (name, attributes = {}, ...parts) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...parts);
    return node;
  };
  const START = 'SELECT ?name ?type WHERE {\n  ?e a ?type ; rdfs:label ?name .\n}\nORDER BY ?name\nLIMIT 50\n';
  const KEYWORDS = ('ASK BASE BIND BY CONSTRUCT COUNT DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP HAVING LIMIT ' +
    'MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT UNDEF UNION VALUES WHERE').split(' ');
  const TOKEN = new RegExp([
    '(?<note>#[^\\n]*)', '(?<iri><[^<>\\s]*>)', '(?<text>"""[\\s\\S]*?"""|"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)*\')',
    '(?<variable>[?$]\\w+)', '(?<name>[\\w-]*:[\\w.%-]*)', '(?<word>\\b[A-Za-z]+\\b)',
  ].join('|'), 'gu');

  const pick = made('select', { 'aria-label': '现成的问题' }, made('option', { value: '' }, '现成的问题…'));
  const run = made('button', { type: 'button', title: 'Ctrl+Enter' }, '查询');
  const view = made('button', { type: 'button', 'aria-pressed': 'false' }, '图');
  const save = made('button', { type: 'button' }, 'CSV');
  const share = made('button', { type: 'button' }, '复制链接');
  const area = made('textarea', { spellcheck: 'false', 'aria-label': 'SPARQL', autocapitalize: 'off', autocomplete: 'off' });
  const layer = made('pre', { 'aria-hidden': 'true' });
  const choices = made('ul', { id: 'choices', role: 'listbox', hidden: '' });
  const told = made('p', { class: 'soft', role: 'status' });
  const answer = made('div', { class: 'wide', id: 'answer' });
  home.replaceChildren(made('div', { class: 'bar' }, pick, run, view, save, share), made('div', { class: 'pane' }, layer, area, choices), told, answer);

  let words = { prefixes: {}, classes: {}, predicates: {}, questions: [] };
  let shown = null, running = null, offered = [], chosen = 0, typed = '';

  const paint = () => {
    const parts = [];
    let at = 0;
    for (const match of area.value.matchAll(TOKEN)) {
      parts.push(area.value.slice(at, match.index));
      const kind = Object.keys(match.groups).find(key => match.groups[key] !== undefined);
      const known = kind !== 'word' || KEYWORDS.includes(match[0].toUpperCase()) || match[0] === 'a';
      const style = { note: 'note', iri: 'iri', text: 'text-value', variable: 'variable', name: 'iri', word: 'word' }[kind];
      parts.push(known ? made('span', { class: style }, match[0]) : match[0]);
      at = match.index + match[0].length;
    }
    layer.replaceChildren(...parts, area.value.slice(at), '\n');
    layer.scrollTop = area.scrollTop;
    layer.scrollLeft = area.scrollLeft;
  };

  const candidates = part => {
    const low = part.toLowerCase();
    if (part.startsWith('?')) {
      const all = new Set(area.value.match(/\?\w+/g) || []);
      return [...all].filter(one => one.startsWith(part) && one !== part).map(text => ({ text, note: '' }));
    }
    const colon = low.indexOf(':');
    if (colon < 0) {
      const prefixes = Object.keys(words.prefixes).filter(p => p.startsWith(low)).map(p => ({ text: p + ':', note: words.prefixes[p] }));
      return [...prefixes, ...KEYWORDS.filter(k => k.startsWith(part.toUpperCase())).map(text => ({ text, note: '' }))];
    }
    if (low.slice(0, colon) !== 'kg') return [];
    const rest = low.slice(colon + 1);
    return Object.entries({ ...words.classes, ...words.predicates })
      .filter(([name, called]) => name.toLowerCase().includes(rest) || called.includes(rest))
      .sort((a, b) => b[0].toLowerCase().startsWith(rest) - a[0].toLowerCase().startsWith(rest))
      .map(([name, called]) => ({ text: 'kg:' + name, note: called }));
  };

  const offer = asked => {
    const before = area.value.slice(0, area.selectionStart);
    typed = (before.match(/[?\w:\u4e00-\u9fff-]+$/) || [''])[0];
    offered = typed || asked ? candidates(typed).slice(0, 30) : [];
    if (offered.length === 1 && offered[0].text === typed) offered = [];
    chosen = 0;
    choices.hidden = !offered.length;
    if (!offered.length) return;
    choices.replaceChildren(...offered.map((one, n) => {
      const item = made('li', { role: 'option', 'aria-selected': String(n === 0) }, one.text + ' ', made('small', {}, one.note));
      item.addEventListener('mousedown', event => { event.preventDefault(); take(n); });
      return item;
    }));
    const lines = before.split('\n');
    choices.style.top = Math.min(lines.length * 21 + 12 - area.scrollTop, area.clientHeight - 40) + 'px';
    choices.style.left = Math.min(lines.at(-1).length * 8 + 12, area.clientWidth - 200) + 'px';
  };
  const move = by => {
    chosen = (chosen + by + offered.length) % offered.length;
    [...choices.children].forEach((item, n) => item.setAttribute('aria-selected', String(n === chosen)));
    choices.children[chosen].scrollIntoView({ block: 'nearest' });
  };
  const take = n => {
    const end = area.selectionStart;
    area.setRangeText(offered[n].text, end - typed.length, end, 'end');
    choices.hidden = true;
    offered = [];
    paint();
  };

  const local = iri => {
    const rest = iri.startsWith(home.dataset.base) ? iri.slice(home.dataset.base.length) : '';
    return /^(entity|article|page|statement|evidence)\/[0-9a-f-]+$/.test(rest) ? home.dataset.root + '/' + rest : null;
  };
  const short = iri => {
    for (const [prefix, start] of Object.entries(words.prefixes)) {
      if (iri.startsWith(start) && /^[\w.-]*$/.test(iri.slice(start.length))) return prefix + ':' + iri.slice(start.length);
    }
    return iri;
  };
  const cell = term => {
    if (!term) return made('td');
    if (term.type !== 'uri') return made('td', {}, made('bdi', {}, term.value));
    const to = local(term.value);
    return made('td', {}, to ? made('a', { href: to }, short(term.value)) : short(term.value));
  };
  const table = (columns, rows) => made('table', {},
    made('thead', {}, made('tr', {}, ...columns.map(c => made('th', {}, c)))),
    made('tbody', {}, ...rows.map(row => made('tr', {}, ...columns.map(c => cell(row[c]))))));

  const MOST = 2000;
  const seen = () => view.getAttribute('aria-pressed') === 'true';
  // The answer that is there, as a table or text, or as a picture.
  const show = async () => {
    const now = shown;
    if (!now) return;
    if (!seen()) {
      answer.replaceChildren(now.columns ? table(now.columns, now.rows.slice(0, MOST)) : made('pre', { class: 'text' }, now.text));
      return;
    }
    if (!now.columns && now.triples === undefined) {
      const said = await fetch(home.dataset.sparql, {
        method: 'POST', signal: running.signal, body: now.asked,
        headers: { 'Content-Type': 'application/sparql-query; charset=utf-8', Accept: 'application/n-triples' },
      });
      now.triples = said.ok ? await said.text() : '';
    }
    if (now !== shown || !seen()) return;
    const all = now.columns ? drawing.ofRows(now.columns, now.rows) : drawing.ofTriples(now.triples, iri => words.predicates[short(iri).replace(/^kg:/, '')] ?? short(iri));
    const { picture, left } = drawing.draw(all, short, local);
    answer.replaceChildren(all.nodes.size ? picture : made('p', { class: 'soft' }, '没有可画的值。'));
    if (left) answer.prepend(made('p', { class: 'soft' }, `只画联系最多的值，另有 ${left} 个未画。`));
  };
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    choices.hidden = true;
    history.replaceState(null, '', '#query=' + encodeURIComponent(area.value));
    told.textContent = '查询中…';
    const began = performance.now();
    try {
      const said = await fetch(home.dataset.sparql, {
        method: 'POST', signal: running.signal, body: area.value,
        headers: { 'Content-Type': 'application/sparql-query; charset=utf-8', Accept: 'application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.1' },
      });
      const kind = said.headers.get('Content-Type') || '';
      if (!said.ok) {
        const problem = kind.includes('json') ? await said.json() : { detail: await said.text() };
        told.textContent = '';
        shown = null;
        answer.replaceChildren(made('p', { class: 'problem' }, (problem.line ? `第 ${problem.line} 行第 ${problem.column} 列：` : '') + problem.detail));
        if (problem.line) {
          const start = area.value.split('\n').slice(0, problem.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
          const end = start + [...(area.value.slice(start).split('\n')[0])].slice(0, problem.column - 1).join('').length;
          area.focus();
          area.setSelectionRange(end, end);
        }
        return;
      }
      const took = () => `${((performance.now() - began) / 1000).toFixed(2)} 秒`;
      if (!kind.includes('json')) {
        shown = { asked: area.value, text: await said.text() };
        told.textContent = took();
        return await show();
      }
      const found = await said.json();
      if ('boolean' in found) {
        shown = null;
        answer.replaceChildren(made('p', {}, found.boolean ? '是' : '否'));
        told.textContent = took();
        return;
      }
      shown = { columns: found.head.vars, rows: found.results.bindings };
      told.textContent = `${shown.rows.length} 行，${took()}` + (shown.rows.length > MOST ? `；只显示前 ${MOST} 行，CSV 里有全部` : '');
      await show();
    } catch (error) {
      if (error.name === 'AbortError') return;
      told.textContent = '服务器没有回答。';
      answer.replaceChildren();
    }
  };

  // a cell that begins like a formula would be run by spreadsheets
  const plain = text => (/^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? "'" + text : text);
  const quoted = text => (/[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
  const csv = ({ columns, rows }) => [columns, ...rows.map(row => columns.map(c => plain(row[c]?.value ?? '')))]
    .map(line => line.map(quoted).join(',')).join('\r\n') + '\r\n';

  run.addEventListener('click', ask);
  view.addEventListener('click', async () => {
    view.setAttribute('aria-pressed', String(!seen()));
    try {
      await (shown ? show() : ask());
    } catch (error) {
      if (error.name !== 'AbortError') told.textContent = '服务器没有回答。';
    }
  });
  save.addEventListener('click', async () => {
    if (!shown) await ask();
    if (!shown?.columns) return;
    const link = made('a', { href: URL.createObjectURL(new Blob(['\ufeff', csv(shown)], { type: 'text/csv' })), download: 'answer.csv' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  share.addEventListener('click', async () => {
    history.replaceState(null, '', '#query=' + encodeURIComponent(area.value));
    try {
      await navigator.clipboard.writeText(location.href);
      told.textContent = '链接已复制。';
    } catch {
      told.textContent = '链接在地址栏里。';
    }
  });
  pick.addEventListener('change', () => {
    const question = words.questions.find(q => q.name === pick.value);
    if (question) { area.value = question.sparql; paint(); ask(); }
  });
  area.addEventListener('input', () => { shown = null; paint(); offer(false); });
  area.addEventListener('scroll', paint);
  area.addEventListener('blur', () => { choices.hidden = true; });
  area.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); ask(); return; }
    if (event.key === ' ' && event.ctrlKey) { event.preventDefault(); offer(true); return; }
    if (choices.hidden) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); move(event.key === 'ArrowDown' ? 1 : -1); }
    if (event.key === 'Enter' || event.key === 'Tab') { event.preventDefault(); take(chosen); }
    if (event.key === 'Escape') choices.hidden = true;
  });

  const state = () => {
    const hash = new URLSearchParams(location.hash.slice(1));
    const question = words.questions.find(q => q.name === hash.get('name'));
    area.value = hash.get('query') ?? question?.sparql ?? START;
    paint();
    if (hash.has('query') || question) ask();
  };
  addEventListener('hashchange', state);
  fetch(home.dataset.words).then(said => said.json()).then(found => {
    words = found;
    pick.append(...words.questions.map(q => made('option', { value: q.name, title: q.comment }, q.title)));
    state();
  });
}
