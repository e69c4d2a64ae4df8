"""Prints of one story are found anew where pages come and go, without reading again what was compared."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from builders import page_of

from kg.ledger.pieces import shared
from kg.ledger.stories import retell
from kg.ledger.tables import fill, index, made
from kg.model import Article
from kg.resolve import find_reprints

CHANCE = random.Random(6)
SENTENCES = ["".join(chr(CHANCE.randrange(0x4E00, 0x9000)) for _ in range(24)) + "。" for _ in range(14)]

ROWS = (("articles", "id"), ("bands", "article"), ("compared", "a"), ("compared", "b"))
"""What goes with an article: tables, and the column that names it."""


def articles(number: int, chance: random.Random) -> list[Article]:
    """Return articles of sentences that others have too: some are prints of one story, more look like it."""
    told = [chance.sample(SENTENCES, 6) for _ in range(6)]
    bodies: set[str] = set()
    while len(bodies) < number:
        body = list(chance.choice(told))
        for at in range(chance.randint(0, 3)):
            body[at] = chance.choice(SENTENCES)
        bodies.add("".join(body))
    return [page_of(body).articles[0] for body in sorted(bodies)]


class Told:
    """The part of a ledger that tells stories, which remembers whose words were read."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        self.there: dict[str, Article] = {}
        self.read: list[str] = []

    def change(self, enter: Iterable[Article] = (), leave: Iterable[Article] = ()) -> None:
        entering = {one.id: one for one in enter}
        gone = {one.id for one in leave}
        for one in entering.values():
            self.base.execute("INSERT INTO articles VALUES (?, ?, NULL, '', '')", (one.id, one.page))
            self.base.executemany("INSERT INTO bands VALUES (?, ?)", [(b, one.id) for b in shared(one)])
        fill(self.base, "leaving", {self.there[id_].page for id_ in gone})
        retell(self.base, self._article, entering)
        for id_ in gone:
            for name, column in ROWS:
                self.base.execute(f"DELETE FROM {name} WHERE {column} = ?", (id_,))
            del self.there[id_]
        self.there |= entering

    def _article(self, id_: str) -> Article:
        self.read.append(id_)
        return self.there[id_]

    @property
    def stories(self) -> dict[str, str]:
        return dict(self.base.execute("SELECT id, story FROM articles WHERE story IS NOT NULL"))


@pytest.mark.parametrize("seed", [1, 2])
def test_stories_are_those_of_all_articles_together_after_every_change(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    every = articles(60, chance)
    stories = 0
    with made(tmp_path) as base:
        index(base)
        told = Told(base)
        told.change(enter=every[:30])
        for _ in range(15):
            there = list(told.there.values())
            away = [one for one in every if one.id not in told.there]
            go = chance.sample(there, chance.randint(0, 2))
            told.change(enter=chance.sample(away, chance.randint(0, 2)))
            told.change(leave=go)
            assert told.stories == find_reprints(told.there.values())
            stories += len(set(told.stories.values()))
    assert stories > 30


def test_what_was_compared_is_not_read_again(tmp_path: Path) -> None:
    first, *others = sorted(articles(60, random.Random(1)), key=lambda one: one.id)
    with made(tmp_path) as base:
        index(base)
        told = Told(base)
        told.change(enter=[first, *others])
        last = others.pop()
        told.change(leave=[last])
        told.read.clear()
        told.change(enter=[last])  # compared with the first of each of its bands at most
        bands = shared(last)
        near = [one for one in told.there.values() if one.id != last.id and shared(one) & bands]
        assert len(near) > len(bands)
        assert len(set(told.read)) == len(told.read) <= len(bands)
        told.read.clear()
        told.change(leave=[last])
        assert told.read == []
