"""`docs/formats.md` says what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from kg.config import Columns, Reading
from kg.read import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
SIZES = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "Mi": 1 << 20, "": 1}


def test_every_ending_is_listed_and_no_other() -> None:
    table = PAGE[PAGE.index("| kind | endings") : PAGE.index("Extras are installed")]
    assert set(re.findall(r"(?<=[ |])\.[a-z]+", table)) == set(KINDS)


def test_every_limit_is_listed_with_its_default() -> None:
    table = PAGE[PAGE.index("| key | default") :]
    told = {}
    for key, number, unit in re.findall(r"\| `(max_\w+)` \| ([\d,]+) ?(\w*)", table):
        told[key] = int(number.replace(",", "")) * SIZES[unit]
    limits = [f.name for f in fields(Reading) if f.name.startswith("max_")]
    assert told == {name: getattr(Reading(), name) for name in limits}


def test_every_part_that_a_column_may_hold_is_named() -> None:
    named = re.search(r"The parts of an article are (.+?)\.", PAGE)
    assert named is not None
    assert set(re.findall("`(\\w+)`", named.group(1))) == {f.name for f in fields(Columns)}
