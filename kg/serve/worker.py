"""The process that answers queries: one after the other, from standard input to standard output.

A question is a JSON object, an answer a JSON object and, when there is one, its bytes; before each stands its
length in four bytes.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.rdf.answer import Answer, Bounds
    from kg.rdf.query import Graphs

LENGTH = struct.Struct(">I")


def main(out: str, memory: int, url: str | None = None) -> None:
    """Open the graph in a folder, or that of a SPARQL server, and answer until standard input ends."""
    from kg.serve.seal import bound_memory, seal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all: the server ends this one
    sealed = url is None and seal()
    given, taken = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    from kg.errors import KgError

    try:
        ask = _of_folder(out) if url is None else _of_server(url)
    except KgError as error:
        _say(taken, {"kind": "store", "what": str(error)})
        return
    bound_memory(memory)
    _say(taken, {"kind": "ready", "sealed": sealed})
    while (question := _hear(given)) is not None:
        said, data = _answer(ask, question)
        _say(taken, said, data)


_Ask = Callable[[dict[str, Any], "Bounds", "Graphs | None"], "Answer"]


def _of_folder(out: str) -> _Ask:
    from kg.rdf import open_dataset
    from kg.rdf.answer import answer

    dataset = open_dataset(Path(out))
    dataset.query("ASK { ?s ?p ?o }")
    return lambda q, bounds, graphs: answer(dataset.store, q["query"], q["formats"], bounds, graphs)


def _of_server(url: str) -> _Ask:
    from kg.remote import answered, ask

    ask(url, "ASK { ?s ?p ?o }", "json")
    return lambda q, bounds, graphs: answered(url, q["query"], q["formats"], bounds, graphs, q["seconds"])


def _answer(ask: _Ask, question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from kg.errors import KgError, QueryError, TimeUpError, TooLargeError
    from kg.rdf.answer import Bounds, UnfitError
    from kg.rdf.query import Graphs

    named = question.get("graphs")
    graphs = None if named is None else Graphs(tuple(named[0]), tuple(named[1]))
    bounds = Bounds(question["rows"], question["bytes"])
    try:
        found = ask(question, bounds, graphs)
    except UnfitError as error:
        return {"kind": "unfit", "what": error.what}, b""
    except TooLargeError as error:
        return {"kind": "large", "what": error.what}, b""
    except TimeUpError as error:
        return {"kind": "time", "what": error.what}, b""
    except QueryError as error:
        return {"kind": "query", "what": error.what, "position": error.position}, b""
    except MemoryError:
        return {"kind": "memory"}, b""
    except (KgError, OSError, RuntimeError, ValueError) as error:  # the engine's, on a damaged store or value
        return {
            "kind": "engine",
            "what": f"{type(error).__name__}: {error}",
            "trace": traceback.format_exc(),
        }, b""
    return {"kind": "answer", "form": found.form, "format": found.format}, found.data


def _hear(stream: IO[bytes]) -> dict[str, Any] | None:
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    data = stream.read(LENGTH.unpack(head)[0])
    return dict(json.loads(data))


def _say(stream: IO[bytes], said: dict[str, Any], data: bytes = b"") -> None:
    head = json.dumps(said).encode()
    stream.write(LENGTH.pack(len(head)) + head + LENGTH.pack(len(data)) + data)
    stream.flush()
