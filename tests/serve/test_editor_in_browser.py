"""The editor and the search field as a person uses them, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from servers import FORMULA, IMAGE, Server

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A page that must ask no other machine, break no rule of its own and let no name run."""
    opened = browser.new_page(base_url=server.at)
    wrong: list[str] = []
    opened.on(
        "request", lambda r: None if r.url.startswith((server.at, "blob:", "data:")) else wrong.append(r.url)
    )
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("dialog", lambda dialog: (wrong.append("a name ran"), dialog.dismiss()))
    opened.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "400" not in said.text else None,
    )
    yield opened
    opened.close()
    assert wrong == []


def test_a_question_is_completed_asked_shared_and_saved(page: Page, tmp_path: Path) -> None:
    page.goto("/editor")
    area = page.get_by_label("SPARQL", exact=True)
    expect(page.locator(".pane .word").first).to_have_text("SELECT")
    area.fill("")
    area.press_sequentially("SELECT ?name { ?e a kg:Orga")
    expect(page.locator("#choices li").first).to_contain_text("kg:Organization")
    area.press("Enter")
    area.press_sequentially(" ; rdfs:label ?name } ORDER BY ?name")
    area.press("Escape")
    area.press("Control+Enter")
    expect(page.locator("#answer tbody tr")).to_have_count(6)
    expect(page.locator("#answer")).to_contain_text(IMAGE)
    with page.expect_download() as caught:
        page.get_by_role("button", name="CSV").click()
    saved = tmp_path / "answer.csv"
    caught.value.save_as(saved)
    assert f"'{FORMULA}" in saved.read_text("utf-8-sig").splitlines()
    link = page.url
    page.goto("/")
    page.goto(link)
    expect(page.locator("#answer tbody tr")).to_have_count(6)


def test_an_answer_is_drawn(page: Page) -> None:
    page.goto("/editor")
    area = page.get_by_label("SPARQL", exact=True)
    area.fill("SELECT ?place ?name ?e { ?e kg:locatedIn ?p ; rdfs:label ?name . ?p rdfs:label ?place }")
    page.get_by_role("button", name="图", exact=True).click()
    expect(page.locator(".drawing .node")).to_have_count(10)  # one name of five is too long
    expect(page.locator(".drawing")).to_contain_text("img src=x")
    expect(page.locator(".drawing .line").first).to_contain_text("name")
    area.fill("CONSTRUCT { ?e kg:locatedIn ?p ; rdfs:label ?name } { ?e kg:locatedIn ?p ; rdfs:label ?name }")
    area.press("Control+Enter")
    expect(page.locator(".drawing .thing")).to_have_count(6)
    expect(page.locator(".drawing .line").first).to_contain_text("位于")
    page.get_by_role("button", name="图", exact=True).click()
    expect(page.locator("#answer pre")).to_contain_text("kg:locatedIn")
    page.get_by_role("button", name="图", exact=True).click()
    page.locator(".drawing a", has_text="=HYPERLINK").click()
    expect(page.locator("h1")).to_contain_text("HYPERLINK")


def test_a_mistake_is_shown_with_its_place(page: Page) -> None:
    page.goto("/editor#query=" + "SELECT%20*%20%7B%0A%20%3Fs%20%3Fp%20%7D")
    expect(page.locator(".problem")).to_contain_text("第 2 行")


def test_a_ready_question_is_asked(page: Page) -> None:
    page.goto("/editor")
    page.get_by_label("现成的问题").select_option("who-met-whom")
    expect(page.locator("#answer tbody tr").first).to_contain_text("柳青")


def test_names_are_suggested_and_found(page: Page) -> None:
    page.goto("/")
    field = page.get_by_label("搜索")
    field.press_sequentially("开发区")
    expect(page.locator("#suggestions option")).to_have_count(1)
    field.press("Enter")
    page.get_by_role("link", name="河口经济技术开发区").first.click()
    expect(page.locator("h1")).to_have_text("河口经济技术开发区")
    expect(page.locator("main")).to_contain_text(IMAGE)


def test_a_fact_lights_up_where_the_text_states_it(page: Page, server: Server) -> None:
    page.goto("/search?q=会见")
    page.locator(".stories a").first.click()
    page.locator("ol.facts > li").first.hover()
    expect(page.locator("mark.near").first).to_be_visible()
