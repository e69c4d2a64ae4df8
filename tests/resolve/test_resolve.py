"""Findings of several pages become one graph."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import page_of
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import pages

from kg import lexicon, ontology
from kg.config import Settings
from kg.model import Evidence, Findings, Graph, Literal, Span
from kg.resolve import resolve, tables
from kg.resolve.facts import combine
from kg.resolve.resolve import merge as merge_all

SETTINGS = Settings()
PEOPLE = {"柳青": "Person", "王大力": "Person"}


ONTOLOGY = ontology.load(SETTINGS.ontology)
KNOWN = tables(lexicon.load(SETTINGS.lexicon))


def merge(*findings: Findings) -> Graph:
    return merge_all(findings, SETTINGS, ONTOLOGY, KNOWN)


def test_the_same_meeting_told_by_two_pages_either_way_round_is_one_fact() -> None:
    graph = merge(
        page_of("柳青会见王大力。", [("柳青", "met", "王大力")], PEOPLE, issued=date(2024, 7, 1)),
        page_of("王大力会见柳青。", [("王大力", "met", "柳青")], PEOPLE, issued=date(2024, 6, 1)),
        page_of("柳青同王大力会谈。", [("柳青", "met", "王大力")], PEOPLE),
    )
    (fact,) = graph.facts
    label = {entity.iri: entity.label for entity in graph.entities}
    assert (label[fact.subject], label[str(fact.object)]) == ("柳青", "王大力")
    assert len(fact.evidence) == 3
    assert fact.confidence == 0.99  # 1 - 0.2 ** 3
    assert fact.reported is not None
    assert (fact.reported.start, fact.reported.end) == (date(2024, 6, 1), date(2024, 7, 1))


def test_what_is_not_symmetric_stays_two_facts_turned_round() -> None:
    graph = merge(
        page_of("一", [("甲公司", "partOf", "乙公司")], {"甲公司": "Organization", "乙公司": "Organization"}),
        page_of("二", [("乙公司", "partOf", "甲公司")], {"甲公司": "Organization", "乙公司": "Organization"}),
    )
    assert len(graph.facts) == 2


def test_title_status_and_figure_tell_facts_apart_and_the_speaker_does_not() -> None:
    kinds = {"柳青": "Person", "甲公司": "Organization"}
    stated = [
        ("柳青", "holdsPosition", "甲公司", {"title": "董事长"}),
        ("柳青", "holdsPosition", "甲公司", {"title": "总经理"}),
        ("柳青", "holdsPosition", "甲公司", {"title": "董事长", "status": "former"}),
        ("柳青", "holdsPosition", "甲公司", {"title": "董事长", "speaker": "王大力"}),
        ("甲公司", "totalInvestment", Literal("1亿元", "money", 1e8, "CNY")),
        ("甲公司", "totalInvestment", Literal("2亿元", "money", 2e8, "CNY")),
    ]
    graph = merge(page_of("一", stated, kinds))
    assert len(graph.facts) == 5
    assert not any("speaker" in dict(fact.qualifiers) for fact in graph.facts)


def test_who_says_it_is_kept_where_no_page_says_it_by_itself() -> None:
    kinds = {"柳青": "Person", "甲公司": "Organization"}

    def said(body: str, by: str) -> Findings:
        return page_of(body, [("柳青", "inspected", "甲公司", {"speaker": by})], kinds)

    (fact,) = merge(said("一", "王大力"), said("二", "县政府")).facts
    assert fact.qualifiers == (("speaker", "县政府、王大力"),)


def test_a_merged_entity_takes_its_most_frequent_name_and_redirects_the_others() -> None:
    short, long = "河口经开", "河口经济技术开发区"
    graph = merge(
        page_of(f"{short}一", (), {short: "Place"}, aliases={short: [long]}),
        page_of(f"{long}二", (), {long: "Place"}, aliases={long: [short]}),
        page_of(f"{short}三", (), {short: "Place"}),
    )
    (entity,) = graph.entities
    assert (entity.label, entity.aliases) == (short, (long,))
    assert len(entity.members) == 3
    assert len(entity.redirects) == 2
    assert entity.iri < min(entity.redirects)
    assert entity.articles == tuple(article.id for article in graph.articles)


def test_what_merging_turns_into_a_fact_about_itself_is_left_out() -> None:
    kinds = {"甲（中国）公司": "Organization", "甲(中国)公司": "Organization"}
    graph = merge(page_of("一", [("甲（中国）公司", "partOf", "甲(中国)公司")], kinds))
    assert len(graph.entities) == 1
    assert graph.facts == ()


def test_a_page_given_twice_counts_once_under_its_smallest_source() -> None:
    page = page_of("柳青会见王大力。", [("柳青", "met", "王大力")], PEOPLE, source="b.txt")
    again = replace(page, page=replace(page.page, source="a.txt"))
    graph = merge(page, again, page)
    assert [p.source for p in graph.pages] == ["a.txt"]
    assert graph == merge(again)
    assert graph.facts[0].confidence == 0.8


def test_an_entity_that_only_a_claim_names_is_one_of_the_graph() -> None:
    page = page_of("柳青会见王大力。", [("柳青", "met", "王大力")], PEOPLE)
    graph = merge(replace(page, entities=()))
    assert sorted(entity.label for entity in graph.entities) == ["柳青", "王大力"]
    assert all(entity.articles == (f"{page.page.id}-1",) for entity in graph.entities)


def test_several_passages_of_one_article_are_no_more_than_its_surest() -> None:
    def at(article: str, start: int, confidence: float) -> Evidence:
        return Evidence(article, Span(start, start + 1), "x", confidence)

    assert combine([at("a-1", 0, 0.6), at("a-1", 5, 0.9)]) == 0.9
    assert combine([at("a-1", 0, 0.6), at("b-1", 0, 0.5)]) == 0.8
    assert combine([at("a-1", 0, 1.0), at("b-1", 0, 0.5)]) == 1.0


def test_nothing_gives_an_empty_graph() -> None:
    assert merge() == Graph((), (), (), ())


@settings(max_examples=60, deadline=None)
@given(st.lists(pages(), max_size=4), st.randoms())
def test_any_order_and_any_repetition_give_the_same_graph(found, random) -> None:  # type: ignore[no-untyped-def]
    graph = merge(*found)
    shuffled = [*found, *found]
    random.shuffle(shuffled)
    assert merge(*shuffled) == graph
    known = {entity.iri for entity in graph.entities}
    assert all(fact.subject in known for fact in graph.facts)
    assert all(fact.object in known for fact in graph.facts if isinstance(fact.object, str))
    assert all(fact.evidence and 0 <= fact.confidence <= 1 for fact in graph.facts)
    assert [e.iri for e in graph.entities] == sorted(known)


def test_symmetry_and_openers_are_read_from_ontology_and_lexicon() -> None:
    short, full = "县委", "中共河口县委"
    found = [
        page_of("柳青会见王大力。", [("柳青", "met", "王大力")], {**PEOPLE, short: "Organization"}),
        page_of(
            "王大力会见柳青。",
            [("王大力", "met", "柳青")],
            {**PEOPLE, full: "Organization"},
            aliases={full: [short]},
        ),
    ]
    assert resolve(found, SETTINGS) == merge(*found)
    assert len(resolve(found, SETTINGS).facts) == 1
    assert len(resolve(found, SETTINGS).entities) == 4


@pytest.mark.parametrize("base", ["https://example.org/kg/", "urn:kg:"])
def test_every_iri_is_under_the_base_and_holds_no_name(base: str) -> None:
    page = page_of("柳青会见王大力。", [("柳青", "met", "王大力")], PEOPLE)
    graph = resolve([page], replace(SETTINGS, base=base))
    for iri in [fact.iri for fact in graph.facts] + [entity.iri for entity in graph.entities]:
        assert iri.startswith(base)
        assert iri.isascii()


def test_words_that_mean_another_thing_on_every_page_are_no_names_of_the_graph() -> None:
    kinds = {"河口市": "Place", "中共河口市委": "Organization", "柳青": "Person"}
    aliases = {"河口市": ["全市", "我市", "河口"], "中共河口市委": ["市委", "河口市委"]}
    page = page_of("我市", [("柳青", "holdsPosition", "中共河口市委")], kinds, aliases=aliases)
    graph = resolve([page], SETTINGS)
    names = {entity.label: entity.aliases for entity in graph.entities}
    assert names == {"河口市": ("河口",), "中共河口市委": ("河口市委",), "柳青": ()}
