"""The verbs that read a graph: query, show, path, stats, view, export, validate."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from calling import PAGES, Done
from pyoxigraph import RdfFormat, parse

from kg.rdf import open_dataset

Run = Callable[..., Done]


@pytest.mark.usefixtures("measured")
def test_an_answer_in_csv_is_what_the_pages_say(graph: Path, call: Run) -> None:
    done = call(
        "query",
        "SELECT ?n { ?p a kg:Person ; rdfs:label ?n } ORDER BY ?n",
        "--graph",
        graph,
        "--format",
        "csv",
    )
    assert done.code == 0
    names = [row["n"] for row in csv.DictReader(io.StringIO(done.out))]
    people = sorted(e.label for e in open_dataset(graph).graph().entities if e.kind == "Person")
    assert names == people
    assert {"周立新", "沈国强", "罗启明"} <= set(names)


def test_every_format_of_an_answer_holds_the_same_name(graph: Path, tmp_path: Path, call: Run) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT ?n { ?p a kg:Person ; rdfs:label ?n }", "utf-8")
    for form in ("table", "csv", "tsv", "json"):
        assert "周立新" in call("query", "-f", query, "--graph", graph, "--format", form).out
    construct = "CONSTRUCT { ?p rdfs:label ?n } WHERE { ?p a kg:Person ; rdfs:label ?n }"
    turtle = call("query", construct, "--graph", graph, "--format", "ttl").out
    labels = set(rdflib.Graph().parse(data=turtle, format="turtle").objects())
    assert rdflib.Literal("周立新", lang="zh") in labels


def test_every_listed_question_can_be_asked_by_its_name(graph: Path, call: Run) -> None:
    listed = call("query", "--list")
    assert listed.code == 0
    names = [line.split()[0] for line in listed.out.splitlines()]
    assert "who-met-whom" in names
    for name in names:
        assert call("query", "--name", name, "--graph", graph).code == 0, name
    assert "罗启明" in call("query", "--name", "who-met-whom", "--graph", graph).out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "give one of"),
        (("ASK {}", "--list"), "give one of"),
        (("SELECT ?x {",), "line 1"),
        (("DELETE WHERE { ?s ?p ?o }",), "query"),
        (("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",), "SERVICE"),
        (("--name", "no-such"), "no-such"),
        (("ASK {}", "--format", "ttl"), "ttl"),
    ],
)
def test_what_is_no_question_is_refused(args: tuple[str, ...], said: str, graph: Path, call: Run) -> None:
    done = call("query", *args, "--graph", graph)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_query_file_in_another_encoding_is_refused_with_its_place(
    tmp_path: Path, graph: Path, call: Run
) -> None:
    query = tmp_path / "q.rq"
    query.write_bytes("ASK { ?s ?p '平湖' }".encode("gb18030"))
    done = call("query", "-f", query, "--graph", graph)
    assert done.code == 2
    assert "save it as UTF-8" in done.err


@pytest.mark.parametrize(
    "args",
    [
        ("query", "ASK {}"),
        ("show", "周立新"),
        ("path", "a", "b"),
        ("stats",),
        ("view",),
        ("validate",),
        ("export", "--format", "nt"),
        ("export", "--format", "graphml"),
    ],
)
def test_without_a_graph_every_verb_says_how_to_get_one(
    args: tuple[str, ...], tmp_path: Path, call: Run
) -> None:
    done = call(*args, "--graph", tmp_path / "none")
    assert (done.code, done.out) == (2, "")
    assert "kg build" in done.err


def test_show_gives_type_facts_in_chinese_and_their_sentences_with_source(graph: Path, call: Run) -> None:
    done = call("show", "周立新", "--graph", graph)
    assert done.code == 0
    assert done.out.startswith("周立新  人物")
    assert "海宁恒达电子有限公司" in done.out
    assert "「本报讯 昨天上午，海宁市市长周立新走访了海宁恒达电子有限公司。」 visit.txt" in done.out
    for line in done.out.splitlines():
        if line.strip().startswith("「"):
            sentence = line.strip()[1:].split("」 ")[0]
            flat = "".join(sentence.split())
            assert any(flat in "".join(text.split()) for text in PAGES.values())


def test_show_tells_what_others_have_to_do_with_it(graph: Path, call: Run) -> None:
    out = call("show", "海宁恒达电子有限公司", "--graph", graph).out
    assert "← 走访考察" in out
    assert "周立新" in out


def test_show_finds_an_alias_written_in_another_width(graph: Path, call: Run) -> None:
    data = open_dataset(graph).graph()
    entity = next(e for e in data.entities if e.label == "海宁恒达电子有限公司")
    for name in (entity.iri, *entity.aliases, "海宁恒达电子 有限公司"):
        assert call("show", name, "--graph", graph).out.startswith("海宁恒达电子有限公司  组织")


def test_a_name_that_nobody_bears_leads_to_close_ones(graph: Path, call: Run) -> None:
    done = call("show", "周立兴", "--graph", graph)
    assert (done.code, done.out) == (1, "")
    assert "周立新" in done.err


def test_a_path_shows_each_step_with_its_sentence(graph: Path, call: Run) -> None:
    done = call("path", "沈国强", "罗启明", "--graph", graph)
    assert done.code == 0
    steps = [line for line in done.out.splitlines() if not line.startswith(" ")]
    assert steps[0].startswith("沈国强 — ")
    assert steps[-1].endswith(" — 罗启明")
    assert "周立新会见了浙江大学副校长罗启明。」 signing.txt" in done.out


def test_a_path_to_nobody_or_to_itself(graph: Path, call: Run) -> None:
    assert call("path", "周立新", "某某某", "--graph", graph).code == 1
    same = call("path", "周立新", "周立新", "--graph", graph)
    assert (same.code, same.out) == (0, "")


def test_stats_count_what_the_graph_holds(graph: Path, call: Run) -> None:
    data = open_dataset(graph).graph()
    out = call("stats", "--graph", graph).out
    assert f"{len(data.pages)} pages, {len(data.articles)} articles, {len(data.entities)} entities" in out
    persons = sum(e.kind == "Person" for e in data.entities)
    assert ["Person", "人物", str(persons)] in [line.split() for line in out.splitlines()]
    assert f"{len(data.facts)} facts" in out


def test_stats_list_the_pages_with_id_and_source(graph: Path, call: Run) -> None:
    data = open_dataset(graph).graph()
    rows = [
        line.split() for line in call("stats", "--pages", "--graph", graph).out.split("\n") if line.strip()
    ]
    assert [[p.id, p.source] for p in sorted(data.pages, key=lambda p: p.source)] == [
        r[:2] for r in rows[-3:]
    ]
    page_of = {article.id: article.page for article in data.articles}
    stated = [page for fact in data.facts for page in {page_of[e.article] for e in fact.evidence}]
    held = {p.id: [list(page_of.values()).count(p.id), stated.count(p.id)] for p in data.pages}
    assert {row[0]: [int(figure) for figure in row[-2:]] for row in rows[-3:]} == held


def test_the_graph_conforms_to_its_shapes(graph: Path, call: Run) -> None:
    done = call("validate", "--graph", graph)
    assert done.code == 0, done.out
    assert "conforms" in done.out


def test_view_writes_the_same_page_as_the_build(graph: Path, tmp_path: Path, call: Run) -> None:
    done = call("view", "--to", tmp_path / "net.html", "--graph", graph)
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / "net.html").read_bytes() == (graph / "index.html").read_bytes()


def test_exports_hold_the_same_triples(graph: Path, tmp_path: Path, call: Run) -> None:
    triples = {}
    for form, kind in (("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES), ("jsonld", RdfFormat.JSON_LD)):
        done = call("export", "--format", form, "--graph", graph)
        assert (done.code, done.err) == (0, "")
        triples[form] = {quad.triple for quad in parse(done.out, kind)}
    assert triples["ttl"] == triples["nt"] == triples["jsonld"]
    assert call("export", "--format", "ttl", "--graph", graph).out.encode() == (graph / "kg.ttl").read_bytes()
    assert call("export", "--format", "nq", "--graph", graph).out.encode() == (graph / "kg.nq").read_bytes()
    lines = call("export", "--format", "nt", "--graph", graph).out.splitlines()
    assert len(lines) == len(set(lines)) == len(triples["nt"])


def test_json_ld_uses_the_words_of_the_ontology(graph: Path, call: Run) -> None:
    data = json.loads(call("export", "--format", "jsonld", "--graph", graph).out)
    assert "@context" in data
    assert any(node.get("@type") == "Person" or node.get("type") == "Person" for node in data["@graph"])


def test_graphml_goes_to_a_file_as_a_network(graph: Path, tmp_path: Path, call: Run) -> None:
    done = call("export", "--format", "graphml", "--to", tmp_path / "g.graphml", "--graph", graph)
    assert (done.code, done.out) == (0, "")
    assert str(tmp_path / "g.graphml") in done.err
    root = ET.parse(tmp_path / "g.graphml").getroot()
    nodes = root.findall(".//{http://graphml.graphdrawing.org/xmlns}node")
    assert len(nodes) == len(open_dataset(graph).graph().entities)


def test_a_file_that_cannot_be_written_is_refused(graph: Path, tmp_path: Path, call: Run) -> None:
    (tmp_path / "file").write_text("")
    done = call("export", "--format", "nt", "--to", tmp_path / "file" / "x.nt", "--graph", graph)
    assert done.code == 2
    assert "cannot be written" in done.err


@pytest.mark.parametrize("name", ["", "  ", "“”"])
def test_an_empty_name_is_refused(name: str, graph: Path, call: Run) -> None:
    for args in (("show", name), ("path", "周立新", name)):
        done = call(*args, "--graph", graph)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("kg: NAME: it is empty")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_query_file_that_cannot_be_read_is_refused(graph: Path, call: Run) -> None:
    done = call("query", "-f", "/proc/self/mem", "--graph", graph)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("kg: /proc/self/mem: cannot be read")
