"""Errors hold their facts, say them in a sentence, and cross process borders."""

from __future__ import annotations

import pickle

import pytest

from kg import errors
from kg.errors import InputError, KgError, QueryError, ReadError, StoreError

INPUTS = (
    InputError,
    ReadError,
    errors.LexiconError,
    errors.OntologyError,
    errors.ConfigError,
    errors.DecisionError,
)


@pytest.mark.parametrize("kind", INPUTS)
def test_an_input_error_comes_back_whole_from_another_process(kind: type[InputError]) -> None:
    error = kind("a.txt", "broken", where="line 3", remedy="mend it")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.source, again.what, again.where, again.remedy) == ("a.txt", "broken", "line 3", "mend it")
    assert str(again) == str(error) == "a.txt, line 3: broken; mend it"


def test_a_worker_error_comes_back_whole_from_another_process() -> None:
    again = pickle.loads(pickle.dumps(errors.WorkerError(3, 40)))
    assert (again.done, again.files) == (3, 40)


def test_a_query_error_comes_back_whole_from_another_process() -> None:
    again = pickle.loads(pickle.dumps(QueryError("not closed", (2, 5))))
    assert (again.what, again.position) == ("not closed", (2, 5))


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (InputError("a.txt", "broken"), "a.txt: broken"),
        (InputError("a.txt", "broken", where="byte 3"), "a.txt, byte 3: broken"),
        (QueryError("not closed"), "query: not closed"),
        (StoreError("out: there is no graph"), "out: there is no graph"),
    ],
)
def test_what_is_not_known_is_left_out_of_the_sentence(error: KgError, sentence: str) -> None:
    assert str(error) == sentence


def test_every_error_is_of_one_family() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(kinds) >= 9
    assert all(issubclass(kind, KgError) for kind in kinds)
