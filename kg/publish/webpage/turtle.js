// What is shown as RDF, with the terms of the graph: entities, direct triples of what is stated, a statement for
// every fact, and its sentences as annotations.

const KG = 'https://kg.example.org/ontology#';
const PREFIXES = {
  kg: KG, rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#', rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#', skos: 'http://www.w3.org/2004/02/skos/core#', oa: 'http://www.w3.org/ns/oa#',
  prov: 'http://www.w3.org/ns/prov#', schema: 'https://schema.org/',
};

const iriOf = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => encodeURIComponent(sign))}>`;
const literal = (text, more = '') => `"${text.toWellFormed().replace(/[\u0000-\u001f"\\\u007f]/g, escaped)}"${more}`;
const typed = (value, type) => literal(String(value), `^^xsd:${type}`);

function escaped(sign) {
  const named = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t'};
  return named[sign] || `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const article = (id) => iriOf(`${boot.prefix.entity.replace(/entity\/$/, '')}article/${encodeURIComponent(id)}`);
const amount = (value) => (Math.abs(value) < 1e20 && (value === 0 || Math.abs(value) >= 1e-6) ? typed(value, 'decimal') : typed(value, 'double'));
const block = (subject, pairs) => `${subject}\n    ${pairs.map(([verb, object]) => `${verb} ${object}`).join(' ;\n    ')} .\n`;

function turtle(data) {
  const direct = new Map();
  for (const fact of data.facts) {
    if (fact.status !== 'asserted') continue;
    direct.set(fact.subject, [...(direct.get(fact.subject) || []), [iriOf(predicates[fact.predicate].iri), objectOf(fact)]]);
  }
  const called = (entity) => block(iriOf(entity.iri), [
    ['a', iriOf(types.find((type) => type.name === entity.type).iri)], ['rdfs:label', literal(entity.name, '@zh')],
    ...entity.aliases.map((alias) => ['skos:altLabel', literal(alias, '@zh')]), ...(direct.get(entity.iri) || [])]);
  const stories = new Map(data.facts.flatMap((fact) => fact.evidence.map((one) => [one.article, one])));
  const story = ([id, one]) => block(article(id), [['a', 'kg:Article'], ...(one.headline.length ? [['schema:headline', literal(one.headline.join('\n'))]] : [])]);
  return [
    ...Object.entries(PREFIXES).map(([name, iri]) => `@prefix ${name}: <${iri}> .\n`), '\n',
    data.entities.map(called).join('\n'), '\n', data.facts.map(statement).join('\n'), '\n', [...stories].map(story).join('\n'),
  ].join('');
}

const objectOf = (fact) => (fact.value ? literal(fact.value.text) : iriOf(fact.object));

function statement(fact) {
  const {value, reported, valid} = fact;
  return block(iriOf(fact.iri), [
    ['a', 'kg:Statement'], ['rdf:subject', iriOf(fact.subject)], ['rdf:predicate', iriOf(predicates[fact.predicate].iri)], ['rdf:object', objectOf(fact)],
    ['kg:status', `kg:${fact.status}`], ['kg:confidence', typed(fact.confidence, 'decimal')], ['kg:articles', typed(fact.articles, 'integer')],
    ...Object.entries(fact.qualifiers).map(([name, text]) => [iriOf(qualifiers[name].iri), literal(text)]),
    ...(value ? [['kg:literalKind', literal(value.kind)]] : []),
    ...(value && value.amount !== undefined ? [['kg:amount', amount(value.amount)]] : []),
    ...(value && value.unit !== undefined ? [['kg:unit', literal(value.unit)]] : []),
    ...(reported ? [['kg:firstReported', typed(reported[0], 'date')], ['kg:lastReported', typed(reported[1], 'date')]] : []),
    ...(valid ? [['kg:validFrom', typed(valid[0], 'date')], ['kg:validUntil', typed(valid[1], 'date')], ['kg:validText', literal(valid[2])]] : []),
    ...fact.evidence.map((one) => ['prov:wasDerivedFrom', `[ a oa:Annotation ; oa:hasTarget [ oa:hasSource ${article(one.article)} ; oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact ${literal(one.quote)} ] ] ]`]),
  ]);
}
