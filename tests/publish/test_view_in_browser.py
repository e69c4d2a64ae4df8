"""The network page as a person uses it, in a real browser without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import invented_pages
import pytest
from playwright.sync_api import Page, expect
from viewing import follow, shown

from kg import ontology
from kg.config import packed
from kg.model import Graph
from kg.publish.webpage import view

pytestmark = pytest.mark.browser

Show = Callable[..., Page]
SEEN: list[Page] = []
ONTOLOGY = ontology.load(packed("ontology"))
NEWS: dict[str, Any] = {
    "source": "pages/007.txt",
    "date": "2031-05-06",
    "newspaper": "澄江日报",
    "articles": [
        {
            "headline": ["书记走进企业"],
            "byline": [("记者", "何一帆")],
            "body": "本报讯 天气很好。昨天，澄江市委书记林远山走访海蓝阀门，并会见了邵青。大家很高兴。\n"
            "海蓝阀门有限公司计划投资3亿元建设海蓝二期。林远山曾任云岭镇镇长。",
            "entities": [
                ("Person", "林远山"),
                ("Person", "邵青"),
                ("Organization", "海蓝阀门有限公司", "海蓝阀门", "海蓝"),
                ("Organization", "中共澄江市委", "澄江市委"),
                ("Project", "海蓝二期"),
                ("Place", "云岭镇"),
                ("Place", "孤山"),
            ],
            "facts": [
                ("林远山", "holdsPosition", "中共澄江市委", "澄江市委书记林远山", {"title": "书记"}),
                ("林远山", "inspected", "海蓝阀门有限公司", "林远山走访海蓝阀门", {}),
                ("林远山", "met", "邵青", "会见了邵青", {}),
                (
                    "海蓝阀门有限公司",
                    "undertakes",
                    "海蓝二期",
                    "计划投资3亿元建设海蓝二期",
                    {"status": "planned"},
                ),
                ("海蓝二期", "totalInvestment", "3亿元", "投资3亿元建设海蓝二期", {"status": "planned"}),
                (
                    "林远山",
                    "holdsPosition",
                    "云岭镇",
                    "林远山曾任云岭镇镇长",
                    {"title": "镇长", "status": "former"},
                ),
            ],
        }
    ],
}


def page_of(graph: Graph) -> str:
    return view(graph, ONTOLOGY)


@pytest.fixture(scope="module")
def news() -> str:
    return page_of(invented_pages.graph(NEWS))


@pytest.fixture
def page(news: str, kept: tuple[Show, list[str]]) -> Iterator[Page]:
    """The page of the news as it opens; it is loaded once, and starts over for each test."""
    show, wrong = kept
    if not SEEN:
        SEEN.append(show(news))
    SEEN[0].locator("#search").fill("")
    follow(SEEN[0], "")
    yield SEEN[0]
    assert wrong == []


def click_on(page: Page, name: str) -> None:
    place = page.evaluate("name => window.kg.at(window.kg.ids(name)[0])", name)
    page.mouse.click(place["x"], place["y"])


def find(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_the_page_says_what_it_holds(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("报纸知识图谱")
    expect(page.locator("#counts")).to_have_text("7 个实体 · 6 条事实 · 1 篇报道 · 1 个版面")
    expect(page.locator("#left-out")).to_have_text("图中 6 个实体，另有 1 个可搜索调出全部显示")
    assert page.locator("#types [data-type]").all_inner_texts() == [
        "组织\n2",
        "人物\n2",
        "地点\n2",
        "项目\n1",
    ]
    expect(page.locator("#panel")).to_be_hidden()


def test_search_finds_by_another_name_and_enter_opens_it(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("澄江市委")
    expect(page.locator("#hits [role=option]")).to_have_count(1)
    expect(page.locator("#hits small")).to_have_text("又作 澄江市委")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("中共澄江市委")
    expect(page.locator("#panel .names")).to_have_text("又作：澄江市委")
    expect(page.locator("#hits")).to_be_hidden()
    page.keyboard.press("1")  # what a key does next is done with the entity that was found
    expect(page.locator("#search")).to_have_value("澄江市委")
    assert sorted(shown(page)) == ["中共澄江市委", "林远山"]


def test_search_walks_with_the_arrow_keys_and_says_when_nothing_is_found(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("海蓝")
    names = page.locator("#hits [role=option] > span").all_inner_texts()
    assert names == ["海蓝阀门有限公司", "海蓝二期"]
    page.keyboard.press("ArrowDown")
    expect(page.locator("#hits [aria-selected=true] > span")).to_have_text("海蓝二期")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("海蓝二期")
    page.locator("#search").fill("不存在")
    expect(page.locator("#hits")).to_have_text("没有找到这个名称")


def test_a_click_on_a_node_shows_its_facts_with_their_sentences(page: Page) -> None:
    click_on(page, "林远山")
    expect(page.locator("#panel h2")).to_have_text("林远山")
    headings = [text.split("\n")[0] for text in page.locator("#panel h3").all_inner_texts()]
    assert headings == ["任职经历", "任职于 →", "走访考察 →", "会见", "相关报道"]
    post = page.locator(".fact", has=page.locator(".tag", has_text="书记"))
    expect(post.locator(".link")).to_have_text("中共澄江市委")
    expect(post.locator(".tag")).to_have_text("职务书记")
    expect(post.locator("mark")).to_have_text("澄江市委书记林远山")
    expect(post.locator("blockquote")).to_have_text("昨天，澄江市委书记林远山走访海蓝阀门，并会见了邵青。")
    for text in ("《书记走进企业》", "记者 何一帆", "澄江日报", "2031-05-06", "pages/007.txt"):
        expect(post.locator("footer")).to_contain_text(text)
    post.get_by_role("button", name="看整段").click()
    expect(post.locator("blockquote")).to_have_text(
        "本报讯 天气很好。昨天，澄江市委书记林远山走访海蓝阀门，并会见了邵青。大家很高兴。"
    )
    former = page.locator(".fact", has_text="镇长")
    expect(former.locator(".status")).to_have_text("曾经")


def test_a_fact_leads_on_to_its_other_end_and_back(page: Page) -> None:
    click_on(page, "林远山")
    page.locator(".link", has_text="海蓝阀门有限公司").click()
    expect(page.locator("#panel h2")).to_have_text("海蓝阀门有限公司")
    expect(page.locator("#panel h3").filter(has_text="走访考察")).to_contain_text("← 走访考察")
    expect(page.locator(".fact", has_text="海蓝二期").locator(".status")).to_have_text("计划")
    page.get_by_role("button", name="后退").click()
    expect(page.locator("#panel h2")).to_have_text("林远山")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_a_click_on_an_edge_shows_the_facts_between_its_ends(page: Page) -> None:
    ends = page.evaluate("['林远山', '邵青'].map(name => window.kg.at(window.kg.ids(name)[0]))")
    page.mouse.click((ends[0]["x"] + ends[1]["x"]) / 2, (ends[0]["y"] + ends[1]["y"]) / 2)
    expect(page.locator("#panel h2")).to_contain_text("林远山")
    expect(page.locator("#panel h2")).to_contain_text("邵青")
    expect(page.locator(".fact")).to_have_count(1)
    expect(page.locator(".fact mark")).to_have_text("会见了邵青")


def test_figures_and_dates_are_shown_as_printed(page: Page) -> None:
    find(page, "海蓝二期")
    figure = page.locator(".group", has_text="总投资").locator(".fact")
    expect(figure.locator(".value")).to_have_text("3亿元")
    expect(figure.locator("mark")).to_have_text("投资3亿元建设海蓝二期")


def test_the_legend_hides_and_shows_a_type(page: Page) -> None:
    assert len(shown(page)) == 6
    button = page.locator("#types [data-type]", has_text="人物")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert len(shown(page)) == 4
    assert page.evaluate("window.kg.lines().length") == 1
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert len(shown(page)) == 6


def test_planned_facts_are_dashed_and_former_ones_grey(page: Page) -> None:
    edges = page.evaluate("window.kg.lines().map(e => [e.title, e.dashes, e.color])")
    dashed = {title for title, dashes, _ in edges if dashes}
    assert dashed == {"海蓝阀门有限公司 承担 海蓝二期"}
    grey = {title for title, _, color in edges if color == "#a8a8a8"}
    assert grey == {"林远山 任职于 云岭镇"}


def test_what_was_left_out_is_called_in_by_search(page: Page) -> None:
    assert "孤山" not in shown(page)
    find(page, "孤山")
    expect(page.locator("#panel .empty")).to_have_text("报道提到了它，没有关于它的事实。")
    expect(page.locator("#panel h2")).to_have_text("孤山")
    assert "孤山" in shown(page)
    expect(page.locator("#left-out")).to_be_hidden()


def test_long_lists_collapse_and_hidden_neighbours_are_called_in(show: Show) -> None:
    towns = [f"第{i}镇" for i in range(40)]
    body = "河口市。" + "。".join(f"{town}位于河口市" for town in towns) + "。"
    page = show(
        view(
            invented_pages.graph(
                {
                    "source": "a.txt",
                    "articles": [
                        {
                            "body": body,
                            "entities": [("Place", "河口市"), *(("Place", town) for town in towns)],
                            "facts": [(t, "locatedIn", "河口市", f"{t}位于河口市", {}) for t in towns],
                        }
                    ],
                }
            ),
            ONTOLOGY,
            limit=20,
        )
    )
    assert len(shown(page)) == 20
    expect(page.locator("#left-out")).to_have_text("图中 20 个实体，另有 21 个可搜索调出全部显示")
    find(page, "河口市")
    expect(page.locator(".fact")).to_have_count(5)
    page.get_by_role("button", name="再显示 35 条").click()
    expect(page.locator(".fact")).to_have_count(40)
    page.get_by_role("button", name="展开未显示的 21 个相邻实体").click()
    assert len(shown(page)) == 41
    places = page.evaluate("Object.values(window.kg.network.getPositions()).map(p => p.x + ' ' + p.y)")
    assert len(set(places)) == 41


def test_no_label_stands_upon_another_and_the_most_important_has_one(show: Show) -> None:
    names = [f"{i}号精密机械制造有限公司" for i in range(60)]
    facts = [(n, "locatedIn", "河口市", f"{n}位于河口市", {}) for n in names]
    facts += [(a, "cooperatesWith", b, f"{a}和{b}合作", {}) for a, b in zip(names, names[3:], strict=False)]
    page = show(
        page_of(
            invented_pages.graph(
                {
                    "source": "a.txt",
                    "articles": [
                        {
                            "body": "。".join(said for *_, said, _ in facts),
                            "entities": [("Place", "河口市"), *(("Organization", name) for name in names)],
                            "facts": facts,
                        }
                    ],
                }
            )
        )
    )
    for click in ("fit", "zoom-out", "zoom-in", "zoom-in"):
        page.locator(f"#{click}").click()
        page.wait_for_timeout(250)
        labels, marks = page.evaluate("[window.kg.labels(), window.kg.marks()]")
        assert "河口市" in {label["text"] for label in labels}
        assert 3 < sum(label["edge"] is None for label in labels) <= 61
        for i, label in enumerate(labels):
            assert not any(meet(label["box"], other["box"]) for other in labels[:i])
            small = [m for m in marks if m["size"] < 12 and m["id"] != label["id"]]
            if label["text"] != "河口市":
                assert not any(meet(label["box"], around(mark)) for mark in small)


def meet(a: dict[str, float], b: dict[str, float]) -> bool:
    return (
        a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
    )


def around(mark: dict[str, float]) -> dict[str, float]:
    r = 0.85 * mark["size"]
    return {
        "left": mark["x"] - r,
        "right": mark["x"] + r,
        "top": mark["y"] - r,
        "bottom": mark["y"] + r,
    }


HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "the end of a script": "</script><script>alert(1)</script>",
    "an image": "<img src=x onerror=alert(1)>",
    "a comment that opens a script": "<!--<script>",
    "quotes and a handler": "\"'><svg onload=alert(1)>",
    "direction marks": "甲\u202e乙\u2066丙",
    "control characters": "甲\x00\x07\x1b[31m乙\ud800",
    "line separators": "甲\u2028乙\u2029丙",
    "a template's mark": "@@DATA@@ {{title}} $& \\u003c",
    "a name of ten thousand characters": "长" * 10_000,
    "a key of every object": "__proto__",
}


def test_hostile_names_stay_text_everywhere(show: Show) -> None:
    names = list(HOSTILE.values())
    assert len(names) == 11
    articles = [
        {
            "headline": [name],
            "byline": [(name[:20], name[:20])],
            "body": f"昨天，{name}走访公司{i}。",
            "entities": [("Person", name, f"{name}甲"), ("Organization", f"公司{i}")],
            "facts": [(name, "inspected", f"公司{i}", f"{name}走访公司{i}", {"title": name, name: name})],
        }
        for i, name in enumerate(names)
    ]
    news = {"source": f"{names[0]}.txt", "newspaper": names[1], "articles": articles}
    page = show(view(invented_pages.graph(news), ONTOLOGY, title=names[1]))
    assert page.locator("#title").evaluate("e => e.textContent") == names[1]
    for i, name in enumerate(names):
        page.locator("#search").fill(f"公司{i}")
        page.keyboard.press("Enter")
        page.locator("#panel .link").click()
        assert page.locator("#panel h2").evaluate("e => e.textContent") == name
        assert page.locator(".fact mark").evaluate("e => e.textContent") == f"{name}走访公司{i}"
        assert page.locator(".fact .tag bdi").first.evaluate("e => e.textContent") == name
        assert page.locator("footer span").first.evaluate("e => e.textContent") == f"《{name}》"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.keyboard.press("Escape")
        click_on(page, name)
        expect(page.locator("#panel")).to_be_visible()
    assert page.evaluate("[document.scripts.length, document.images.length]") == [3, 0]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://paper.example.org/2031/正文.html?a=1#b", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("https://paper.example.org/\u202efdp", False),
        ('https://e.org/"><img src=x onerror=alert(1)>', False),
    ],
)
def test_the_address_stands_with_the_evidence_and_is_a_link_only_when_safe(
    address: str, link: bool, show: Show
) -> None:
    page = show(page_of(invented_pages.graph({**NEWS, "address": address})))
    find(page, "邵青")
    shown = page.locator(".evidence footer").first
    assert address in shown.evaluate("e => e.textContent")
    links = page.locator("#panel a").evaluate_all(
        "all => all.map(a => [a.getAttribute('href'), a.rel, a.target])"
    )
    assert links == ([[address, "noopener noreferrer", "_blank"]] if link else [])


def test_a_narrow_screen_shows_the_panel_below(news: str, show: Show) -> None:
    page = show(news, width=420, height=860)
    find(page, "林远山")
    room = page.locator("#panel").bounding_box()
    assert room is not None
    assert (room["x"], room["width"]) == (0, 420)
    assert room["y"] + room["height"] == 860
    assert page.evaluate("document.documentElement.scrollWidth") == 420


def test_an_empty_graph_opens_too(show: Show) -> None:
    page = show(page_of(Graph((), (), (), ())))
    expect(page.locator("#counts")).to_have_text("0 个实体 · 0 条事实 · 0 篇报道 · 0 个版面")


def test_the_page_runs_nothing_that_its_policy_does_not_name(news: str, tmp_path: Path, browser: Any) -> None:
    tampered = news.replace("</body>", "<script>window.evil = 1</script></body>")
    file = tmp_path / "tampered.html"
    file.write_text(tampered, encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_function("window.kg !== undefined")
    assert page.evaluate("window.evil") is None
    context.close()
