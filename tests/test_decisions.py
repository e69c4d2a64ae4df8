"""What people decide is a line in a table: written by verbs, refused when it contradicts another."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import decisions
from kg.config import Settings
from kg.decisions import gather, line, load, text
from kg.errors import DecisionError
from kg.model import Alone, Different, LocalKey, Named, Rejected, Same, Status, Typed

words = st.one_of(
    st.text(min_size=1, max_size=9),
    st.sampled_from(("平湖市", "-", '"', "#甲", " a ", "a\tb\nc", "\ud800", "\u2028")),
)
keys = st.builds(LocalKey, words, words, words)
some = st.one_of(
    st.builds(Same, keys, keys),
    st.builds(Different, keys, keys),
    st.builds(Alone, keys),
    st.builds(Named, keys, words),
    st.builds(Typed, keys, words),
    st.builds(
        Rejected,
        keys,
        words,
        st.one_of(keys, words),
        st.dictionaries(words, words, max_size=2).map(lambda d: tuple(sorted(d.items()))),
        st.sampled_from(Status),
    ),
)
A, B, C = (LocalKey("0" * 12, "Person", name) for name in "甲乙丙")


def written(*said: decisions.Decision, folder: Path) -> Settings:
    file = folder / "decisions.tsv"
    file.write_bytes(text([line(one) for one in said]))
    return Settings(decisions=file)


@given(some)
def test_a_decision_is_read_back_as_it_was_written(one: decisions.Decision) -> None:
    with tempfile.TemporaryDirectory() as name:
        settings = written(one, folder=Path(name))
        ((number, row),) = decisions.rows(settings.decisions)
        back = decisions.read_row("decisions.tsv", number, row)
    assert line(back) == line(one)
    assert {f: getattr(back, f) for f in back.__slots__ if f != "line"} == {
        f: getattr(one, f) for f in one.__slots__ if f != "line"
    }


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    settings = written(Same(A, B), Alone(C), folder=tmp_path)
    lines = settings.decisions.read_text("utf-8").splitlines()
    found = load(settings)
    assert [lines[one.line - 1].split("\t")[0] for one in (*found.same, *found.alone)] == ["merge", "split"]


def test_without_a_file_nothing_is_decided(tmp_path: Path) -> None:
    assert load(Settings(decisions=tmp_path / "none.tsv")) == gather((), "decisions.tsv")


def test_decisions_that_contradict_each_other_are_refused_with_both_lines(tmp_path: Path) -> None:
    settings = written(Same(A, B), Same(B, C), Different(A, C), folder=tmp_path)
    with pytest.raises(DecisionError, match=r"line 9: keeps apart what line 7 and line 8 merges"):
        load(settings)
    settings = written(Named(A, "甲一"), Named(A, "甲二"), folder=tmp_path)
    with pytest.raises(DecisionError, match=r"line 8: .*line 7"):
        load(settings)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("marry\t1\tPerson\t甲\t-\t-\t-\t-\t-\t-", "no decision 'marry'; use one of merge"),
        ("merge\t1\tPerson\t甲\t-\t-\t-\t-\t-\t-", "page2 is missing"),
        ("rename\t1\tPerson\t甲\t-\t-\t-\t-\t-\t-", "name2 is missing"),
        ("retype\t1\tPerson\t甲\t-\t-\tRobot\t-\t-\t-", "no class 'Robot'"),
        ("reject\t1\tPerson\t甲\tloves\t1\tPerson\t乙\t-\t-", "no predicate 'loves'"),
        ("reject\t1\tPerson\t甲\tmet\t1\tPerson\t乙\tmaybe\t-", "no status 'maybe'"),
        ("reject\t1\tPerson\t甲\tmet\t1\tPerson\t乙\t-\t{", "no JSON"),
        ("split\t1\tPerson", "3 cells where the header has 10"),
    ],
)
def test_a_line_that_says_nothing_is_refused_with_its_place(row: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "decisions.tsv"
    file.write_bytes(text([row]))
    with pytest.raises(DecisionError, match=said) as caught:
        load(Settings(decisions=file))
    assert caught.value.where == "line 7"
