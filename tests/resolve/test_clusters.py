"""Which names are one thing, whatever order they come in."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import LocalKey
from kg.resolve.clusters import cluster


def key(page: str, name: str, kind: str = "Place") -> LocalKey:
    return LocalKey(page, kind, name)


def names(clusters: tuple[tuple[LocalKey, ...], ...]) -> list[list[str]]:
    return [[f"{k.page}:{k.name}" for k in group] for group in clusters]


def test_one_name_printed_in_two_widths_is_one_entity() -> None:
    found = cluster({key("p", "乙（中国）公司"): (), key("q", "乙(中国)公司"): ()}, ())
    assert names(found) == [["p:乙（中国）公司", "q:乙(中国)公司"]]


def test_a_person_and_a_place_of_one_name_stay_two() -> None:
    found = cluster({key("p", "方圆", "Person"): (), key("q", "方圆", "Place"): ()}, ())
    assert len(found) == 2


def test_a_short_name_joins_the_full_name_that_its_own_page_gives() -> None:
    found = cluster({key("p", "河口经开"): ("河口经济技术开发区",), key("q", "河口经济技术开发区"): ()}, ())
    assert names(found) == [["p:河口经开", "q:河口经济技术开发区"]]


def test_a_short_name_joins_the_only_full_name_that_another_page_shortens_so() -> None:
    found = cluster({key("p", "河口经开"): (), key("q", "河口经济技术开发区"): ("河口经开",)}, ())
    assert len(found) == 1


def test_a_short_name_of_two_things_stays_apart() -> None:
    aliases = {
        key("p", "星辰公司", "Organization"): (),
        key("q", "河口星辰有限公司", "Organization"): ("星辰公司",),
        key("r", "东山星辰有限公司", "Organization"): ("星辰公司",),
    }
    assert len(cluster(aliases, ())) == 3


def test_an_alias_that_points_to_every_pages_own_city_joins_nothing() -> None:
    aliases = {key("p", "县委", "Organization"): (), key("q", "中共河口县委", "Organization"): ("县委",)}
    assert len(cluster(aliases, ())) == 1
    assert len(cluster(aliases, ("县",))) == 2


def test_an_alias_that_becomes_unambiguous_by_another_join_is_followed() -> None:
    aliases = {
        key("p", "甲"): (),
        key("q", "甲乙"): ("甲", "甲乙丙"),
        key("r", "甲乙丙"): ("甲",),
    }
    for order in permutations(aliases.items()):
        assert len(cluster(dict(order), ())) == 1


_alias_tables = st.dictionaries(
    st.builds(
        LocalKey, st.sampled_from("pqr"), st.sampled_from(("Person", "Place")), st.sampled_from("甲乙丙丁戊")
    ),
    st.lists(st.sampled_from("甲乙丙丁戊"), max_size=2),
    max_size=8,
)


@given(_alias_tables, st.randoms())
def test_clusters_do_not_depend_on_order_and_part_the_keys(aliases, random) -> None:  # type: ignore[no-untyped-def]
    items = list(aliases.items())
    random.shuffle(items)
    found = cluster(aliases, ())
    assert cluster(dict(items), ()) == found
    assert sorted(k for group in found for k in group) == sorted(aliases)
    assert all(len({k.kind for k in group}) == 1 for group in found)
