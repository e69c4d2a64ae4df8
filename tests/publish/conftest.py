"""A browser that has no network, and pages opened in it from disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

Opened = Callable[..., Page]


@contextmanager
def from_disk(browser: Browser, folder: Path) -> Iterator[tuple[Opened, list[str]]]:
    """Yield a function that opens HTML from disk with the network cut, and what went wrong on its pages.

    That is: a page asked for anything but itself, wrote an error to the console, broke its own policy,
    raised, or opened a dialog.
    """
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, reduced_motion="reduce", accept_downloads=True
    )
    context.set_offline(True)
    wrong: list[str] = []
    files = iter(range(1000))

    def opened(html: str, *, width: int = 1400, height: int = 900, address: str = "") -> Page:
        file = folder / f"page{next(files)}.html"
        file.write_text(html, encoding="utf-8")
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on(
            "console", lambda m: wrong.append(f"console: {m.text}") if m.type in {"error", "warning"} else 0
        )
        page.on("pageerror", lambda e: wrong.append(f"raised: {e}"))
        page.on("dialog", lambda d: (wrong.append(f"dialog: {d.message}"), d.dismiss()))
        page.on(
            "request",
            lambda r: (
                wrong.append(f"request: {r.url}")
                if r.url.split("#")[0] != file.as_uri() and not r.url.startswith("blob:")
                else 0
            ),
        )
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))"
        )
        page.goto(file.as_uri() + address)
        page.wait_for_function("window.kg !== undefined")
        return page

    yield opened, wrong
    context.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Return a function that opens HTML from disk; the test fails when anything went wrong on the page."""
    with from_disk(browser, tmp_path) as (opened, wrong):
        yield opened
    assert wrong == []


@pytest.fixture(scope="module")
def kept(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Opened, list[str]]]:
    """Return the same function for pages that several tests look at, and the list of what went wrong."""
    with from_disk(browser, tmp_path_factory.mktemp("kept")) as found:
        yield found
