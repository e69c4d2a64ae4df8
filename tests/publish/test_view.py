"""The network page without a browser: what it holds, what it opens with, where the nodes stand."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import invented_pages
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontology
from kg.config import packed
from kg.model import Graph, Literal
from kg.publish.measures import importance
from kg.publish.networks import to_networkx
from kg.publish.passages import passage
from kg.publish.webpage import content, view
from kg.publish.webpage.choice import choose
from kg.publish.webpage.layout import arrange
from kg.publish.webpage.packing import CELL, cover, pack
from kg.publish.webpage.page import escape
from kg.publish.webpage.picture import draw, script, short

ONTOLOGY = ontology.load(packed("ontology"))


def town(number: int, *, denied: bool = False) -> dict[str, Any]:
    """Return a page about a town with three companies; 𠮷 is two units for a browser."""
    names = [f"𠮷祥{number}号公司{i}" for i in range(3)]
    body = "开头𠮷。" + "".join(f"{name}位于{number}号镇，投资{i}亿元。" for i, name in enumerate(names))
    return {
        "source": f"{number}.txt",
        "articles": [
            {
                "body": body,
                "entities": [("Place", f"{number}号镇"), *(("Organization", name) for name in names)],
                "facts": [
                    *(
                        (
                            n,
                            "locatedIn",
                            f"{number}号镇",
                            f"{n}位于{number}号镇",
                            {"status": "negated"} if denied else {},
                        )
                        for n in names
                    ),
                    *((n, "totalInvestment", f"{i}亿元", f"投资{i}亿元", {}) for i, n in enumerate(names)),
                ],
            }
        ],
    }


def told(graph: Graph, limit: int = 400) -> content.Content:
    return content.tell(graph, ONTOLOGY, importance(to_networkx(graph, ONTOLOGY)), limit)


class Elements(HTMLParser):
    """Collects the scripts, styles and meta elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        self.found.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in {"script", "style"} and self.found[-1][0] == self._open:
            tag, attributes, before = self.found[-1]
            self.found[-1] = (tag, attributes, before + data)


def test_the_policy_names_exactly_the_scripts_and_the_style_of_the_page() -> None:
    html = view(invented_pages.graph(town(1)), ONTOLOGY)
    found = Elements(html).found
    policy = next(a["content"] for t, a, _ in found if a.get("http-equiv") == "Content-Security-Policy")

    def digests(tag: str) -> list[str]:
        texts = [text for t, a, text in found if t == tag and "type" not in a]
        return [f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts]

    assert len(digests("script")) == 2
    assert policy == (
        f"default-src 'none'; script-src {' '.join(digests('script'))}; "
        f"style-src {' '.join(digests('style'))}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def test_the_page_refers_to_nothing_outside() -> None:
    html = view(invented_pages.graph(town(1)), ONTOLOGY)
    attributes = [(t, k, v) for t, a, _ in Elements(html).found for k, v in a.items()]
    assert [(t, k, v) for t, k, v in attributes if k in {"src", "href", "action", "srcset"}] == [
        ("link", "href", "data:,")
    ]
    assert not [k for _, k, _ in attributes if k.startswith("on") or k == "style"]
    own = html.replace(script(), "")
    assert "innerHTML" not in own
    assert "url(" not in own


def test_the_data_reads_back_and_each_sentence_stands_where_the_page_says() -> None:
    graph = invented_pages.graph(town(1), town(2))
    html = view(graph, ONTOLOGY, title="测试")
    data = json.loads(next(text for _, a, text in Elements(html).found if a.get("id") == "data"))
    assert data["title"] == "测试"
    assert data["total"] == {"entities": 8, "facts": 12, "articles": 2, "pages": 2}
    names = [e["name"] for e in data["entities"]]
    texts = {a.id: a.text for a in graph.articles}
    labels = {e.iri: e.label for e in graph.entities}
    shown = set()
    for fact in data["facts"]:
        end = fact["text"] if "text" in fact else names[fact["o"]]
        for at, first, last, start, stop, printed in fact["e"]:
            page = data["pages"][data["articles"][data["passages"][at]["article"]]["page"]]
            sheet = page["text"].encode("utf-16-le")
            on_page = [
                sheet[2 * a : 2 * b].decode("utf-16-le") for a, b in zip(*[iter(printed)] * 2, strict=True)
            ]
            units = data["passages"][at]["text"].encode("utf-16-le")
            sentence, said = (
                units[2 * a : 2 * b].decode("utf-16-le") for a, b in ((first, last), (start, stop))
            )
            assert "".join(on_page) == said
            shown.add((names[fact["s"]], fact["p"], end, sentence, said))
    expected = set()
    for f in graph.facts:
        for e in f.evidence:
            text = texts[e.article]
            end = f.object.text if isinstance(f.object, Literal) else labels[f.object]
            sentence = passage(text, e.span).sentence.of(text)
            expected.add((labels[f.subject], f.predicate, end, sentence, e.span.of(text)))
    assert shown == expected
    for edge in data["edges"]:
        assert {(data["facts"][i]["s"], data["facts"][i]["o"]) for i in edge["facts"]} == {
            (edge["from"], edge["to"])
        }


def test_what_is_denied_is_not_told() -> None:
    values = told(invented_pages.graph(town(1, denied=True))).values
    assert {f["p"] for f in values["facts"]} == {"totalInvestment"}
    assert values["total"]["facts"] == 3


def test_what_does_not_fit_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = invented_pages.graph(*(town(i) for i in range(5)))
    monkeypatch.setattr(content, "ENTITIES", 8)
    few = told(graph)
    assert len(few.values["entities"]) == 8
    assert few.values["total"]["entities"] == 20
    assert all(f["s"] < 8 and f.get("o", 0) < 8 for f in few.values["facts"])
    monkeypatch.setattr(content, "TEXT", 100)
    short_text = told(graph).values
    assert 0 < len(short_text["facts"]) < len(few.values["facts"])
    assert sum(len(p["text"].encode()) for p in short_text["passages"]) < 100 + 300


def test_many_sentences_of_one_fact_are_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "EVIDENCE", 2)
    pages = [{**town(1), "source": f"{i}.txt"} for i in range(5)]
    for i, page in enumerate(pages):
        page["articles"] = [{**page["articles"][0], "body": page["articles"][0]["body"] + f"第{i}篇。"}]
    facts = told(invented_pages.graph(*pages)).values["facts"]
    assert {(len(f["e"]), f["more"]) for f in facts} == {(2, 3)}


def test_a_page_that_would_be_too_large_is_cut_to_size_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.publish.webpage import page as module

    graph = invented_pages.graph(*(town(i) for i in range(40)))
    whole = view(graph, ONTOLOGY)
    monkeypatch.setattr(module, "LARGEST", len(script()) + 200_000 + 30_000)
    monkeypatch.setattr(content, "ENTITIES", 160)
    cut = view(graph, ONTOLOGY)
    assert len(cut.encode()) < module.LARGEST < len(whole.encode()) + 100_000
    data = json.loads(next(t for _, a, t in Elements(cut).found if a.get("id") == "data"))
    assert 0 < len(data["entities"]) < 160
    assert data["total"]["entities"] == 160


def test_pages_as_printed_are_left_out_before_sentences_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "PRINTS", 0)
    values = told(invented_pages.graph(town(1))).values
    assert len(values["facts"]) == 6
    assert all("text" not in page for page in values["pages"])
    assert {tuple(e[5]) for f in values["facts"] for e in f["e"]} == {()}


def test_facts_of_one_direction_share_an_edge() -> None:
    entities = [{"name": name, "type": 0} for name in "甲乙丙"]
    types = [{"name": "Person", "label": "人物"}]
    picture = draw(entities, types, [2, 1, 1], [(0, 1), (1, 0), (0, 1), (0, 2)], 3)
    found = {(e["from"], e["to"]): e["facts"] for e in picture.edges}
    assert found == {(0, 1): [0, 2], (1, 0): [1], (0, 2): [3]}


def test_sizes_follow_degrees_and_groups_the_communities() -> None:
    ends = [(a, b) for g in (0, 4) for a in range(g, g + 4) for b in range(a + 1, g + 4)]
    entities = [{"name": str(i), "type": 0} for i in range(9)]
    types = [{"name": "Person", "label": "人物"}]
    picture = draw(entities, types, [4, 3, 3, 3, 4, 3, 3, 3, 0], [*ends, (0, 4)], 9)
    sizes = [n["size"] for n in picture.nodes]
    assert sizes[0] == sizes[4] > sizes[1] > sizes[8]
    groups = [n.get("community") for n in picture.nodes]
    assert groups[8] is None
    assert {tuple(groups[:4]), tuple(groups[4:8])} == {(0,) * 4, (1,) * 4}


def test_names_come_with_the_readings_of_their_characters() -> None:
    values = told(invented_pages.graph(town(1))).values
    assert values["readings"]["号"] == "hao xiao"
    assert "1" not in values["readings"]


def test_a_class_of_ones_own_is_drawn_with_a_colour_of_its_own() -> None:
    types = [{"name": name, "label": name} for name in ("Person", "Ship", "Song")]
    entities = [{"name": "甲", "type": i} for i in range(3)]
    picture = draw(entities, types, [3, 2, 1], [], 3)
    assert len(set(picture.styles)) == 3
    assert [n["color"] for n in picture.nodes] == [c for c, _ in picture.styles]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("林远山", "林远山"),
        ("海蓝阀门有限公司", "海蓝阀门有限公司"),
        ("东海市新材料产业技术研究院有限公司", "东海市新材料产业\n技术研究院有限公司"),
        ("河口液压（澄江）有限公司", "河口液压\n（澄江）有限公司"),
        ("日本河口芝浦（浙江）有限公司", "日本河口芝浦\n（浙江）有限公司"),
        ("关于《河口志》的座谈会", "关于《河口志》\n的座谈会"),
        ("河口ABCDEF科技有限公司", "河口ABCDEF\n科技有限公司"),
        ("A" * 30, "A" * 15 + "\n" + "A" * 15),
        ("长" * 10_000, "长" * 9 + "\n" + "长" * 8 + "…"),
        ("甲\u202e乙\x00丙", "甲乙丙"),
        ("甲\n乙", "甲 乙"),
        ("\u202e", "（无名）"),
    ],
)
def test_a_label_is_short_and_plain(name: str, label: str) -> None:
    assert short(name) == label


@given(st.text(st.characters()))
def test_escaped_data_reads_back_and_holds_no_markup(text: str) -> None:
    written = escape({"name": text})
    assert json.loads(written) == {"name": text}
    assert not re.search("[<>&\u2028\u2029]", written)
    written.encode("utf-8")


graphs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40)


@settings(max_examples=8, deadline=None)
@given(graphs)
def test_no_two_boxes_of_different_components_meet(edges: list[tuple[int, int]]) -> None:
    plain = nx.Graph()
    plain.add_nodes_from(range(31))
    plain.add_edges_from((a, b) for a, b in edges if a != b)
    boxes = {i: (60.0 + 5 * (i % 7), 40.0, 10.0) for i in range(31)}
    places = arrange(plain, boxes)
    assert places == arrange(plain, boxes)
    part = {n: i for i, c in enumerate(nx.connected_components(plain)) for n in c}
    for a in range(31):
        for b in range(a):
            if part[a] != part[b]:
                apart_x = abs(places[a][0] - places[b][0]) >= (boxes[a][0] + boxes[b][0]) / 2
                apart_y = abs(places[a][1] - places[b][1]) >= 40
                assert apart_x or apart_y


def test_boxes_of_one_component_are_pushed_apart() -> None:
    plain = nx.star_graph(40)
    boxes = dict.fromkeys(range(41), (100.0, 50.0, 12.0))
    places = arrange(plain, boxes)
    meeting = sum(
        abs(places[a][0] - places[b][0]) < 98 and abs(places[a][1] - places[b][1]) < 48
        for a in range(41)
        for b in range(a)
    )
    assert meeting == 0


def test_packed_shapes_share_no_cell() -> None:
    rng = np.random.default_rng(4)
    shapes = [
        cover(
            rng.normal(0, 120, (n, 2)),
            np.full((n, 2), 50.0),
            np.array([(i, i + 1) for i in range(n - 1)], dtype=int).reshape(-1, 2),
        )
        for n in (9, 5, 3, 1, 1, 1)
    ]
    cells = [
        (int(x), int(y))
        for shape, (dx, dy) in zip(shapes, pack(shapes), strict=True)
        for x, y in shape + np.array([round(dx / CELL), round(dy / CELL)])
    ]
    assert len(cells) == len(set(cells))
    assert pack([]) == []


def test_shapes_that_leave_much_room_between_them_still_find_a_place() -> None:
    side = range(-15, 16)
    frame = np.array(sorted({(x, y) for x in side for y in side if 15 in (abs(x), abs(y))}))
    moves = pack([frame] * 140)
    corners = {(round(x / CELL), round(y / CELL)) for x, y in moves}
    assert len(corners) == 140
    cells = [(x + dx, y + dy) for dx, dy in corners for x, y in frame.tolist()]
    assert len(cells) == len(set(cells))


def test_whole_components_open_the_page_the_largest_first() -> None:
    rank = dict(zip("abcdefg", (0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1), strict=True))
    links = [("c", "d"), ("d", "e"), ("a", "b")]
    assert choose(rank, links, 5) == (["a", "b", "c", "d", "e", "f", "g"], 5)
    assert choose(rank, links, 4) == (["c", "d", "e", "a", "b", "f", "g"], 3)
    assert choose(rank, links, 2) == (["c", "d", "a", "b", "e", "f", "g"], 2)
    assert choose(rank, [], 3) == (list("abcdefg"), 3)
    assert choose({}, [], 3) == ([], 0)


@given(graphs, st.integers(2, 20))
def test_every_entity_the_page_opens_with_has_a_neighbour_there(
    edges: list[tuple[int, int]], limit: int
) -> None:
    rank = {f"{i:02}": 1 / (i + 1) for i in range(31)}
    links = [(f"{a:02}", f"{b:02}") for a, b in edges]
    order, shown = choose(rank, links, limit)
    assert sorted(order) == sorted(rank)
    assert shown <= limit
    opening = set(order[:shown])
    near = {n for a, b in links if a != b and {a, b} <= opening for n in (a, b)}
    assert near == opening or not any(a != b for a, b in links)


def test_the_page_is_the_same_in_every_process(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "import test_view as t; from kg.publish.webpage import view;"
        "import hashlib; g = t.invented_pages.graph(*(t.town(i) for i in range(4)));"
        "print(hashlib.sha256(view(g, t.ONTOLOGY).encode()).hexdigest())"
    )
    here = str(Path(__file__).parent)
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, here],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == 64
