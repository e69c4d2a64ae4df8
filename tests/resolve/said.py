"""Profiles from a few words, for tests of what is one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg import lexicon
from kg.config import Settings
from kg.model import NONE, Decisions, LocalKey
from kg.resolve import Profile, merge_entities, tables
from kg.resolve.names import unlisted

BASE = "https://kg.example.org/"
KNOWN = tables(lexicon.load(Settings().lexicon))


def said(
    page: str,
    name: str,
    kind: str = "Organization",
    *,
    home: str = "河口市",
    aliases: Iterable[str] = (),
    posts: Iterable[tuple[str, str]] = (),
    around: Iterable[str] = (),
    on: date | None = None,
) -> Profile:
    """Return what a page says of a name; posts are (title, organization)."""
    return Profile(
        key=LocalKey(page, kind, name),
        home=unlisted(home, KNOWN),
        aliases=tuple(sorted(aliases)),
        printed=(name,),
        posts=tuple(sorted((title, "Organization", body) for title, body in posts)),
        around=tuple(sorted(around)),
        articles=(f"{page}-1",),
        first=on,
        last=on,
    )


def person(page: str, name: str, *posts: tuple[str, str], home: str = "河口市", around: str = "") -> Profile:
    """Return what a page says of somebody; around: one character for each name in the same article."""
    return said(page, name, "Person", home=home, posts=posts, around=(f"Person||||{c}" for c in around))


def parted(*profiles: Profile, decisions: Decisions = NONE) -> list[list[str]]:
    """Return which pages' names are one, as page:name, sorted."""
    entities, _ = merge_entities(profiles, BASE, KNOWN, decisions)
    return sorted([f"{key.page}:{key.name}" for key in entity.members] for entity in entities)


def one(*profiles: Profile) -> bool:
    """Say whether all become one entity."""
    return len(parted(*profiles)) == 1
