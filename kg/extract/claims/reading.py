"""What the frames read in an article, before anybody chose among it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.claims.scene import View
from kg.model import Article, Claim


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as the frames read it.

    Attributes:
        article: the article.
        views: its sentences with their names, those that are too long or name nothing left out.
        told: every claim that a frame made, in the order in which they were made: several may state the same.
        claims: of those that state the same, the surest, by place.
    """

    article: Article
    views: tuple[View, ...]
    told: tuple[Claim, ...]
    claims: tuple[Claim, ...]
