"""A browser that has no network, and pages opened in it from disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens HTML from disk with the network cut.

    The test fails when the page asked for anything but itself, wrote an error to the console, broke its own
    policy, raised, or opened a dialog.
    """
    context = browser.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    context.set_offline(True)
    wrong: list[str] = []
    files = iter(range(1000))

    def opened(html: str, *, width: int = 1400, height: int = 900) -> Page:
        file = tmp_path / f"page{next(files)}.html"
        file.write_text(html, encoding="utf-8")
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on(
            "console", lambda m: wrong.append(f"console: {m.text}") if m.type in {"error", "warning"} else 0
        )
        page.on("pageerror", lambda e: wrong.append(f"raised: {e}"))
        page.on("dialog", lambda d: (wrong.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("request", lambda r: wrong.append(f"request: {r.url}") if r.url != file.as_uri() else 0)
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))"
        )
        page.goto(file.as_uri())
        page.wait_for_function("window.kg !== undefined")
        return page

    yield opened
    context.close()
    assert wrong == []
