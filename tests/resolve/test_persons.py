"""Namesakes stay apart unless a post, a body, a place or the company they are named in agrees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import BASE, KNOWN, one, parted, person, said

from kg.errors import DecisionError
from kg.model import Alone, Decisions, Different, LocalKey, Named, Same, Typed
from kg.resolve import merge_entities

CHIEF = ("局长", "河口市应急管理局")


def test_two_officials_of_one_name_in_two_cities_stay_two() -> None:
    assert not one(
        person("p", "王建国", CHIEF), person("q", "王建国", ("局长", "东山市应急管理局"), home="东山市")
    )


def test_one_post_on_two_pages_is_one_person_in_whatever_paper() -> None:
    assert one(person("p", "王强", CHIEF), person("q", "王强", CHIEF, home="东山市"))


def test_leaders_of_one_city_are_one_whichever_of_its_bodies_the_post_is_of() -> None:
    assert one(
        person("p", "王建国", ("书记", "中共河口市委")), person("q", "王建国", ("市长", "河口市人民政府"))
    )


def test_two_people_of_one_city_with_other_bodies_stay_two_unless_their_company_agrees() -> None:
    a, b = person("p", "王建国", CHIEF), person("q", "王建国", ("校长", "河口市第一中学"))
    assert not one(a, b)
    assert one(
        person("p", "王建国", CHIEF, around="子丑"),
        person("q", "王建国", ("校长", "河口市第一中学"), around="子丑"),
    )


def test_a_body_under_its_short_form_agrees() -> None:
    assert one(
        person("p", "王强", ("局长", "河口市市场监管局")),
        person("q", "王强", ("局长", "河口市市场监督管理局")),
    )


def test_who_is_named_without_post_is_the_only_one_of_a_rare_name_in_the_city() -> None:
    assert one(person("p", "王建国", CHIEF), person("q", "王建国"))
    assert not one(person("p", "王强", CHIEF), person("q", "王强"))
    assert not one(person("p", "王建国", CHIEF), person("q", "王建国", home="东山市"))


def test_who_is_named_without_post_and_may_be_two_is_left_to_people() -> None:
    found = [
        person("p", "王建国", CHIEF),
        person("q", "王建国", ("校长", "河口市第一中学")),
        person("r", "王建国"),
    ]
    entities, doubts = merge_entities(found, BASE, KNOWN)
    assert len(entities) == 3
    assert {d.a for d in doubts} | {d.b for d in doubts} == {e.iri for e in entities}
    assert [d.score for d in doubts] == sorted((d.score for d in doubts), reverse=True)
    found[2] = person("r", "王建国", around="子")
    found[1] = person("q", "王建国", ("校长", "河口市第一中学"), around="子")
    assert parted(*found) == [["p:王建国"], ["q:王建国", "r:王建国"]]


A, B, C = (person(page, "王建国", CHIEF) for page in "pqr")
X = person("x", "王建国", ("校长", "东山市第一中学"), home="东山市")


def test_what_people_merge_is_one_and_what_they_split_stands_alone() -> None:
    assert parted(A, B, X, decisions=Decisions(same=(Same(A.key, X.key),))) == [
        ["p:王建国", "q:王建国", "x:王建国"]
    ]
    assert parted(A, B, C, decisions=Decisions(alone=(Alone(B.key),))) == [
        ["p:王建国", "r:王建国"],
        ["q:王建国"],
    ]
    assert parted(A, B, C, decisions=Decisions(different=(Different(B.key, C.key),))) == [
        ["p:王建国", "q:王建国"],
        ["r:王建国"],
    ]


def test_decisions_about_pages_that_are_gone_decide_nothing() -> None:
    gone = LocalKey("z", "Person", "王建国")
    decided = Decisions((Same(A.key, gone),), (Different(gone, B.key),), (Alone(gone),))
    assert parted(A, B, decisions=decided) == parted(A, B)


def test_what_people_call_and_take_something_for_holds_and_the_old_name_stays() -> None:
    firm = said("p", "甲工场")
    decided = Decisions(named=(Named(firm.key, "甲工厂"),), typed=(Typed(firm.key, "Place"),))
    ((entity,), _) = merge_entities([firm], BASE, KNOWN, decided)
    assert (entity.label, entity.kind, entity.aliases) == ("甲工厂", "Place", ("甲工场",))
    assert entity.members == (firm.key,)


def test_contradictory_decisions_are_refused_with_all_lines() -> None:
    with pytest.raises(DecisionError, match=r"line 3.* line 1 and line 2"):
        Decisions(
            same=(Same(A.key, B.key, 1), Same(B.key, C.key, 2)), different=(Different(A.key, C.key, 3),)
        )
    with pytest.raises(DecisionError, match=r"line 2.* line 1"):
        Decisions(named=(Named(A.key, "甲", 1), Named(A.key, "乙", 2)))
    with pytest.raises(DecisionError, match="both names"):
        Decisions(same=(Same(A.key, A.key, 1),))


def test_a_city_that_is_not_known_is_no_city_of_its_own() -> None:
    assert one(replace(A, home=""), B)
