"""Tables and texts on a screen: nothing steers it, nothing is lost, no line is too long."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE

from kg.hanzi.shown import grid, printable, width

cells = st.one_of(st.sampled_from([*HOSTILE, "平湖", "a\u2028b"]), st.text(max_size=30))


@pytest.mark.parametrize("text", [*HOSTILE, "a\u2028b", "\ud800"])
def test_what_steers_a_screen_is_made_visible(text: str) -> None:
    shown = printable(text, keep="")
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert printable(shown, keep="") == shown


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=5))
def test_a_grid_without_a_limit_has_a_line_for_each_row_and_every_character(
    rows: list[tuple[str, ...]],
) -> None:
    lines = grid(rows).split("\n")
    assert len(lines) == len(rows) + 2
    for row, line in zip(rows, [lines[0], *lines[2:]], strict=False):
        assert "".join("".join(row).split()) == "" or all(printable(c, "").strip() in line for c in row)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5), st.integers(18, 60))
def test_no_line_is_wider_than_the_screen_and_no_character_is_lost(
    rows: list[tuple[str, ...]], wide: int
) -> None:
    text = grid(rows, right={1}, wide=wide)
    assert all(width(line) <= wide for line in text.splitlines())
    shown = sorted("".join("".join(printable(c, "") for row in rows for c in row).split()))
    assert sorted(c for c in text if not c.isspace() and c != "─") == [c for c in shown if c != "─"]
