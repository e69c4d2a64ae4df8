"""The network page over a server, as a person uses it: it fetches as one looks, and no name in it runs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import invented_news
import pytest
import rdflib
from playwright.sync_api import Browser, Page, expect
from servers import FORMULA, IMAGE, SCRIPT, TURNED, Server, serving

pytestmark = pytest.mark.browser

expect.set_options(timeout=20_000)  # every step asks a server
_SETTLED = "window.kg.settled()"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory, measuring: Mapping[str, str]) -> Iterator[Server]:
    """A server over a graph of more than it hands over at once, under a path and with a token."""
    folder = tmp_path_factory.mktemp("news")
    invented_news.write_into(folder)
    token = {"KG_SERVE_TOKEN": "0123456789abcdef"}
    with serving(folder, "--workers", "2", "--root-path", "/kg", **token, **measuring) as running:
        yield running


@contextmanager
def looking(browser: Browser, at: str, wrong: list[str], **context: object) -> Iterator[Page]:
    """Open a page that must ask no other machine, break no rule of its own and let no name run."""
    window = browser.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce", **context)  # type: ignore[arg-type]
    page = window.new_page()
    page.on("request", lambda r: None if r.url.startswith((at, "blob:", "data:")) else wrong.append(r.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append("a name ran"), dialog.dismiss()))
    page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    yield page
    window.close()
    assert wrong == []


@pytest.fixture(scope="module")
def opened(browser: Browser, news: Server) -> Iterator[Page]:
    wrong: list[str] = []
    headers = {"Authorization": "Bearer 0123456789abcdef"}
    with (
        cut(news) as at,
        looking(browser, at, wrong, extra_http_headers=headers) as page,
    ):
        page.goto(f"{at}/kg/view")
        ready(page)
        yield page


@contextmanager
def cut(server: Server) -> Iterator[str]:
    """Stand before a server as a proxy that cuts its path off."""
    with invented_news.proxy(server.at, "/kg") as at:
        yield at


@pytest.fixture
def page(opened: Page) -> Page:
    """The page as it opens; it is loaded once, and starts over for each test."""
    opened.evaluate("location.hash = ''")
    opened.locator("#search").fill("")
    for part in ("#panel", "#drawer"):
        expect(opened.locator(part)).to_be_hidden()
    opened.evaluate(_SETTLED)
    return opened


def ready(page: Page) -> None:
    """Wait for the page; what polls in it, as Playwright's own waiting, its policy forbids."""
    expect(page.locator("#types button").first).to_be_visible()
    page.evaluate(
        "new Promise((done) => { const look = () => (window.kg ? done() : setTimeout(look, 20)); look(); })"
    )


def shown(page: Page) -> set[str]:
    return set(page.evaluate(f"{_SETTLED}.then(() => window.kg.shown())"))


def find(page: Page, text: str) -> None:
    page.locator("#search").fill(text)
    expect(page.locator("#hits li").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#hits")).to_be_hidden()
    page.evaluate(_SETTLED)


def test_it_opens_on_the_most_important_and_says_what_there_is(page: Page) -> None:
    names = shown(page)
    assert invented_news.HUB in names
    assert len(names) <= 400
    expect(page.locator("#counts")).to_contain_text("507 个实体")
    expect(page.locator("#left-out")).to_contain_text("可搜索调出")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("zhongxd", "钟许栋"), ("经开", "澄江经济技术开发区"), ("hlfm", "海蓝阀门有限公司"), ("开经", None)],
)
def test_names_are_found_by_pinyin_and_short_forms(page: Page, typed: str, name: str | None) -> None:
    page.locator("#search").fill(typed)
    first = page.locator("#hits li").first
    if name is None:
        expect(first).to_have_text("没有找到这个名称")
    else:
        expect(first.locator("span").first).to_have_text(name)


def test_an_entity_tells_its_facts_with_sentence_paragraph_and_print(page: Page) -> None:
    find(page, "邵青")
    expect(page.locator("#panel h2")).to_have_text("邵青")
    said = "邵青任海蓝阀门有限公司董事长"
    fact = page.locator(".fact", has=page.locator("blockquote mark", has_text=said))
    fact.get_by_role("button", name="看整段").click()
    expect(fact.locator(".rest").last).to_contain_text("欧阳天成任澄江市人民政府顾问")
    fact.get_by_role("button", name="看原版").click()
    expect(fact.locator("pre mark")).to_have_text(said)
    expect(fact.locator("pre")).to_contain_text("市长走进园区")
    expect(fact).to_contain_text("澄江日报")
    expect(page.locator("#panel .stories")).to_contain_text("市长走进园区")


def test_what_has_more_facts_than_come_at_once_hands_over_the_rest(page: Page) -> None:
    find(page, invented_news.HUB)
    expect(page.locator("#panel .bar")).to_contain_text("502 条事实")
    page.locator("#more-facts").click()
    expect(page.locator("#more-facts")).to_have_count(0)
    page.locator("#panel .chips .expand").first.click()
    page.evaluate(_SETTLED)
    assert len(shown(page)) > 400


def test_neighbours_are_called_in_and_focus_shows_what_is_around(page: Page) -> None:
    find(page, "海蓝二期")
    page.get_by_role("group", name="只看周围").get_by_role("button", name="2 步").click()
    expect(page.locator("#mode")).to_contain_text("只看“海蓝二期”周围 2 步")
    assert shown(page) == {"海蓝二期", "海蓝阀门有限公司", "邵青"}
    page.get_by_role("button", name="退出").click()
    assert "海蓝二期" in shown(page)


def test_facets_count_the_whole_graph_and_narrow_what_is_seen(page: Page) -> None:
    page.get_by_role("button", name="筛选", exact=True).click()
    met = page.locator("label.check", has_text="会见")
    expect(met.locator("small")).to_have_text("501")
    page.locator("#drawer fieldset", has_text="关系类型").get_by_role("button", name="全不选").click()
    page.locator("#drawer").get_by_label("承担").check()
    assert shown(page) == {"海蓝阀门有限公司", "海蓝二期"}
    page.locator("#drawer").get_by_label("计划").uncheck()
    assert shown(page) == set()
    page.locator("#modes").get_by_role("button", name="清除全部筛选").click()
    chart = page.locator(".timeline")
    assert chart.locator("title").first.text_content() == "2031-05：7 条事实"
    page.locator("#drawer").get_by_label("自").fill("2031-05-01")
    page.locator("#drawer").get_by_label("至").fill("2031-05-31")
    expect(page.locator("#modes #filtering")).to_be_visible()
    assert shown(page) == invented_news.IN_MAY
    page.locator("#drawer").get_by_placeholder("标题、日期或记者").fill("园区")
    page.locator("#drawer .story", has_text="市长走进园区").click()
    page.evaluate(_SETTLED)
    assert shown(page) == invented_news.IN_MAY


def test_the_way_between_two_is_found_over_the_whole_graph(page: Page) -> None:
    find(page, "海蓝二期")
    page.get_by_role("button", name="查找路径").click()
    page.locator("#path-to").fill(invented_news.LAST)
    expect(page.locator("#path-to-hits li").first).to_contain_text(invented_news.LAST)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(f"海蓝二期 → {invented_news.LAST}")
    assert shown(page) == {
        "海蓝二期",
        "海蓝阀门有限公司",
        "邵青",
        "钟许栋",
        invented_news.HUB,
        invented_news.LAST,
    }
    expect(page.locator("#panel .fact mark").first).to_be_visible()


def test_a_link_brings_the_view_back(page: Page) -> None:
    find(page, "邵青")
    page.locator("#types [data-type=Person]").click()
    page.evaluate(_SETTLED)
    names, link = shown(page), page.url
    page.goto("about:blank")
    page.goto(link)
    ready(page)
    expect(page.locator("#panel h2")).to_have_text("邵青")
    assert shown(page) == names


def test_what_is_shown_is_exported_with_its_sentences(page: Page) -> None:
    find(page, "海蓝二期")
    page.get_by_role("group", name="只看周围").get_by_role("button", name="2 步").click()
    page.get_by_role("button", name="导出").click()
    said = {}
    for kind in ("json", "csv", "turtle", "svg", "png"):
        with page.expect_download() as caught:
            page.locator(f"[data-export={kind}]").click()
        said[kind] = Path(caught.value.path()).read_bytes()
    facts = json.loads(said["json"])["facts"]
    assert {fact["predicate"] for fact in facts} == {"undertakes", "holdsPosition"}
    assert all(one["quote"] in one["sentence"] for fact in facts for one in fact["evidence"])
    rows = list(csv.reader(io.StringIO(said["csv"].decode("utf-8-sig"))))
    assert len(rows) == 1 + len(facts)
    found = rdflib.Graph().parse(data=said["turtle"], format="turtle")
    assert len(list(found.subjects(rdflib.RDF.subject))) == len(facts)
    assert said["svg"].startswith(b"<?xml")
    assert said["png"].startswith(b"\x89PNG")


def test_hostile_names_are_mere_text(browser: Browser, server: Server, tmp_path: Path) -> None:
    wrong: list[str] = []
    with looking(browser, server.at, wrong) as page:
        said = page.goto(f"{server.at}/view")
        assert said is not None
        policy = said.headers["content-security-policy"]
        assert "connect-src 'self'" in policy
        assert "unsafe" not in policy
        ready(page)
        assert {IMAGE, SCRIPT, TURNED, FORMULA} <= shown(page)
        for name in (IMAGE, "alert(2)", FORMULA):
            find(page, name)
            expect(page.locator("#panel .fact").first).to_be_visible()
        page.get_by_role("button", name="导出").click()
        with page.expect_download() as caught:
            page.locator("[data-export=csv]").click()
        text = Path(caught.value.path()).read_text("utf-8-sig")
        assert not re.search(r"(?m)(^|,)\"?[=+@-]", text)
