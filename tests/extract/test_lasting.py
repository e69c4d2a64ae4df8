"""For how long a post is held, and until when a name held, where a text says so."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract import extract
from kg.extract.tools import Tools
from kg.layout import segment
from kg.model import Findings, Literal
from kg.read import page_of

HEAD = "禾川日报 2024年7月19日 星期五\n一条消息\n本报讯 "


def read(text: str, tools: Tools) -> Findings:
    page = page_of(HEAD + text, "a.txt")
    return extract(page, segment(page, tools.lexicon), tools)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("何青山2021年3月起任禾川市交通运输局局长。", "2021-03-01/.."),
        ("何青山去年5月当选禾川市总工会主席。", "2023-05-01/.."),
        ("何青山自2018年起担任禾川恒远机械有限公司董事长。", "2018-01-01/.."),
        ("何青山2019年至2021年任禾川市水利局副局长。", "2019-01-01/2021-12-31"),
        ("何青山任禾川市水利局副局长。", None),
        ("何青山昨天到禾川市水利局调研，副局长吴远航参加。", None),
    ],
)
def test_a_post_is_held_for_the_time_that_its_sentence_gives(
    text: str, held: str | None, claim_tools: Tools
) -> None:
    claims = [c for c in read(text, claim_tools).claims if c.predicate == "holdsPosition"]
    assert claims
    assert [
        c.valid and f"{c.valid.period.start}/{'..' if c.valid.period.open else c.valid.end}" for c in claims
    ] == [held] * len(claims)


@pytest.mark.parametrize(
    ("text", "name", "old", "until"),
    [
        (
            "禾川恒远机械有限公司于2021年3月正式更名为禾川恒远智能装备有限公司。",
            "禾川恒远智能装备有限公司",
            "禾川恒远机械有限公司",
            date(2021, 3, 31),
        ),
        (
            "原禾川恒远机械有限公司，现更名为禾川恒远智能装备有限公司。",
            "禾川恒远智能装备有限公司",
            "禾川恒远机械有限公司",
            None,
        ),
        (
            "禾川恒远智能装备有限公司（原禾川恒远机械有限公司）投资3亿元。",
            "禾川恒远智能装备有限公司",
            "禾川恒远机械有限公司",
            None,
        ),
        (
            "禾川恒远智能装备有限公司前身是1985年创办的禾川农机厂。",
            "禾川恒远智能装备有限公司",
            "禾川农机厂",
            None,
        ),
        ("禾川恒远智能装备有限公司前身清白。", "禾川恒远智能装备有限公司", None, None),
    ],
)
def test_a_renamed_firm_is_one_with_its_former_name_and_the_date(
    text: str, name: str, old: str | None, until: date | None, claim_tools: Tools
) -> None:
    found = read(text, claim_tools)
    said = {
        (c.subject.name, c.object.text, c.valid and c.valid.end)
        for c in found.claims
        if c.predicate == "formerName" and isinstance(c.object, Literal)
    }
    if old is None:
        assert not said
        return
    assert said == {(name, old, until)}
    (entity,) = [e for e in found.entities if e.key.name == name]
    assert old in entity.aliases
    assert until is None or not any(c.predicate == "startDate" for c in found.claims)
