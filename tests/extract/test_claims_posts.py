"""Posts beside a name: whose they are, of which body, with which title."""

from __future__ import annotations

import dataclasses

import pytest
from marked import claims_of, page_of

from kg.extract.claims import find_claims
from kg.extract.tools import Tools
from kg.model import LocalEntity, LocalKey, Status


def posts(marked: str, tools: Tools) -> set[tuple[str, str, str]]:
    """Return person, body and title of the posts of a text."""
    return {
        (c.subject.name, c.object.name, dict(c.qualifiers)["title"])
        for c in claims_of(marked, tools)
        if c.predicate == "holdsPosition" and isinstance(c.object, LocalKey)
    }


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[市委|Organization=中共禾川市委]常委、组织部部长[吴远|Person]出席。",
            {("吴远", "中共禾川市委", "常委"), ("吴远", "中共禾川市委组织部", "部长")},
        ),
        (
            "市领导[何清|Person]、[金山|Person]参加。",
            {("何清", "禾川市", "领导"), ("金山", "禾川市", "领导")},
        ),
        ("副市长[金山|Person]出席。", {("金山", "禾川市人民政府", "副市长")}),
        ("[甲食品有限公司|Organization]董事长[沈舟|Person]说。", {("沈舟", "甲食品有限公司", "董事长")}),
        (
            "[市农业农村局|Organization=禾川市农业农村局]党委委员、副局长[柏青|Person]到会。",
            {("柏青", "禾川市农业农村局", "党委委员、副局长")},
        ),
        ("[柳溪村|Place]党支部书记[符民|Person]介绍。", {("符民", "柳溪村", "党支部书记")}),
        ("[邻江市|Place]副市长[彭锐|Person]致辞。", {("彭锐", "邻江市人民政府", "副市长")}),
        ("来自[青禾大学|Organization]的[何清|Person]教授作报告。", {("何清", "青禾大学", "教授")}),
        (
            "[甲食品有限公司|Organization]投产。总经理[沈舟|Person]说。",
            {("沈舟", "甲食品有限公司", "总经理")},
        ),
        ("63岁的村民[蔡妹|Person]笑了。", set()),
        (
            "[市委|Organization=中共禾川市委]常委、[组织部|Organization=中共禾川市委组织部]长[吴远|Person]到会。",
            {("吴远", "中共禾川市委", "常委"), ("吴远", "中共禾川市委组织部", "部长")},
        ),
        (
            "[市委|Organization=中共禾川市委]常委、[政法委|Organization=中共禾川市委政法委]书记、社工委主任"
            "[吴远|Person]到会。",
            {
                ("吴远", "中共禾川市委", "常委"),
                ("吴远", "中共禾川市委政法委", "书记"),
                ("吴远", "中共禾川市委社工委", "主任"),
            },
        ),
        ("公安局长[吴远|Person]到会。", {("吴远", "禾川市公安局", "局长")}),
        (
            "[甲大学|Organization]与[青禾馆|Organization]签约。庭长[吴远|Person]、馆长[何清|Person]发言。",
            {("何清", "青禾馆", "馆长")},
        ),
        ("得知消息，[何清|Person]很高兴。", set()),
        (
            "[县政府党组|Organization=中共禾县政府党组]成员[柏青|Person]到会。",
            {("柏青", "禾县人民政府", "党组成员")},
        ),
        ("村党支部副书记[符民|Person]带路。[柳溪村|Place]不大。", {("符民", "柳溪村", "党支部副书记")}),
        ("[丁桥村|Place]热闹。妇女主任[符敏|Person]来了。", {("符敏", "丁桥村", "妇女主任")}),
        ("妇女主任[符敏|Person]来了。", set()),
    ],
)
def test_titles_before_a_name_give_posts(
    marked: str, expected: set[tuple[str, str, str]], claim_tools: Tools
) -> None:
    assert posts(marked, claim_tools) == expected


def test_a_post_that_ended_is_former(claim_tools: Tools) -> None:
    (claim,) = claims_of("原[县中医院|Organization=禾县中医院]副院长[蓝珍|Person]来了。", claim_tools)
    assert claim.status is Status.FORMER
    assert dict(claim.qualifiers)["title"] == "副院长"


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("[何清|Person]退休前在[禾县第二中学|Organization]当了十三年校长。", Status.FORMER),
        ("[何清|Person]早年在[甲食品厂|Organization]担任厂长。", Status.FORMER),
        ("[何清|Person]过去是[甲食品厂|Organization]的车间主任。", Status.FORMER),
        ("[何清|Person]去年起在[甲食品厂|Organization]担任厂长。", Status.ASSERTED),
    ],
)
def test_words_of_former_times_before_the_verb_make_a_post_former(
    marked: str, status: Status, claim_tools: Tools
) -> None:
    (claim,) = [c for c in claims_of(marked, claim_tools) if c.predicate == "holdsPosition"]
    assert claim.status is status


def test_the_evidence_of_a_post_reaches_from_the_body_to_the_name(claim_tools: Tools) -> None:
    text = "昨天，[甲食品有限公司|Organization]董事长[沈舟|Person]说。"
    (claim,) = claims_of(text, claim_tools)
    plain = "昨天，甲食品有限公司董事长沈舟说。"
    assert claim.evidence.span.of(plain) == "甲食品有限公司董事长沈舟"


def test_a_body_listed_in_a_post_does_nothing_itself(claim_tools: Tools) -> None:
    text = (
        "[市委|Organization=中共禾川市委]常委、[组织部|Organization=中共禾川市委组织部]长[吴远|Person]"
        "到[甲食品厂|Organization]调研。"
    )
    inspectors = {c.subject.name for c in claims_of(text, claim_tools) if c.predicate == "inspected"}
    assert inspectors == {"吴远"}


def test_a_word_that_only_names_a_post_is_an_end_of_nothing_else(claim_tools: Tools) -> None:
    text = "[禾川市|Place][市长|Organization=禾川市人民政府][何清|Person]到[甲食品厂|Organization]调研。"
    page, article, entities = page_of(text)

    def by_post(entity: LocalEntity) -> LocalEntity:
        mentions = tuple(
            dataclasses.replace(m, finders=("post",) if m.surface == "市长" else m.finders)
            for m in entity.mentions
        )
        return dataclasses.replace(entity, mentions=mentions)

    claims, _ = find_claims(page, [article], tuple(map(by_post, entities)), claim_tools)
    assert {(c.subject.name, c.predicate) for c in claims} == {
        ("何清", "holdsPosition"),
        ("何清", "inspected"),
    }
