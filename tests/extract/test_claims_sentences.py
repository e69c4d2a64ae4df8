"""What whole sentences state: lists, carried subjects, passive voice, plans, denials, figures, speakers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import claims_of, page_of, stated

from kg.extract.claims import find_claims
from kg.extract.tools import Tools
from kg.model import Article, Literal, LocalEntity, LocalKey, Mention, Page, SourceMap, Span, Status


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[何清|Person]、[吴远|Person]和[金山|Person]等出席[首届青禾文化节|Event]。",
            {(p, "attended", "首届青禾文化节") for p in ("何清", "吴远", "金山")},
        ),
        (
            "[何清|Person]走访了[甲食品厂|Organization]。随后，他来到[乙机械厂|Organization]。",
            {("何清", "inspected", "甲食品厂"), ("何清", "inspected", "乙机械厂")},
        ),
        (
            "[青禾产业园项目|Project]由[甲食品有限公司|Organization]投资建设。",
            {("甲食品有限公司", "undertakes", "青禾产业园项目")},
        ),
        (
            "[青禾产业园项目|Project]昨天开工。该项目总投资5亿元，占地120亩。",
            {
                ("青禾产业园项目", "startDate", "昨天"),
                ("青禾产业园项目", "totalInvestment", "5亿元"),
                ("青禾产业园项目", "area", "120亩"),
            },
        ),
        (
            "[甲省|Place][乙市|Place][丙县|Place]风光好。",
            {("丙县", "locatedIn", "乙市"), ("乙市", "locatedIn", "甲省")},
        ),
        (
            "[甲食品厂|Organization]与[乙大学|Organization]签订合作协议。",
            {("甲食品厂", "cooperatesWith", "乙大学")},
        ),
        (
            "[何清|Person]、[吴远|Person]分别获得[一等奖|Award]、[二等奖|Award]。",
            {("何清", "receivedAward", "一等奖"), ("吴远", "receivedAward", "二等奖")},
        ),
        ("[青禾产业园项目|Project]有望明年投产。", set()),
        (
            "[青禾示范企业|Award]名单公布。[甲食品厂|Organization]、[乙机械厂|Organization]榜上有名。",
            {(f, "receivedAward", "青禾示范企业") for f in ("甲食品厂", "乙机械厂")},
        ),
        ("[青禾示范企业|Award]名单公布。[甲食品厂|Organization]未上榜。", set()),
        (
            "获评[青禾工匠|Award]的有[何清|Person]、[吴远|Person]。",
            {(p, "receivedAward", "青禾工匠") for p in ("何清", "吴远")},
        ),
        (
            "[青禾产业园项目|Project]包括[青禾冷库项目|Project]、[青禾厂房项目|Project]。",
            {(p, "partOf", "青禾产业园项目") for p in ("青禾冷库项目", "青禾厂房项目")},
        ),
        (
            "[甲食品厂|Organization]去年设立[乙机械厂|Organization]，注册资本800万元。",
            {
                ("乙机械厂", "startDate", "去年"),
                ("乙机械厂", "registeredCapital", "800万元"),
                ("乙机械厂", "partOf", "甲食品厂"),
            },
        ),
        ("[甲县统计局|Organization]科长分析情况。今天天气好。四季度产值1400亿元。", set()),
        ("[甲食品厂|Organization]开张了。天气好。他很忙。年产罐头5万吨。", set()),
        ("[甲食品厂|Organization]扩产了。两家企业荣获[青禾奖|Award]。", set()),
        (
            "[甲食品厂|Organization]扩产了。去年启动的[青禾项目|Project]很好。",
            {("青禾项目", "startDate", "去年")},
        ),
        (
            "[甲食品厂|Organization]又与[乙大学|Organization]合作开发[青禾小程序|Project]。",
            {
                ("甲食品厂", "undertakes", "青禾小程序"),
                ("乙大学", "undertakes", "青禾小程序"),
                ("甲食品厂", "cooperatesWith", "乙大学"),
            },
        ),
        ("[何清|Person]有机会见证[吴远|Person]的成长。", set()),
    ],
)
def test_a_text_states_exactly_this(
    marked: str, expected: set[tuple[str, str, str]], claim_tools: Tools
) -> None:
    assert stated(marked, claim_tools) == expected


def test_a_plan_is_no_assertion(claim_tools: Tools) -> None:
    (claim,) = claims_of("[青禾产业园项目|Project]预计明年6月投产。", claim_tools)
    assert (claim.predicate, claim.status) == ("completionDate", Status.PLANNED)
    assert claim.object == Literal("明年6月", "date")


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("[乙镇|Place]正在申报[青禾特色小镇|Award]。", Status.PLANNED),
        ("[乙镇|Place]也在争创[青禾特色小镇|Award]。", Status.PLANNED),
        ("[何清|Person]入选[青禾工匠|Award]候选人。", Status.PLANNED),
        ("[何清|Person]入选[“青禾工匠”|Award]公示名单。", Status.PLANNED),
        ("[何清|Person]入选[青禾工匠候选人|Award]。", Status.PLANNED),
        ("[乙镇|Place]成功创建[青禾特色小镇|Award]。", Status.ASSERTED),
        ("[何清|Person]入选[青禾工匠|Award]，[吴远|Person]是候选人。", Status.ASSERTED),
    ],
)
def test_an_honour_that_somebody_is_a_candidate_for_is_planned(
    marked: str, status: Status, claim_tools: Tools
) -> None:
    (claim,) = [c for c in claims_of(marked, claim_tools) if c.predicate == "receivedAward"]
    assert claim.status is status


@pytest.mark.parametrize(
    "marked",
    [
        "[青禾产业园项目|Project]计划总投资5亿元。",
        "[青禾产业园项目|Project]本周末开工。",
        "[甲县|Place]要在[乙镇|Place]举办[第二届青禾文化节|Event]。",
    ],
)
def test_what_is_meant_to_be_or_dated_ahead_is_planned(marked: str, claim_tools: Tools) -> None:
    claims = claims_of(marked, claim_tools)
    assert {c.status for c in claims} == {Status.PLANNED}


def test_a_denial_is_kept_apart(claim_tools: Tools) -> None:
    (claim,) = claims_of("[何清|Person]没有出席[首届青禾文化节|Event]。", claim_tools)
    assert claim.status is Status.NEGATED


def test_a_figure_is_read_with_what_is_counted_and_per_year(claim_tools: Tools) -> None:
    (claim,) = claims_of("[甲食品有限公司|Organization]年产罐头5万吨。", claim_tools)
    assert claim.object == Literal("5万吨", "count", 50000.0, "吨")
    assert dict(claim.qualifiers) == {"of": "罐头", "per": "年"}


def test_what_somebody_says_names_the_speaker(claim_tools: Tools) -> None:
    (claim,) = claims_of("[何清|Person]说，[甲食品有限公司|Organization]产值3.2亿元。", claim_tools)
    assert dict(claim.qualifiers)["speaker"] == "何清"


def test_a_fact_is_stated_once_however_often_it_is_printed(claim_tools: Tools) -> None:
    text = "[何清|Person]出席[首届青禾文化节|Event]。[何清|Person]出席[首届青禾文化节|Event]。"
    assert len(claims_of(text, claim_tools)) == 1


def test_what_is_symmetric_is_stated_once_in_either_order(claim_tools: Tools) -> None:
    text = "[何清|Person]会见[吴远|Person]。[吴远|Person]与[何清|Person]会谈。"
    assert stated(text, claim_tools) == {("何清", "met", "吴远")}


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("去年，[甲食品厂|Organization]荣获[青禾奖|Award]。", "甲食品厂荣获青禾奖"),
        ("[甲食品厂|Organization]成立了。昨天，荣获[青禾奖|Award]，很高兴。", "荣获青禾奖"),
        ("[首届青禾节|Event]开幕了。随后[何清|Person]致辞。", "随后何清致辞"),
    ],
)
def test_evidence_covers_trigger_and_ends_or_the_clause_of_those_that_stand_there(
    marked: str, said: str, claim_tools: Tools
) -> None:
    _, article, _ = page_of(marked)
    assert claims_of(marked, claim_tools)[-1].evidence.span.of(article.text) == said


NAMES = ("何清", "甲食品厂", "乙镇", "青禾项目", "青禾文化节", "青禾奖")
KINDS = ("Person", "Organization", "Place", "Project", "Event", "Award")
PIECES = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(list("，。、；：！？“”（）的由在与\n 　")),
    st.sampled_from(
        ["总投资5亿元", "昨天", "开工", "出席", "位于", "市长", "副", "将", "该公司", "投资建设", "荣获"]
    ),
    st.text(max_size=5),
)


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES, max_size=30))
def test_any_text_gives_claims_that_keep_the_promises(pieces: list[str], claim_tools: Tools) -> None:
    text, mentions = "", {}
    for piece in pieces:
        if piece in NAMES:
            kind = KINDS[NAMES.index(piece)]
            span = Span(len(text), len(text) + len(piece))
            mentions.setdefault(LocalKey("p", kind, piece), []).append(Mention("p-1", piece, kind, span))
        text += piece
    page = Page("p", "p.txt", text, ())
    article = Article("p-1", "p", "news", (), (), None, text, Span(0, len(text)), SourceMap(()))
    entities = tuple(LocalEntity(k, (), tuple(ms)) for k, ms in mentions.items())
    claims, made = find_claims(page, [article], entities, claim_tools)
    keys = {e.key for e in (*entities, *made)}
    said = set()
    for claim in claims:
        predicate = claim_tools.ontology.predicate(claim.predicate)
        assert claim.subject in keys
        assert claim.subject.kind in predicate.domain
        if isinstance(claim.object, LocalKey):
            assert claim.object in keys
            assert claim.object.kind in predicate.range
        else:
            assert predicate.literal is not None
            assert claim.object.text in text
        span = claim.evidence.span
        assert 0 <= span.start < span.end <= len(text)
        assert 0 < claim.evidence.confidence <= 1
        assert list(claim.qualifiers) == sorted(claim.qualifiers)
        said.add((claim.subject, claim.predicate, claim.object))
    assert len(said) == len(claims)
    assert find_claims(page, [article], entities, claim_tools) == (claims, made)


def test_a_very_long_sentence_is_left_out(claim_tools: Tools) -> None:
    page, article, entities = page_of("[何清|Person]出席[首届青禾文化节|Event]，" + "很好，" * 2000 + "。")
    assert find_claims(page, [article], entities, claim_tools) == ((), ())
