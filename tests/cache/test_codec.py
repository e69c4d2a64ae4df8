"""What is kept comes back as it was, whatever the pages hold."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import pages

import kg
from kg.cache import decode, encode
from kg.model import OPEN, Box, Findings, Given, Literal, Page, Period, Span, When

ANY = st.text(max_size=8)


def of(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a type, as its declaration allows them: the oracle that reads no line of the codec."""
    if kind is str:
        return st.one_of(ANY, st.sampled_from(("\ud800", "\x00", "平湖市", "\u2028")))
    if kind is int:
        return st.integers(0, 2**40)
    if kind is float:
        return st.floats(allow_nan=False)
    if kind is NoneType:
        return st.none()
    if kind is date:
        return st.dates()
    if kind is Span:
        return st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda p: Span(min(p), max(p)))
    if kind in (When, Period):
        days = st.tuples(st.dates(), st.one_of(st.dates(), st.just(OPEN))).map(sorted)
        return days.flatmap(lambda d: ANY.map(lambda t: When(*d, t)) if kind is When else st.just(Period(*d)))
    parts: Sequence[Any] = get_args(kind)
    if get_origin(kind) is tuple and parts[-1] is Ellipsis:
        return st.lists(of(parts[0]), max_size=2).map(tuple)
    if get_origin(kind) is tuple:
        return st.tuples(*map(of, parts))
    if get_origin(kind) in (Union, UnionType):
        return st.one_of(*map(of, parts))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return st.sampled_from(list(kind))
    hints = get_type_hints(kind)
    return st.builds(
        kind, **{f.name: st.deferred(lambda f=f: of(hints[f.name])) for f in dataclasses.fields(kind)}
    )


@given(of(Findings))
def test_findings_of_any_shape_come_back_as_they_were(findings: Findings) -> None:
    data = encode(findings)
    back = decode(data, Findings)
    assert back == findings
    assert repr(back) == repr(findings)  # -0.0 and 0.0, 1 and True are equal and not the same
    assert encode(back) == data


@given(pages())
def test_findings_of_composed_pages_come_back_as_they_were(findings: Findings) -> None:
    assert repr(decode(encode(findings), Findings)) == repr(findings)


def test_findings_of_the_sample_pages_come_back_in_a_fraction_of_their_size() -> None:
    folder = Path(__file__).parents[2] / "seeds" / "pages"
    for outcome in kg.extract_pages([str(folder / "page-1-wrapped.txt")], kg.Settings()):
        data = encode(outcome.findings)
        assert decode(data, Findings) == outcome.findings
        assert len(data) < len(repr(outcome.findings).encode()) / 8


def test_what_only_a_file_says_comes_back_too() -> None:
    page = Page("0" * 12, "a", "b", (), given=Given(("甲",)), address="https://e.org/")
    assert decode(encode(page), Page) == page
    box = Box(0.1, 1e300, -0.0, 3.0)
    assert repr(decode(encode(box), Box)) == repr(box)


@pytest.mark.parametrize("damage", [b"", b"x", b"\x78\x9c", "cut", "flip"])
def test_damaged_bytes_are_refused(damage: bytes | str) -> None:
    data = encode(Literal("2亿元", "money", 2e8, "CNY"))
    broken = data[:-3] if damage == "cut" else data[:9] + b"\xff" + data[10:] if damage == "flip" else damage
    assert isinstance(broken, bytes)
    with pytest.raises(ValueError, match=r".+"):
        decode(broken, Literal)


def test_bytes_of_another_class_are_refused() -> None:
    with pytest.raises(ValueError, match="Span"):
        decode(encode(Literal("a")), Span)
