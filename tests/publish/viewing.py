"""Steps that tests of the network page share."""

from __future__ import annotations

from playwright.sync_api import Page

_FOLLOW = """(hash) => new Promise((done) => {
    if (location.hash === hash) return done();
    const settled = () => window.kg.settled().then(done);
    addEventListener('popstate', () => setTimeout(settled), {once: true});
    location.hash = hash;
})"""


def follow(page: Page, address: str) -> None:
    """Set the part of the address that holds the state, as a link does."""
    page.evaluate(_FOLLOW, address)
    page.evaluate("document.activeElement.blur()")


def shown(page: Page) -> list[str]:
    """Return the names of the entities in the picture."""
    return list(page.evaluate("window.kg.settled().then(() => window.kg.shown())"))
