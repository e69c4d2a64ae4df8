"""The composed papers keep to what `benchmarks/identities.py` asks of a composer."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "benchmarks"))

from identities import Printed, PrintedPage, findings  # noqa: E402
from people_and_firms import compose  # noqa: E402

from kg import ontology  # noqa: E402
from kg.config import Settings  # noqa: E402
from kg.hanzi.gazetteer import gazetteer  # noqa: E402

Pages = list[PrintedPage]


@cache
def composed(seed: int) -> Pages:
    return compose(seed)


@pytest.fixture(scope="module")
def pages() -> Pages:
    return composed(1)


def names(pages: Pages) -> Iterator[tuple[PrintedPage, Printed]]:
    for page in pages:
        for article in page.articles:
            for name in article.names:
                yield page, name


def spoken(pages: Pages) -> dict[str, set[str]]:
    """Each thing's names in full, as its pages let a reader write them."""
    known: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        _, truth = findings(page)
        for key, thing in truth.items():
            known[thing].add(key.name)
    return known


def test_the_same_seed_gives_the_same_pages_and_another_seed_others(pages: Pages) -> None:
    assert compose(1) == pages
    other = composed(2)
    assert not {p.newspaper for p in pages} & {p.newspaper for p in other} - {None}
    assert not {a.text for p in pages for a in p.articles if len(a.names) > 2} & {
        a.text for p in other for a in p.articles
    }


def test_there_are_as_many_pages_as_promised_and_each_has_a_file_name_of_its_own(pages: Pages) -> None:
    assert 120 <= len(pages) <= 200
    assert len({page.source for page in pages}) == len(pages)
    assert all(page.articles for page in pages)


def test_every_mark_stands_where_it_says_and_no_two_overlap(pages: Pages) -> None:
    for page in pages:
        for article in page.articles:
            end = 0
            for name in sorted(article.names, key=lambda name: name.start):
                assert name.start >= end
                end = name.start + len(name.surface)
                assert article.text[name.start : end] == name.surface


def test_every_fact_is_about_things_of_its_article_and_its_stretch_names_what_it_is_about(
    pages: Pages,
) -> None:
    predicates = set(ontology.load(Settings().ontology).predicates)
    for page in pages:
        for article in page.articles:
            here: dict[str, list[Printed]] = defaultdict(list)
            for name in article.names:
                here[name.thing].append(name)
            for stated in article.stated:
                assert stated.predicate in predicates
                ends = [stated.subject, stated.object] if stated.object in here else [stated.subject]
                for end in ends:
                    assert any(stated.start <= n.start < stated.end for n in here[end]), (page.source, stated)
                if stated.object not in here:
                    assert stated.object in article.text[stated.start : stated.end]
                for _, said in stated.qualifiers:
                    assert said in article.text[stated.start : stated.end]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_kind_and_full_name_means_one_thing_on_a_page(seed: int) -> None:
    for page in composed(seed):
        meant: dict[tuple[str, str], set[str]] = defaultdict(set)
        for _, name in names([page]):
            meant[name.kind, name.full or name.surface].add(name.thing)
        assert all(len(things) == 1 for things in meant.values()), page.source


def test_no_city_exists(pages: Pages) -> None:
    cities = {name.full or name.surface for _, name in names(pages) if name.thing.endswith("-place")}
    assert len(cities) >= 6
    assert not [city for city in cities if gazetteer().find(city) or gazetteer().find(city[:-1])]


def test_every_promised_phenomenon_occurs(pages: Pages) -> None:
    known = spoken(pages)
    kinds = {name.thing: name.kind for _, name in names(pages)}
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, name in names(pages):
        meant[name.kind, name.surface].add(name.thing)
    shared = {key: things for key, things in meant.items() if len(things) > 1}
    namesakes = [
        {t.split("-")[0] for t in things} for (kind, _), things in shared.items() if kind == "Person"
    ]
    assert any(len(cities) == 1 for cities in namesakes)
    assert any(len(cities) == 2 for cities in namesakes)
    bare = {surface for (kind, surface), _ in shared.items() if kind == "Organization"}
    assert any(s.startswith("市") for s in bare)
    assert any(s.endswith("局") and not s.startswith("市") for s in bare)
    assert any(kind == "Place" and s.endswith(("镇", "街道", "村")) for kind, s in shared)
    assert any(kind == "Place" and s.endswith(("公园", "广场", "大桥", "路")) for kind, s in shared)
    for kind in ("Organization", "Place", "Project", "Event"):
        assert any(n.kind == kind and n.full for _, n in names(pages)), f"no short form of a {kind}"
    firms = {t for t in known if "-firm-" in t}
    assert any("（" in full for t in firms for full in known[t])
    assert any("(" in n.surface for _, n in names(pages))
    assert any("-branch-" in t for t in known)
    assert any(full.endswith("二期") for t in known if kinds[t] == "Project" for full in known[t])
    assert any(re.search("20\\d\\d", full) for t in known if kinds[t] == "Event" for full in known[t])
    assert any("第" in full for t in known if kinds[t] == "Award" for full in known[t])
    posts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for page in pages:
        for article in page.articles:
            for s in article.stated:
                if s.predicate == "holdsPosition" and s.status == "asserted":
                    posts[s.subject].add((s.object, s.qualifiers[0][1]))
    assert any(len({body for body, _ in held}) > 1 for held in posts.values()), "nobody changes posts"
    assert any(kinds[t] == "Person" and t not in posts for t in known), "everybody has a post"
    texts = [(page.source, a.text.partition("\n")[2]) for page in pages for a in page.articles]
    assert len(set(texts)) > len({text for _, text in texts}), "no story is printed twice"
    assert any(sum(len(a.names) for a in page.articles) <= 3 for page in pages)
    assert any(page.newspaper is None for page in pages)
    assert any(page.issued is None for page in pages)


def test_new_names_are_told_and_misprints_are_only_what_is_printed() -> None:
    told = slips = digits = 0
    for seed in (1, 2, 3):
        pages = composed(seed)
        for page in pages:
            text = "\n".join(a.text for a in page.articles)
            told += bool(re.search("更名为|前身为|（原", text))
        digits += sum(bool(re.search("[０-９]", n.surface)) and not n.full for _, n in names(pages))
        slips += sum("巿" in n.surface or "笫" in n.surface or "墓" in n.surface for _, n in names(pages))
    assert told >= 6
    assert slips
    assert digits
