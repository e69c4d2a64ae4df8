"""From a name to entities."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_pages import meetings

from kg.errors import InputError
from kg.publish.lookup import find_entities, find_entity


def test_a_name_finds_its_entity_by_iri_alias_folding_or_part() -> None:
    graph = meetings(("林远山", "ＡＢＣ公司"), ("林远", "丙"))
    far = find_entity(graph, "林远山")
    assert find_entity(graph, far.iri) == far
    assert find_entity(graph, "林远山同志") == far
    assert find_entity(graph, "“abc公司”").label == "ＡＢＣ公司"
    assert find_entity(graph, "远山") == far
    assert find_entity(graph, "林远").label == "林远"
    moved = replace(graph, entities=tuple(replace(e, redirects=(e.iri + "-old",)) for e in graph.entities))
    assert find_entity(moved, far.iri + "-old").label == "林远山"
    assert find_entities(graph, "  ") == ()


def test_a_name_that_means_nobody_or_several_is_refused_with_what_it_may_mean() -> None:
    graph = meetings(*((f"王强{i}", "丙") for i in range(7)))
    with pytest.raises(InputError, match="张三: no entity has this name"):
        find_entity(graph, "张三")
    with pytest.raises(InputError, match=r"7 entities have this name: 王强\d .* and 2 more"):
        find_entity(graph, "王强")
