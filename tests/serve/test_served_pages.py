"""Pages of entities and articles: complete, and hostile names do nothing in them."""

from __future__ import annotations

import json
import urllib.parse
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from servers import FORMULA, IMAGE, KINDS, LONG, SCRIPT, TURNED, Server

from kg.model import Entity, Graph, Span
from kg.serve.index import around
from kg.serve.marking import find_names, pieces


class Reader(HTMLParser):
    """Collects elements, and the text inside the first `article`, without its superscripts, by fact."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.by_fact: dict[str, str] = {}
        self.whole = ""
        self.facts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "br"):
            self.open.append(tag)
        if tag == "mark":
            self.facts = (dict(attrs).get("data-facts") or "").split()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "mark":
            self.facts = []

    def handle_data(self, data: str) -> None:
        self.whole += data
        if "article" in self.open and "sup" not in self.open:
            self.text += data
            for fact in self.facts:
                self.by_fact[fact] = self.by_fact.get(fact, "") + data


def harmless(text: str) -> Reader:
    read = Reader(text)
    assert not read.open
    assert not {"img", "b", "i"} & {tag for tag, _ in read.elements}
    for tag, attributes in read.elements:
        assert not any(name.startswith("on") for name in attributes)
        if tag == "script":
            assert (attributes["src"] or "").startswith("/static/")
        if "href" in attributes:
            assert (attributes["href"] or "").startswith(("/", "?", "#", "data:,"))
    return read


def entity(graph: Graph, name: str) -> Entity:
    return next(e for e in graph.entities if e.label == name)


def path(iri: str) -> str:
    return iri.removeprefix("https://kg.example.org")


@pytest.mark.parametrize("name", list(KINDS))
def test_an_entity_page_shows_the_name_and_runs_nothing_of_it(
    server: Server, graph: Graph, name: str
) -> None:
    said = server.get(path(entity(graph, name).iri), "text/html")
    assert said.status == 200
    read = harmless(said.text)
    assert name[:100] in read.whole
    assert len(said.data) < 60_000 or name != LONG


def test_an_entity_page_has_every_fact_with_its_sentence(server: Server, graph: Graph) -> None:
    wholes = ""
    for person in (e for e in graph.entities if e.label in ("柳青", "王大力")):
        text = server.get(path(person.iri), "text/html").text
        for fact in graph.facts:
            stated = person.iri in (fact.subject, fact.object)
            assert (f'id="{fact.iri.rpartition("/")[2]}"' in text) is stated
        wholes += harmless(text).whole
    assert "县委书记柳青昨天会见王大力一行" in wholes
    assert "书记<b>" in wholes
    assert "否认" in wholes


def test_an_article_page_is_the_text_with_every_fact_marked_where_it_stands(
    server: Server, graph: Graph
) -> None:
    for article in graph.articles:
        said = server.get(f"/article/{article.id}", "text/html")
        read = harmless(said.text)
        assert read.text == article.text
        said_there = sorted(
            e.span.of(article.text) for f in graph.facts for e in f.evidence if e.article == article.id
        )
        assert sorted(read.by_fact.values()) == said_there


def test_a_page_is_shown_as_printed(server: Server, graph: Graph) -> None:
    for page in graph.pages:
        read = harmless(server.get(f"/page/{page.id}", "text/html").text)
        assert page.text in read.whole
        assert page.source in read.whole


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's JSON-LD reader
@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_an_entity_answers_in_rdf_with_its_statements(
    server: Server, graph: Graph, media: str, form: str
) -> None:
    one = entity(graph, IMAGE)
    said = server.get(path(one.iri), media)
    assert said.kind == media
    found = rdflib.Graph().parse(data=said.data, format=form)
    assert str(found.value(rdflib.URIRef(one.iri), rdflib.RDFS.label)) == IMAGE
    stated = {str(s) for s in found.subjects(rdflib.RDF.subject)}
    assert stated == {f.iri for f in graph.facts if one.iri in (f.subject, f.object)}


def test_articles_pages_statements_and_evidence_answer_in_rdf(server: Server, graph: Graph) -> None:
    fact = graph.facts[0]
    evidence = next(
        row
        for row in json.loads(server.ask(f"SELECT ?e {{ <{fact.iri}> prov:wasDerivedFrom ?e }}").text)[
            "results"
        ]["bindings"]
    )["e"]["value"]
    for at in (
        path(fact.iri),
        path(evidence),
        f"/article/{graph.articles[0].id}",
        f"/page/{graph.pages[0].id}",
    ):
        said = server.get(at, "text/turtle")
        assert said.status == 200
        assert len(rdflib.Graph().parse(data=said.data, format="turtle")) > 1
    assert server.get(path(fact.iri), "text/html").headers["location"].startswith("/entity/")
    assert server.get(path(evidence), "text/html").headers["location"].startswith("/article/")


def test_a_name_that_was_merged_leads_to_where_it_is_now(server: Server, graph: Graph) -> None:
    merged = next(e for e in graph.entities if e.redirects)
    for accept in ("text/html", "text/turtle"):
        said = server.get(path(merged.redirects[0]), accept)
        assert (said.status, said.headers["location"]) == (302, path(merged.iri))


@pytest.mark.parametrize(
    "asked", ["柳青", "img", "script", "河口", "会见", "=HYPERLINK", "长" * 50, '" OR *', "王大力 柳青"]
)
def test_search_shows_what_it_finds_and_runs_nothing_of_it(server: Server, asked: str) -> None:
    said = server.get("/search?" + urllib.parse.urlencode({"q": asked}), "text/html")
    assert said.status == 200
    harmless(said.text)


@pytest.mark.parametrize(
    "part",
    ["柳", "青", "大力", "经济技术", "开发区", "河口经开", "县委", "img", "公司", "HYPERLINK", "alert"],
)
def test_any_part_of_a_name_finds_all_that_bear_it(server: Server, graph: Graph, part: str) -> None:
    said = server.get("/search?" + urllib.parse.urlencode({"q": part}), "application/json")
    found = {one["iri"] for one in json.loads(said.text)["entities"]}
    assert found == {e.iri for e in graph.entities if any(part in name for name in (e.label, *e.aliases))}
    assert found


@pytest.mark.parametrize("word", ["会见", "昨天", "落户", "负责人", "星河项目负责"])
def test_a_word_finds_the_articles_that_hold_it(server: Server, graph: Graph, word: str) -> None:
    said = server.get("/search?" + urllib.parse.urlencode({"q": word}), "application/json")
    found = {one["iri"].rpartition("/")[2] for one in json.loads(said.text)["articles"]}
    assert found == {a.id for a in graph.articles if word in a.text}
    assert all(word in one["passage"] for one in json.loads(said.text)["articles"])


def test_suggestions_come_with_the_whole_name_first(server: Server, graph: Graph) -> None:
    told = json.loads(server.get("/suggest?" + urllib.parse.urlencode({"q": "河口"})).text)
    assert {one["label"] for one in told} == {"中共河口县委", "河口经济技术开发区", TURNED}
    assert told[0]["label"].startswith("河口")
    assert all(one["at"] == path(one["iri"]) for one in told)
    assert json.loads(server.get("/suggest?q=").text) == []


def test_kinds_narrow_a_search(server: Server) -> None:
    query = urllib.parse.urlencode({"q": "河口", "kind": "Place"})
    told = json.loads(server.get(f"/search?{query}", "application/json").text)
    assert [one["label"] for one in told["entities"]] == ["河口经济技术开发区"]
    assert told["kinds"] == {"Organization": 2, "Place": 1}
    assert server.get("/search?q=a&kind=%3Cb%3E").status == 400


def test_years_and_sources_narrow_a_search(server: Server, graph: Graph) -> None:
    said = json.loads(server.get("/search?q=%E7%8E%8B%E5%A4%A7%E5%8A%9B", "application/json").text)
    assert (said["sources"], said["complete"]) == ({"<b>.txt": 1, "河口日报": 1}, True)
    for source in said["sources"]:
        query = urllib.parse.urlencode({"q": "王大力", "source": source})
        told = json.loads(server.get(f"/search?{query}", "application/json").text)
        assert len(told["articles"]) == 1
        assert told["entities"] == []
        read = harmless(server.get(f"/search?{query}", "text/html").text)
        assert source in read.whole
    for year, count in said["years"].items():
        told = json.loads(
            server.get(f"/search?q=%E7%8E%8B%E5%A4%A7%E5%8A%9B&year={year}", "application/json").text
        )
        assert len(told["articles"]) == count
    assert server.get("/search?q=a&year=%3Cb%3E").status == 400


@pytest.mark.parametrize(
    ("typed", "name"), [("hekou", "河口经济技术开发区"), ("wdl", "王大力"), ("河区", "河口经济技术开发区")]
)
def test_suggestions_understand_pinyin_and_short_forms(server: Server, typed: str, name: str) -> None:
    told = json.loads(server.get("/suggest?" + urllib.parse.urlencode({"q": typed})).text)
    assert name in [one["label"] for one in told]


@pytest.mark.parametrize(
    "path",
    [
        "around?ids=%3E%20%7D",
        "around?ids=" + "~".join(["a"] * 2001),
        "facts?ids=" + "~".join(["a"] * 101),
        "type?name=%3Cb%3E&n=1",
        "type?name=Person&n=-1",
        "narrowed?sure=nan",
        "narrowed?from=yesterday",
        "narrowed?no=met%27)--",
        "path?a=x",
        "search?q=" + "a" * 201,
        "print?id=a&start=2&end=1",
        "nothing",
    ],
)
def test_the_viewer_asks_for_nothing_else(server: Server, path: str) -> None:
    assert server.get(f"/api/{path}").status in (400, 404)


@pytest.mark.parametrize(
    "path", ["around?ids=none", "path?a=none&b=other", "facts?ids=none", "article?id=none"]
)
def test_the_viewer_is_told_nothing_of_what_there_is_not(server: Server, path: str) -> None:
    told = json.loads(server.get(f"/api/{path}").text)
    assert (told["entities"], told["facts"]) == ([], [])


@pytest.mark.parametrize(
    "query", ["q=" + "a" * 201, "q=a&from=-1", "q=a&from=99999999999", "q=a&from=%D9%A3"]
)
def test_requests_beyond_what_is_shown_are_refused(server: Server, query: str) -> None:
    assert server.get(f"/search?{query}").status == 400


def test_the_first_page_and_the_editor_run_nothing_of_names(server: Server) -> None:
    read = harmless(server.get("/", "text/html").text)
    assert SCRIPT in read.whole
    assert FORMULA in read.whole
    harmless(server.get("/editor", "text/html").text)
    words = json.loads(server.get("/editor/words.json").text)
    assert words["classes"]["Person"] == "人物"
    assert {"met", "holdsPosition"} <= set(words["predicates"])
    assert len(words["questions"]) >= 20


@given(st.integers(0, 40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 10)), max_size=6))
def test_pieces_cover_the_text_once_and_every_fact_is_theirs(
    length: int, given_: list[tuple[int, int]]
) -> None:
    facts = [Span(start, start + size) for start, size in given_]
    found = pieces(length, [], facts)
    assert "".join(p.span.of("x" * length) for p in found) == "x" * length
    for number, fact in enumerate(facts):
        covered = {i for p in found if number in p.facts for i in range(p.span.start, p.span.end)}
        assert covered == set(range(min(fact.start, length), min(fact.end, length)))
        assert sum(number in p.ends for p in found) == (1 if covered else 0)


@given(st.text("甲乙丙", max_size=20), st.lists(st.text("甲乙丙", min_size=1, max_size=4), max_size=4))
def test_names_are_found_where_they_stand_and_do_not_overlap(text: str, forms: list[str]) -> None:
    found = find_names(text, {form: form for form in forms})
    assert all(span.of(text) == form for span, form in found)
    assert all(a.end <= b.start for (a, _), (b, _) in pairwise(found))
    assert bool(found) == any(form in text for form in forms)


@given(st.text(max_size=50), st.text(max_size=10))
def test_what_stands_around_a_finding_is_a_part_of_the_text(text: str, asked: str) -> None:
    assert "".join(around(text, asked)) in text
