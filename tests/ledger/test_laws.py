"""A graph is a function of its pages and decisions: however they came, its files are the same bytes."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from builders import page_of
from graphs import add, build, remove, written
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import pages

from kg.config import Settings
from kg.errors import StoreError
from kg.ledger import FILE
from kg.model import Alone, Decisions, Different, Findings, LocalKey, Named, Rejected, Same, Status, Typed
from kg.rdf import REPORT, STORE, open_dataset

SETTINGS = Settings()
several = st.lists(pages(), min_size=2, max_size=4, unique_by=lambda f: (f.page.source, f.page.id))


def totals(out: Path) -> dict[str, object]:
    report = json.loads((out / REPORT).read_bytes())
    assert report["stale"] == ["index.html", "kg.nq", "kg.ttl"]
    return {key: value for key, value in report.items() if key != "stale"}


def same(one: Path, other: Path) -> None:
    a, b = written(one, SETTINGS), written(other, SETTINGS)
    for name in a:
        assert a[name].decode().splitlines() == b[name].decode().splitlines(), name
    assert a == b


@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(several, st.data())
def test_pages_added_one_by_one_in_any_order_give_what_a_build_gives(
    findings: list[Findings], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(findings))
    asked = replace(SETTINGS, min_confidence=data.draw(st.sampled_from([0.0, 0.5, 0.9])))
    with tempfile.TemporaryDirectory() as name:
        whole, grown = Path(name, "whole"), Path(name, "grown")
        build(findings, asked, whole)
        assert written(whole, SETTINGS)["kg.nq"] == (whole / "kg.nq").read_bytes()
        assert written(whole, SETTINGS)["kg.ttl"] == (whole / "kg.ttl").read_bytes()
        build(order[:1], asked, grown)
        for one in order[1:]:
            add([one], asked, grown)
        same(whole, grown)
        report = json.loads((whole / REPORT).read_bytes())
        assert totals(grown) == {key: value for key, value in report.items() if key != "stale"}


@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(several, st.data())
def test_pages_that_come_and_go_leave_nothing_behind(findings: list[Findings], data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(findings) - 1))
    stay, go = findings[:count], findings[count:]
    ids = {f.page.id for f in stay}
    with tempfile.TemporaryDirectory() as name:
        before, after = Path(name, "before"), Path(name, "after")
        build(stay, SETTINGS, before)
        build(stay, SETTINGS, after)
        add(go, SETTINGS, after)
        for one in go:
            if one.page.id not in ids:
                remove([one.page.id], SETTINGS, after)
                ids.add(one.page.id)
            elif one.page.source not in {f.page.source for f in stay}:
                remove([one.page.source], SETTINGS, after)
        if not {f.page.id for f in stay} & {f.page.id for f in go}:
            same(before, after)
            assert open_dataset(after).graph() == open_dataset(before).graph()


def keys(findings: Sequence[Findings]) -> list[LocalKey]:
    return sorted({entity.key for one in findings for entity in one.entities})


@st.composite
def decided(draw: st.DrawFn, findings: Sequence[Findings]) -> Decisions:
    """Draw decisions about names and facts that are there."""
    key = st.sampled_from(keys(findings))
    a, b, c = (draw(key) for _ in range(3))
    kinds = st.sampled_from(("Person", "Organization"))
    claims = [claim for one in findings for claim in one.claims]
    rejected = []
    if claims:
        claim = draw(st.sampled_from(claims))
        target = claim.object if isinstance(claim.object, LocalKey) else claim.object.text
        said = tuple(pair for pair in claim.qualifiers if pair[0] != "speaker")
        rejected.append(Rejected(claim.subject, claim.predicate, target, said, claim.status, 9))
    return Decisions(
        same=(Same(a, b, 7),) if a != b and draw(st.booleans()) else (),
        different=(Different(b, c, 8),) if b != c and a == b else (),
        alone=(Alone(c, 10),) if draw(st.booleans()) else (),
        named=(Named(a, "另一个名字", 11),) if draw(st.booleans()) else (),
        typed=tuple(Typed(b, kind, 12) for kind in draw(st.sets(kinds, max_size=1))),
        rejected=tuple(rejected),
    )


@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(several, st.data())
def test_decisions_change_a_graph_as_they_change_a_build_and_are_undone_by_their_absence(
    findings: list[Findings], data: st.DataObject
) -> None:
    said = data.draw(decided(findings))
    with tempfile.TemporaryDirectory() as name:
        plain, whole, changed = Path(name, "plain"), Path(name, "whole"), Path(name, "changed")
        build(findings, SETTINGS, plain)
        build(findings, SETTINGS, whole, said)
        build(findings, SETTINGS, changed)
        remove([], SETTINGS, changed, said)
        same(whole, changed)
        remove([], SETTINGS, changed)
        same(plain, changed)


@pytest.mark.parametrize("turn", [1, -1])
def test_a_fact_that_is_not_sure_enough_comes_with_its_second_page_and_leaves_with_it(
    tmp_path: Path, turn: int
) -> None:
    asked, kinds = replace(SETTINGS, min_confidence=0.6), {"甲河公司": "Organization", "乙溪镇": "Place"}
    first, second = [
        page_of(body, [("甲河公司", "locatedIn", "乙溪镇")], kinds, source=body, confidence=0.5)
        for body in ("甲河公司在乙溪镇。", "乙溪镇的甲河公司开工。")
    ][::turn]
    alone, both, grown = tmp_path / "alone", tmp_path / "both", tmp_path / "grown"
    build([first], asked, alone)
    build([first, second], asked, both)
    assert open_dataset(alone).graph().facts == ()
    (fact,) = open_dataset(both).graph().facts
    assert (fact.confidence, len(fact.evidence)) == (0.75, 2)
    assert json.loads((alone / REPORT).read_bytes())["totals"] | {"entities": 0} == {
        "pages": 1,
        "articles": 1,
        "entities": 0,
        "facts": 0,
        "unsure": 1,
    }
    build([first], asked, grown)
    with pytest.raises(StoreError, match=r"built with --min-confidence 0\.6"):
        add([second], SETTINGS, grown)
    add([second], asked, grown)
    same(both, grown)
    remove([second.page.id], SETTINGS, grown)
    same(alone, grown)
    said = json.loads((grown / REPORT).read_bytes())
    assert said["settings"]["min_confidence"] == 0.6
    assert [row["dropped"]["facts"] for row in said["pages"]] == [{"less sure than asked for": 1}]


def test_the_report_says_why_claims_became_no_facts(tmp_path: Path) -> None:
    kinds = {"甲河公司": "Organization", "乙溪公司": "Organization", "丙山镇": "Place"}
    told = [("甲河公司", "cooperatesWith", "乙溪公司"), ("甲河公司", "locatedIn", "丙山镇")]
    body = "甲河公司与乙溪公司合作，在丙山镇。"
    one = page_of(body, told, kinds, source="a.txt")
    one = replace(one, page=replace(one.page, text=f"{one.page.text}\n第3 版"))
    a, b, c = (LocalKey(one.page.id, kinds[name], name) for name in kinds)
    said = Decisions(same=(Same(a, b, 1),), rejected=(Rejected(a, "locatedIn", c, (), Status.ASSERTED, 2),))
    build([one], SETTINGS, tmp_path / "plain")
    build([one], SETTINGS, tmp_path / "whole", said)
    build([one], SETTINGS, tmp_path / "changed")
    remove([], SETTINGS, tmp_path / "changed", said)
    for out in (tmp_path / "whole", tmp_path / "changed"):
        (row,) = json.loads((out / REPORT).read_bytes())["pages"]
        assert row["dropped"]["facts"] == {"against what people decided": 1, "both ends are one entity": 1}
    (row,) = json.loads((tmp_path / "plain" / REPORT).read_bytes())["pages"]
    assert row["dropped"] == {"characters": {"in no article": 3, "white space": 2}, "facts": {}}


def test_a_ledger_of_another_form_is_told_by_the_users_folder_and_its_remedy(tmp_path: Path) -> None:
    first, second = [
        page_of(body, [], {"甲河公司": "Organization"}, source=body) for body in ("甲河公司。", "甲河公司！")
    ]
    build([first], SETTINGS, tmp_path)
    with closing(sqlite3.connect(tmp_path / STORE / FILE)) as base:
        base.execute("UPDATE meta SET value = '1' WHERE name = 'form'")
        base.commit()
    with pytest.raises(StoreError) as told:
        add([second], SETTINGS, tmp_path)
    assert str(told.value) == f"{tmp_path}: the ledger has another form; run kg build"
