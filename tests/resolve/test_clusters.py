"""Which names are one thing, whatever order they come in."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from said import BASE, KNOWN, one, parted, said

from kg.model import LocalKey
from kg.resolve import Profile, Viewer, blocks, merge_entities


def test_one_name_printed_in_two_widths_is_one_entity() -> None:
    assert one(said("p", "乙（中国）公司"), said("q", "乙(中国)公司"))


def test_a_person_and_a_place_of_one_name_stay_two() -> None:
    assert not one(said("p", "方圆", "Person"), said("q", "方圆", "Place"))


def test_a_name_joins_the_full_name_that_its_own_page_gives() -> None:
    assert one(
        said("p", "河口新区", "Place", aliases=["河口科创新城"]),
        said("q", "河口科创新城", "Place"),
    )


def test_a_short_name_of_two_things_stays_apart() -> None:
    assert parted(
        said("p", "星辰公司"),
        said("q", "河口星辰有限公司", aliases=["星辰公司"]),
        said("r", "东山星辰有限公司", aliases=["星辰公司"]),
    ) == [["p:星辰公司"], ["q:河口星辰有限公司"], ["r:东山星辰有限公司"]]


def test_an_alias_that_becomes_unambiguous_by_another_join_is_followed() -> None:
    profiles = [
        said("p", "甲山", "Place"),
        said("q", "甲乙山", "Place", aliases=["甲山", "甲乙丙山"]),
        said("r", "甲乙丙山", "Place", aliases=["甲山"]),
    ]
    assert all(one(*order) for order in permutations(profiles))


_names = st.sampled_from(
    (
        "甲乙",
        "甲乙丙",
        "河口经开",
        "河口经济技术开发区",
        "经开区",
        "河口市甲乙",
        "甲乙有限公司",
        "河口市城乡环境综合整治提升指挥部",
        "河口市城乡环境综合整治提升工作指挥部",
    )
)
_profiles = st.lists(
    st.builds(
        said,
        st.sampled_from("pqrs"),
        _names,
        st.sampled_from(("Person", "Place", "Organization", "Event")),
        home=st.sampled_from(("", "河口市", "东山县")),
        aliases=st.lists(_names, max_size=2),
        posts=st.lists(
            st.tuples(st.just("局长"), st.sampled_from(("甲局", "河口市乙局", "东山县甲局"))), max_size=1
        ),
        around=st.lists(st.sampled_from("子丑寅"), max_size=2),
    ),
    max_size=9,
    unique_by=lambda profile: profile.key,
)


@settings(max_examples=60, deadline=None)
@given(_profiles, st.randoms())
def test_clusters_do_not_depend_on_order_and_part_the_keys(profiles, random) -> None:  # type: ignore[no-untyped-def]
    found = merge_entities(profiles, BASE, KNOWN)
    shuffled = list(profiles)
    random.shuffle(shuffled)
    assert merge_entities(shuffled, BASE, KNOWN) == found
    assert sorted(key for entity in found[0] for key in entity.members) == sorted(p.key for p in profiles)
    assert all(len({key.kind for key in entity.members}) == 1 for entity in found[0])


def reached(profiles: list[Profile], start: LocalKey) -> list[Profile]:
    """Return all to which a chain of blocks leads from one."""
    viewer = Viewer(KNOWN)
    met = {p.key: blocks(viewer.view(p)) for p in profiles}
    found, todo = {start}, [start]
    while todo:
        asks, offers = met[todo.pop()]
        near = {
            key for key, (theirs, shown) in met.items() if asks & theirs or asks & shown or offers & theirs
        } - found
        found |= near
        todo += near
    return [p for p in profiles if p.key in found]


@settings(max_examples=100, deadline=None)
@given(_profiles.filter(bool))
def test_what_a_name_becomes_depends_on_those_alone_that_blocks_lead_to(profiles) -> None:  # type: ignore[no-untyped-def]
    start = profiles[0].key
    whole = {key: e for e in merge_entities(profiles, BASE, KNOWN)[0] for key in e.members}
    part = {key: e for e in merge_entities(reached(profiles, start), BASE, KNOWN)[0] for key in e.members}
    assert all(whole[key] == part[key] for key in part)


def test_blocks_lead_to_longer_names_from_short_forms_of_any_length() -> None:
    short, long = "河口市城乡环境综合整治提升指挥部", "河口市城乡环境综合整治提升工作指挥部"
    some = [said("p", short), said("q", long)]
    assert one(*some)
    assert reached(some, some[0].key) == reached(some, some[1].key) == some
