"""The learned finder: its decoding against every path, its inputs, and what is done with what it finds."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import packed
from kg.extract.mentions.features import enclosed, features
from kg.extract.mentions.learned import spans
from kg.extract.mentions.paths import NEVER, allowed, best
from kg.extract.mentions.reading import Vote
from kg.extract.mentions.settle import beside, settle
from kg.extract.mentions.votes import Candidate

TAGS = ["O", "B-Person", "I-Person", "B-Place", "I-Place"]


def every_path(scores: np.ndarray, moves: np.ndarray, first: np.ndarray) -> dict[tuple[int, ...], float]:
    """Return the score of each path through a row."""
    found = {}
    for path in product(range(scores.shape[1]), repeat=len(scores)):
        total = first[path[0]] + sum(scores[place, tag] for place, tag in enumerate(path))
        total += sum(moves[a, b] for a, b in pairwise(path))
        found[path] = float(total)
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_the_best_path_and_its_probabilities_are_those_over_all_paths(seed: int, sizes: list[int]) -> None:
    rng = np.random.default_rng(seed)
    scores = [rng.normal(size=(size, len(TAGS))).astype(np.float32) * 2 for size in sorted(sizes)]
    moves, first = allowed(rng.normal(size=(len(TAGS), len(TAGS))).astype(np.float32), TAGS)
    for told, path, sure in zip(scores, *best(scores, moves, first), strict=True):
        all_paths = every_path(told.astype(float), moves.astype(float), first.astype(float))
        wanted = max(all_paths, key=all_paths.__getitem__)
        assert tuple(path) == wanted
        peak = max(all_paths.values())
        weights = {path: np.exp(score - peak) for path, score in all_paths.items()}
        for place in range(len(told)):
            share = sum(w for path, w in weights.items() if path[place] == wanted[place])
            assert abs(share / sum(weights.values()) - sure[place]) < 1e-6


def test_a_name_never_goes_on_without_a_beginning_of_its_kind() -> None:
    moves, first = allowed(np.zeros((5, 5), np.float32), TAGS)
    assert moves[0, 2] == moves[3, 2] == first[2] == NEVER
    assert moves[1, 2] == moves[2, 2] == first[1] == 0


def test_two_names_side_by_side_stay_two() -> None:
    assert list(spans(np.array([1, 2, 1, 3, 4]), TAGS)) == [
        (0, 2, "Person"),
        (2, 3, "Person"),
        (3, 5, "Place"),
    ]


def test_votes_are_told_where_they_begin_reach_and_end_and_unknown_ones_not_at_all() -> None:
    told = features(
        "在“青禾”", [Vote(2, 4, "Place", "lexer"), Vote(0, 1, "Place", "new")], {("lexer", "Place"): 0}
    )
    assert told.tolist() == [
        [0, 0, 0, 0, 0],
        [0, 0, 0, 1, 0],
        [1, 1, 0, 1, 0],
        [0, 1, 1, 1, 0],
        [0, 0, 0, 1, 0],
    ]


@given(st.text(alphabet="甲“”\n（）", max_size=30))
def test_what_is_enclosed_never_crosses_a_line(text: str) -> None:
    for start, end in enclosed(text, "“", "”"):
        assert "\n" not in text[start:end]
        assert text[start] == "“"


def candidate(start: int, end: int, kind: str = "Place", *finders: str) -> Candidate:
    return Candidate(start, end, kind, finders, 0.9)


def learned(start: int, end: int, kind: str, probability: float) -> Candidate:
    return Candidate(start, end, kind, ("learned",), probability)


def test_areas_in_a_row_are_taken_apart_as_the_rules_see_them() -> None:
    rows = [
        candidate(0, 3, "Place", "admin"),
        candidate(3, 6, "Place", "admin"),
        candidate(6, 8, "Place", "admin"),
    ]
    assert settle([learned(0, 8, "Place", 0.99)], rows, [], {}) == rows


def test_where_the_rules_see_nothing_a_mention_has_to_be_very_probable() -> None:
    sure, unsure = learned(0, 4, "Project", 0.97), learned(6, 9, "Project", 0.6)
    assert settle([sure, unsure], [], [], {}) == [sure]


def test_a_mention_takes_the_place_of_what_the_rules_see_unless_a_rule_is_known_to_be_right_against_it() -> (
    None
):
    wider = learned(0, 9, "Award", 0.6)
    plain, firm = candidate(2, 9, "Award", "plain"), candidate(2, 9, "Award", "award")
    stands = {("award", "Award"): "always", ("plain", "Award"): "-"}
    assert settle([wider], [plain], [], stands) == [wider]
    assert settle([wider], [firm], [], stands) == [firm]


def test_what_the_rules_alone_see_stands_only_when_their_finder_may() -> None:
    weak, organ = candidate(0, 4, "Event", "plain"), candidate(5, 7, "Organization", "organ")
    stands = {("organ", "Organization"): "alone"}
    assert settle([], [weak, organ], [], stands) == [organ]
    assert settle([learned(0, 4, "Event", 0.3)], [weak, organ], [], stands)[1] == organ


def test_nothing_is_named_in_a_blocked_stretch() -> None:
    assert settle([learned(2, 5, "Person", 0.99)], [], [(1, 6)], {}) == []


def test_a_known_name_stands_beside_others_but_never_over_them() -> None:
    found = [candidate(0, 4, "Organization", "learned")]
    free, over = candidate(6, 8, "Place", "known"), candidate(3, 5, "Place", "known")
    assert beside(found, [free, over]) == [*found, free]


def test_the_shipped_model_is_the_one_of_its_card() -> None:
    folder = packed("models")
    card = json.loads((folder / "finder.json").read_text("utf-8"))
    for name, wanted in card["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == wanted
    assert sum(f.stat().st_size for f in folder.glob("*.onnx")) < 12_000_000
