"""What kind of article it is, by its byline and its words."""

from __future__ import annotations

from collections.abc import Sequence

from kg.layout.genre import Genre, flat
from kg.model import Byline

_CAPTION = 300  # a photo's caption is at most this long
_OPENING = 40
_PHOTOGRAPHED = {"摄影", "文/图"}


def kind_of(
    headline: Sequence[str], byline: Sequence[Byline], body: str, paragraphs: int, genre: Genre
) -> str:
    """Return news, commentary, photo or notice."""
    head = flat("".join(headline))
    roles = {person.role for person in byline}
    if (
        roles
        and all("摄" in role or role == "文字" for role in roles)
        and len(body) <= _CAPTION
        and paragraphs <= 2
    ):
        return "photo"
    caption = paragraphs == 1 and len(body) <= _CAPTION and genre.opens_caption(body)
    if byline and caption and not genre.opens_story(body) and _PHOTOGRAPHED & roles:
        return "photo"
    if "作者" in roles or any("评论员" in role for role in roles):
        return "commentary"
    if not byline and genre.weight("notice", head) >= 1.0 and not genre.opens_story(body[:_OPENING]):
        return "notice"
    if not byline and genre.weight("commentary", head) >= 1.0:
        return "commentary"
    return "news"
