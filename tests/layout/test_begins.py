"""Bodies that a page gives right below each other, and the headlines that it gives elsewhere."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from compose import Piece, bodies_first, heads_behind
from hypothesis import given, settings
from hypothesis import strategies as st
from written import PIECES

from kg.layout import segment
from kg.layout.giving import Offers, _all_sets, _best_sets
from kg.layout.headlines import _Search
from kg.layout.lines import Clean
from kg.layout.story import Story
from kg.layout.traced import Traced
from kg.lexicon import Lexicon
from kg.model import Article
from kg.read import page_of


def flat(text: str) -> str:
    return "".join(text.split())


def unled(piece: Piece) -> Piece:
    return replace(piece, paragraphs=(piece.paragraphs[0].removeprefix("本报讯 "), *piece.paragraphs[1:]))


def articles(text: str, words: Lexicon) -> dict[str, Article]:
    return {flat(a.body.of(a.text)): a for a in segment(page_of(text, "a.txt"), words)}


def test_bodies_that_open_with_no_usual_words_are_told_apart(words: Lexicon) -> None:
    whole = headed = 0
    for seed in range(3):
        rng = random.Random(seed)
        pieces = [unled(piece) for piece in rng.sample(PIECES, 5)]
        found = articles(bodies_first(pieces, rng), words)
        whole += sum(piece.body in found for piece in pieces)
        headed += sum(piece.body in found and found[piece.body].headline == piece.decks for piece in pieces)
    assert whole >= 10
    assert headed >= 9


def test_a_long_body_under_its_headline_is_left_whole(words: Lexicon) -> None:
    for piece in PIECES:
        whole = replace(piece, paragraphs=piece.paragraphs + piece.paragraphs[1:])
        (article,) = segment(page_of(heads_behind([whole], random.Random(1), late=0), "a.txt"), words)
        assert flat(article.body.of(article.text)) == whole.body


def story(kind: str, text: str) -> Story:
    return Story(kind, (Clean(Traced.at(text, 0), 1),))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("hhb"), min_size=1, max_size=6), st.integers(0, 9))
def test_headlines_are_given_out_for_the_most_that_any_way_is_worth(kinds: list[str], seed: int) -> None:
    rng = random.Random(seed)
    texts = [flat(piece.paragraphs[1])[:40] for piece in PIECES]
    page = [
        story("body", texts[n]) if kind == "b" else story("head", rng.choice(texts)[rng.randint(0, 9) :][:8])
        for n, kind in enumerate(kinds)
    ]
    heads = [n for n, kind in enumerate(kinds) if kind == "h"]
    bodies = [n for n, kind in enumerate(kinds) if kind == "b"]
    if heads and bodies:
        search = _Search(page, heads, bodies)
        assert search.best(0.0).worth == pytest.approx(most(search, 0, frozenset()))


def most(search: _Search, n: int, taken: frozenset[int]) -> float:
    """Return what the headlines from one on are worth at best, every way tried."""
    if n == len(search.plain):
        return 0.0
    found = []
    for size, worth in enumerate(search.plain[n], 1):
        if worth[0] == -np.inf:
            continue
        found.append(max(-1.2, worth.max() - 0.35) + most(search, n + size, taken))
        found += [
            worth[m] + search.first[m] + most(search, n + size, taken | {m})
            for m in range(len(worth))
            if m not in taken
        ]
    return max(found)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 999))
def test_a_page_of_many_bodies_is_searched_as_one_of_few(heads: int, bodies: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    first, rest = rng.normal(0.0, 2.0, (heads, 4, bodies)), rng.normal(-1.0, 1.0, (heads, 4))
    for n in range(heads):
        size = min(int(rng.integers(1, 5)), heads - n)
        first[n, size:], rest[n, size:] = -np.inf, -np.inf
    offers = Offers(first, rest, rng.integers(0, bodies + 1, rest.shape))
    (worth, found), (other, way) = _all_sets(offers), _best_sets(offers)
    assert worth == pytest.approx(other)
    assert list(found) == list(way)
