"""What the network page can do, as a person does it: filters, paths, focus, links, exports, the keyboard."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import invented_pages
import pytest
import rdflib
from playwright.sync_api import Page, expect
from viewing import follow
from viewing import shown as names_shown

from kg import ontology
from kg.config import packed
from kg.publish.webpage import view
from kg.rdf.project import project

pytestmark = pytest.mark.browser

Show = Callable[..., Page]
ONTOLOGY = ontology.load(packed("ontology"))
SEEN: list[Page] = []
MAYOR = "市长钟许栋"
PAGES: list[dict[str, Any]] = [
    {
        "source": "pages/101.txt",
        "date": "2031-05-06",
        "newspaper": "澄江日报",
        "articles": [
            {
                "headline": ["市长走进园区"],
                "byline": [("记者", "何一帆")],
                "body": f"昨天，{MAYOR}走访澄江经济技术开发区，会见了邵青。\n"
                "邵青任海蓝阀门有限公司董事长。海蓝阀门计划承担海蓝二期。",
                "entities": [
                    ("Person", "钟许栋"),
                    ("Person", "邵青"),
                    ("Organization", "海蓝阀门有限公司", "海蓝阀门"),
                    ("Organization", "澄江市人民政府"),
                    ("Place", "澄江经济技术开发区"),
                    ("Project", "海蓝二期"),
                ],
                "facts": [
                    ("钟许栋", "holdsPosition", "澄江市人民政府", MAYOR, {"title": "市长"}),
                    ("钟许栋", "inspected", "澄江经济技术开发区", "走访澄江经济技术开发区", {}),
                    ("钟许栋", "met", "邵青", "会见了邵青", {}),
                    (
                        "邵青",
                        "holdsPosition",
                        "海蓝阀门有限公司",
                        "邵青任海蓝阀门有限公司董事长",
                        {"title": "董事长"},
                    ),
                    (
                        "海蓝阀门有限公司",
                        "undertakes",
                        "海蓝二期",
                        "海蓝阀门计划承担海蓝二期",
                        {"status": "planned"},
                    ),
                ],
            }
        ],
    },
    {
        "source": "pages/102.txt",
        "date": "2031-08-09",
        "articles": [
            {
                "headline": ["云岭镇办起茶博会"],
                "body": "云岭镇位于澄江市。钟许栋曾任云岭镇镇长。茶博会在云岭镇举行，参加者有300人。",
                "entities": [
                    ("Person", "钟许栋"),
                    ("Place", "云岭镇"),
                    ("Place", "澄江市"),
                    ("Event", "茶博会"),
                ],
                "facts": [
                    ("云岭镇", "locatedIn", "澄江市", "云岭镇位于澄江市", {}),
                    (
                        "钟许栋",
                        "holdsPosition",
                        "云岭镇",
                        "曾任云岭镇镇长",
                        {"title": "镇长", "status": "former"},
                    ),
                    ("茶博会", "heldAt", "云岭镇", "茶博会在云岭镇举行", {}),
                    ("茶博会", "headcount", "300人", "参加者有300人", {}),
                ],
            }
        ],
    },
]


@pytest.fixture(scope="module")
def html() -> str:
    return view(invented_pages.graph(*PAGES), ONTOLOGY)


@pytest.fixture
def page(html: str, kept: tuple[Show, list[str]]) -> Iterator[Page]:
    """The page as it opens; it is loaded once, and starts over for each test."""
    show, wrong = kept
    if not SEEN:
        SEEN.append(show(html))
    follow(SEEN[0], "")
    yield SEEN[0]
    assert wrong == []


def shown(page: Page) -> set[str]:
    return set(names_shown(page))


def find(page: Page, text: str) -> None:
    page.locator("#search").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#hits")).to_be_hidden()


ALL = {
    "钟许栋",
    "邵青",
    "海蓝阀门有限公司",
    "澄江市人民政府",
    "澄江经济技术开发区",
    "海蓝二期",
    "云岭镇",
    "澄江市",
    "茶博会",
}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zxd", "钟许栋"),
        ("zhongxudong", "钟许栋"),
        ("ZhongXD", "钟许栋"),
        ("zhongxu", "钟许栋"),
        ("xudong", "钟许栋"),
        ("经开", "澄江经济技术开发区"),
        ("经开区", "澄江经济技术开发区"),
        ("澄江开发区", "澄江经济技术开发区"),
        ("chajiaboh", None),
        ("chabohui", "茶博会"),
        ("hlfm", "海蓝阀门有限公司"),
        ("开经", None),
    ],
)
def test_search_finds_by_pinyin_and_by_short_forms(page: Page, typed: str, name: str | None) -> None:
    page.locator("#search").fill(typed)
    first = page.locator("#hits li").first
    if name is None:
        expect(first).to_have_text("没有找到这个名称")
    else:
        expect(first.locator("span")).to_have_text(name)


def test_a_predicate_is_filtered_and_the_filters_are_cleared(page: Page) -> None:
    assert shown(page) == ALL
    page.get_by_role("button", name="筛选").click()
    page.locator("#drawer fieldset", has_text="关系类型").get_by_role("button", name="全不选").click()
    assert shown(page) == set()
    page.locator("#drawer").get_by_label("举办地").check()
    assert shown(page) == {"茶博会", "云岭镇"}
    page.locator("#modes").get_by_role("button", name="清除全部筛选").click()
    assert shown(page) == ALL


def test_a_status_is_filtered(page: Page) -> None:
    page.get_by_role("button", name="筛选").click()
    page.locator("#drawer").get_by_label("计划").uncheck()
    assert shown(page) == ALL - {"海蓝二期"}
    find(page, "海蓝二期")
    expect(page.locator("#panel .note")).to_have_text("1 条事实被筛选隐藏")


def test_confidence_is_filtered(page: Page) -> None:
    page.get_by_role("button", name="筛选").click()
    slider = page.locator("#drawer").get_by_label("可信度不低于")
    slider.focus()
    for _ in range(16):
        slider.press("ArrowRight")
    expect(page.locator("#drawer output")).to_have_text("0.80")
    assert shown(page) == ALL  # every fact has one sentence of 0.8
    slider.press("ArrowRight")
    assert shown(page) == set()


def test_an_article_is_chosen_and_its_entities_are_shown(page: Page) -> None:
    page.get_by_role("button", name="筛选").click()
    page.locator("#drawer").get_by_placeholder("标题、日期或记者").fill("何一帆")
    page.locator("#drawer .story", has_text="市长走进园区").click()
    assert shown(page) == ALL - {"云岭镇", "澄江市", "茶博会"}
    page.locator("#drawer").get_by_role("button", name="全部报道").click()
    assert shown(page) == ALL


def test_the_timeline_is_dragged_and_dates_are_typed(page: Page) -> None:
    page.get_by_role("button", name="筛选").click()
    chart = page.locator(".timeline")
    titles = chart.locator("title").all_text_contents()
    assert (titles[0], titles[-1]) == ("2031-05：5 条事实", "2031-08：4 条事实")
    room = chart.bounding_box()
    assert room is not None
    level = room["y"] + room["height"] / 2
    page.mouse.move(room["x"] + 0.6 * room["width"], level)
    page.mouse.down()
    page.mouse.move(room["x"] + 0.8 * room["width"], level)
    page.mouse.move(room["x"] + 0.95 * room["width"], level)
    page.mouse.up()
    expect(page.locator("#drawer").get_by_label("自")).to_have_value("2031-07-01")
    expect(page.locator("#drawer").get_by_label("至")).to_have_value("2031-08-31")
    assert shown(page) == {"云岭镇", "澄江市", "茶博会", "钟许栋"}
    page.locator("#drawer").get_by_label("自").fill("2031-05-01")
    page.locator("#drawer").get_by_label("至").fill("2031-05-31")
    assert shown(page) == ALL - {"云岭镇", "澄江市", "茶博会"}
    page.locator(".days").get_by_role("button", name="清除").click()
    assert shown(page) == ALL


def test_the_way_between_two_is_shown_with_the_facts_of_every_step(page: Page) -> None:
    find(page, "海蓝二期")
    page.get_by_role("button", name="查找路径").click()
    expect(page.get_by_role("combobox", name="起点")).to_have_value("海蓝二期")
    page.keyboard.type("chaboh")
    expect(page.locator("#path-to-hits li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("海蓝二期 → 茶博会")
    steps = page.locator("#panel .group .link").all_inner_texts()
    way = ["海蓝二期", "海蓝阀门有限公司", "邵青", "钟许栋", "云岭镇", "茶博会"]
    assert {frozenset(steps[i : i + 2]) for i in range(0, 10, 2)} == {
        frozenset(pair) for pair in pairwise(way)
    }
    assert shown(page) == set(way)
    page.get_by_role("button", name="筛选").click()
    page.locator("[data-key='predicates met']").uncheck()
    expect(page.locator("#panel .empty")).to_have_text("两者之间没有路径（在当前筛选下）。")
    page.get_by_role("button", name="退出").click()
    assert "澄江市" in shown(page)


def test_focus_shows_one_two_and_three_steps_around(page: Page) -> None:
    find(page, "茶博会")
    near = [{"茶博会", "云岭镇"}, {"茶博会", "云岭镇", "澄江市", "钟许栋"}]
    near.append(near[1] | {"澄江市人民政府", "澄江经济技术开发区", "邵青"})
    for hops, names in enumerate(near, 1):
        page.get_by_role("group", name="只看周围").get_by_role("button", name=f"{hops} 步").click()
        expect(page.locator("#mode")).to_contain_text(f"只看“茶博会”周围 {hops} 步")
        assert shown(page) == names
    page.get_by_role("button", name="退出").click()
    assert shown(page) == ALL


def test_back_and_forward_go_through_what_was_looked_at(page: Page) -> None:
    find(page, "邵青")
    find(page, "云岭镇")
    page.locator("#types [data-type=Person]").click()
    expect(page.locator("#types [data-type=Person]")).to_have_attribute("aria-pressed", "false")
    back, forward = page.locator("#back"), page.locator("#forward")
    expect(forward).to_be_disabled()
    back.click()
    expect(page.locator("#types [data-type=Person]")).to_have_attribute("aria-pressed", "true")
    back.click()
    expect(page.locator("#panel h2")).to_have_text("邵青")
    forward.click()
    expect(page.locator("#panel h2")).to_have_text("云岭镇")
    expect(forward).to_be_enabled()
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("邵青")


def test_the_address_holds_all_that_is_shown(page: Page, html: str, show: Show) -> None:
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Filter").click()
    page.locator("[data-key='predicates met']").uncheck()
    page.locator("#types [data-type=Project]").click()
    find(page, "钟许栋")
    page.get_by_role("group", name="Focus").get_by_role("button", name="2 hops").click()
    page.locator("#zoom-in").click()
    page.wait_for_timeout(300)
    address = page.evaluate("location.hash")
    where = page.evaluate("[window.kg.network.getScale(), window.kg.network.getViewPosition().x]")
    other = show(html, address=address)
    expect(other.locator("#panel h2")).to_have_text("钟许栋")
    expect(other.locator("#mode")).to_contain_text("Within 2 hops")
    assert (
        shown(other)
        == shown(page)
        == {"钟许栋", "澄江市人民政府", "澄江经济技术开发区", "云岭镇", "澄江市", "茶博会"}
    )
    expect(other.locator("[data-key='predicates met']")).not_to_be_checked()
    there = other.evaluate("[window.kg.network.getScale(), window.kg.network.getViewPosition().x]")
    assert there == pytest.approx(where, abs=0.6)


def test_an_address_that_names_what_there_is_not_opens_the_page_all_the_same(page: Page) -> None:
    for bad in (
        "#e=0000&focus=1234~9&path=a~b&in=%3Cimg%3E&hide=Nothing&no=__proto__&sure=NaN&v=1~2",
        "#v=NaN~0~0&drawer=constructor&article=x&from=yesterday&all=Person~zzz&at=a~b~c",
        "#%",
        "#e=%E0%A4%A",
    ):
        follow(page, bad)
        assert shown(page) == ALL, bad
        expect(page.locator("#panel")).to_be_hidden()


def test_a_sentence_is_shown_on_the_page_as_printed(page: Page) -> None:
    find(page, "云岭镇")
    fact = page.locator(".fact", has_text="茶博会在云岭镇举行")
    fact.get_by_role("button", name="看原版").click()
    expect(fact.locator("pre")).to_contain_text("云岭镇办起茶博会\n云岭镇位于澄江市。")
    expect(fact.locator("pre mark")).to_have_text("茶博会在云岭镇举行")
    fact.get_by_role("button", name="收起原版").click()
    expect(fact.locator("pre")).to_be_hidden()


def test_posts_stand_in_the_order_of_time_and_articles_below(page: Page) -> None:
    find(page, "钟许栋")
    posts = page.get_by_role("region", name="任职经历").locator("li")
    assert [text.split("\n")[0:1] for text in posts.all_inner_texts()] == [
        ["见报 2031-08-09"],
        ["见报 2031-05-06"],
    ]
    expect(posts.first).to_contain_text("镇长")
    expect(posts.first).to_contain_text("曾经")
    stories = page.get_by_role("region", name="相关报道").locator(".story")
    assert stories.all_inner_texts() == ["云岭镇办起茶博会", "市长走进园区"]
    stories.first.click()
    assert shown(page) == {"云岭镇", "澄江市", "茶博会", "钟许栋"}


def test_all_of_a_type_and_all_that_is_left_come_with_a_click(html: str, show: Show) -> None:
    page = show(view(invented_pages.graph(*PAGES), ONTOLOGY, limit=3))
    assert len(shown(page)) == 3
    page.locator("#types [data-all=Place]").click()
    assert {"云岭镇", "澄江市", "澄江经济技术开发区"} <= shown(page)
    expect(page.locator("#types [data-all=Place]")).to_have_count(0)
    page.get_by_role("button", name="全部显示").click()
    assert shown(page) == ALL
    expect(page.locator("#left-out")).to_be_hidden()


def test_neighbours_of_one_type_are_called_in(show: Show) -> None:
    page = show(view(invented_pages.graph(*PAGES), ONTOLOGY, limit=2))
    find(page, "云岭镇")
    away = {"澄江市", "茶博会", "钟许栋"} - shown(page)
    assert len(away) > 1
    page.locator("#panel .expand.one", has_text="活动").click()
    assert away - shown(page) == away - {"茶博会"}


def saved(page: Page, kind: str) -> bytes:
    if page.locator("#drawer").is_hidden():
        page.get_by_role("button", name="导出").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-export={kind}]").click()
    return Path(waiting.value.path()).read_bytes()


def test_pictures_are_saved(page: Page) -> None:
    png = saved(page, "png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(png) > 5_000
    root = ElementTree.fromstring(saved(page, "svg").decode())
    texts = {node.text for node in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"钟许栋", "邵青", "云岭镇"} <= texts
    titles = {node.text for node in root.iter("{http://www.w3.org/2000/svg}title")}
    assert titles == ALL


def test_data_and_tables_hold_what_is_shown_and_no_more(page: Page) -> None:
    page.locator("#types [data-type=Person]").click()
    data = json.loads(saved(page, "json"))
    assert {e["name"] for e in data["entities"]} == ALL - {"钟许栋", "邵青"}
    names = {e["iri"]: e["name"] for e in data["entities"]}
    told = {(names[f["subject"]], f["predicate"], names.get(f.get("object"))) for f in data["facts"]}
    assert told == {
        ("海蓝阀门有限公司", "undertakes", "海蓝二期"),
        ("云岭镇", "locatedIn", "澄江市"),
        ("茶博会", "heldAt", "云岭镇"),
        ("茶博会", "headcount", None),
    }
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8-sig"))))
    assert {(r["主体"], r["关系"], r["客体"]) for r in rows} == {
        ("海蓝阀门有限公司", "承担", "海蓝二期"),
        ("云岭镇", "位于", "澄江市"),
        ("茶博会", "举办地", "云岭镇"),
        ("茶博会", "人数", "300人"),
    }
    planned = next(r for r in rows if r["关系"] == "承担")
    assert (planned["状态"], planned["依据"], planned["来源"]) == (
        "计划",
        "海蓝阀门计划承担海蓝二期。",
        "pages/101.txt",
    )


def test_turtle_holds_the_same_triples_as_the_graph(page: Page) -> None:
    ours = rdflib.Graph().parse(data=saved(page, "turtle").decode(), format="turtle")
    graph = invented_pages.graph(*PAGES)
    lines = "\n".join(
        f"{q.subject} {q.predicate} {q.object} ." for q in project(graph, ONTOLOGY, invented_pages.BASE)
    )
    theirs = rdflib.Graph().parse(data=lines, format="nt")
    kg = rdflib.Namespace("https://kg.example.org/ontology#")
    own = {kg.articles, kg.status, kg.confidence, rdflib.RDF.subject, rdflib.RDF.object, rdflib.RDFS.label}
    derived = rdflib.URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")
    plain = {t for t in ours if not isinstance(t[0], rdflib.BNode) and t[1] != derived}
    assert plain - set(theirs) == set()
    own_subjects = set(ours.subjects(rdflib.RDFS.label)) | set(ours.subjects(rdflib.RDF.type, kg.Statement))
    for verb in own:
        assert {t for t in theirs if t[1] == verb and t[0] in own_subjects} == {
            t for t in plain if t[1] == verb
        }
    said = rdflib.URIRef("http://www.w3.org/ns/oa#exact")
    assert set(ours.objects(None, said)) == set(theirs.objects(None, said))
    assert len(set(ours.subjects(rdflib.RDF.type, kg.Statement))) == len(graph.facts)


HOSTILE = [
    "=HYPERLINK(1)",
    "+1+1",
    "@SUM(A1)",
    "-2",
    "＝1",
    "</svg><script>alert(1)</script>",
    'a"b,c',
    "甲\x00\u202e乙\ud800",
    "> <x:y>\\u0041",
]


def test_exports_of_hostile_names_are_harmless(show: Show) -> None:
    body = "。".join(f"{name}走访乙镇" for name in HOSTILE)
    told = [(name, "inspected", "乙镇", f"{name}走访乙镇", {name: name}) for name in HOSTILE]
    article = {
        "headline": [HOSTILE[0]],
        "body": body,
        "entities": [("Place", "乙镇"), *(("Person", name) for name in HOSTILE)],
        "facts": told,
    }
    graph = invented_pages.graph({"source": "=a.txt", "articles": [article]})
    page = show(view(graph, ONTOLOGY, title=HOSTILE[5]))
    rows = list(csv.reader(io.StringIO(saved(page, "csv").decode("utf-8-sig"))))
    assert len(rows) == 1 + len(HOSTILE)
    assert {row[0].removeprefix("'") for row in rows[1:]} == {n.replace("\ud800", "\ufffd") for n in HOSTILE}
    for row in rows:
        assert not any(cell[:1] in "=+-@＝" and cell[:1] for cell in row)
    root = ElementTree.fromstring(saved(page, "svg").decode())
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert {e["name"] for e in json.loads(saved(page, "json"))["entities"]} >= set(HOSTILE)
    turtle = rdflib.Graph().parse(data=saved(page, "turtle").decode(), format="turtle")
    names = {str(name) for name in turtle.objects(None, rdflib.RDFS.label)}
    assert names == {"乙镇", *(n.replace("\ud800", "\ufffd") for n in HOSTILE)}


def test_the_keyboard_reaches_everything(page: Page) -> None:
    page.locator("#network").focus()
    page.keyboard.press("ArrowRight")
    live = page.locator("#live")
    expect(live).to_contain_text("条关系")
    first = live.inner_text()
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    assert live.inner_text() != first
    name = live.inner_text().split("，")[0]
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(name)
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator("#mode")).to_contain_text(f"只看“{name}”周围 1 步")
    for key, title in (("f", "筛选"), ("l", "列表"), ("p", "路径"), ("e", "导出"), ("?", "帮助")):
        page.locator("#network").focus()
        page.keyboard.press(key)
        expect(page.locator("#drawer h2")).to_have_text(title)
    for gone in ("#panel", "#drawer", "#mode"):
        page.keyboard.press("Escape")
        expect(page.locator(gone)).to_be_hidden()


def test_everything_that_can_be_pressed_has_a_name(page: Page) -> None:
    find(page, "钟许栋")
    for drawer in ("filter", "list", "path", "export", "help"):
        page.locator(f"[data-drawer={drawer}]").click()
        expect(page.locator(f"[data-drawer={drawer}]")).to_have_attribute("aria-expanded", "true")
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('button, input, [role], aside')]
                .filter((n) => n.checkVisibility())
                .filter((n) => !(n.ariaLabel || n.textContent.trim() || n.labels?.length))
                .map((n) => n.outerHTML.slice(0, 90))"""
        )
        assert nameless == []
    assert page.locator("#drawer").get_attribute("aria-label") == "帮助"


def test_the_page_speaks_english_and_newspapers_stay_as_they_are(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.locator("#counts")).to_have_text("9 entities · 9 facts · 2 articles · 2 pages")
    assert page.locator("#types [data-type]").first.inner_text().startswith("Place")
    find(page, "钟许栋")
    headings = [text.split("\n")[0] for text in page.locator("#panel h3").all_inner_texts()]
    assert headings == ["Posts over time", "holds a position at →", "inspected →", "met", "Articles"]
    expect(page.locator("#panel .fact mark").first).to_have_text("曾任云岭镇镇长")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("button", name="中文").click()
    expect(page.locator("#counts")).to_contain_text("9 个实体")


def test_the_list_names_what_is_shown_and_opens_it(page: Page) -> None:
    page.get_by_role("button", name="列表").click()
    rows = page.locator("#drawer .link")
    assert set(rows.all_inner_texts()) == ALL
    rows.filter(has_text="云岭镇").click()
    expect(page.locator("#panel h2")).to_have_text("云岭镇")


def test_a_node_that_was_dragged_stays_where_it_was_put(page: Page) -> None:
    place = page.evaluate("window.kg.at(window.kg.ids('茶博会')[0])")
    page.mouse.move(place["x"], place["y"])
    page.mouse.down()
    page.mouse.move(place["x"] + 60, place["y"] + 40, steps=4)
    page.mouse.up()
    page.wait_for_function("location.hash.includes('at=')")
    now = page.evaluate("window.kg.at(window.kg.ids('茶博会')[0])")
    assert (now["x"], now["y"]) == pytest.approx((place["x"] + 60, place["y"] + 40), abs=3)


def test_groups_can_be_taken_away(page: Page) -> None:
    button = page.locator("#groups")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert "groups=0" in page.evaluate("location.hash")
