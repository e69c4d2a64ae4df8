"""Findings at random: few names, so that they collide; hostile text, so that nothing is taken for granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builders import page_of
from hypothesis import strategies as st

from kg.model import OPEN, SINCE_EVER, Findings, Literal, Period, When

HOSTILE = (
    '"""\\',
    "</script><script>alert(1)</script>",
    "a\nb\r\nc\td",
    "\x00\x01\x1b[31m\x7f\x85",
    "\u202e\u2066逆\u2069\u200b\ufeff",
    "<http://e/x> . } INSERT DATA {",
    "𠮷😀\ufffe",
    "é e\u0301 ﬁ",
    "'''''' ^^xsd:int @en \\u0041 \\",
)

NAMES = {
    "甲乙": "Person",
    "丙丁": "Person",
    "河口经开": "Place",
    "河口经济技术开发区": "Place",
    "河口县": "Place",
    "河口（中国）有限公司": "Organization",
    "河口(中国)有限公司": "Organization",
    "县委": "Organization",
    "星河项目": "Project",
}
ALIASES = {
    "河口经开": ("河口经济技术开发区",),
    "河口经济技术开发区": ("河口经开", "经开"),
    "河口县": ("我县",),
    "河口（中国）有限公司": ("河口公司", "县委"),
}
EDGES = ("met", "holdsPosition", "inspected", "locatedIn", "cooperatesWith")
FIGURES = ("totalInvestment", "area", "startDate")

texts = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
)
days = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))
figures = st.builds(
    Literal,
    text=texts,
    kind=st.sampled_from(("money", "area", "count", "date", "text")),
    value=st.one_of(
        st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 10**12).map(float)
    ),
    unit=st.one_of(st.none(), st.sampled_from(("CNY", "m2")), texts),
    when=st.one_of(
        st.none(), st.lists(st.dates(), min_size=2, max_size=2).map(lambda days: Period(min(days), max(days)))
    ),
)
qualifiers = st.dictionaries(
    st.sampled_from(("title", "speaker", "year", "status", "任期", "confidence", "q-x")), texts, max_size=3
)


def held(ends: list[date]) -> When:
    """Return a stated time that is bounded on one side or on both."""
    start, end = min(ends), max(ends)
    return When(SINCE_EVER if ends[0] > ends[1] else start, OPEN if start == end else end, "自此")


valid = st.one_of(
    st.none(), st.lists(st.dates(date(1900, 1, 1), date(2100, 1, 1)), min_size=2, max_size=2).map(held)
)


@st.composite
def pages(draw: st.DrawFn, *, hostile: bool = True) -> Findings:
    """Draw the findings of one page with facts between its names."""
    names = draw(st.lists(st.sampled_from(sorted(NAMES)), min_size=2, max_size=6, unique=True))
    kinds = {name: NAMES[name] for name in names}
    if hostile:
        kinds[draw(texts)] = "Event"
    ends = st.sampled_from(sorted(kinds))
    statuses = st.sampled_from(("asserted", "planned", "former", "negated"))
    facts = []
    for _ in range(draw(st.integers(0, 4))):
        literal = draw(st.booleans())
        extra = {k: v for k, v in (draw(qualifiers) if hostile else {}).items() if k != "status"}
        extra["status"] = draw(statuses)
        target = draw(figures) if literal else draw(ends)
        facts.append((draw(ends), draw(st.sampled_from(FIGURES if literal else EDGES)), target, extra))
    found = page_of(
        "，".join(kinds) + draw(texts if hostile else st.sampled_from("一二三")),
        facts,
        kinds,
        aliases={name: ALIASES[name] for name in kinds if name in ALIASES},
        source=draw(st.sampled_from(("a.txt", "b/c.md"))),
        issued=draw(days),
        byline=draw(st.sampled_from(((), (("记者", "柳青"),), (("文/图", "甲 乙"), ("", "柳青"))))),
        confidence=draw(st.floats(0, 1)),
        newspaper=draw(st.sampled_from((None, "河口日报"))),
    )
    return replace(found, claims=tuple(replace(claim, valid=draw(valid)) for claim in found.claims))
