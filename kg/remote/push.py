"""A graph on disk is loaded into a server, piece by piece; what was loaded is not sent again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from kg.config import Settings
from kg.errors import StoreError
from kg.rdf.export import named_graphs
from kg.rdf.patch import current, stale
from kg.remote.http import ServerError, check, send

STATE = ".kg-push"
PARTS = "nquads"
"""The folder with what a build on a cluster wrote."""
PIECE = 4 << 20
"""Bytes of a request, and more where one graph is larger."""
_QUADS, _TRIPLES = "application/n-quads", "application/n-triples"
_UNKNOWN = frozenset({400, 404, 405, 406, 411, 415, 501})
"""What a server answers that takes no quads."""
_Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was sent: lines of N-Quads now, and those that an earlier run had sent."""

    quads: int
    before: int


@dataclass(slots=True)
class _State:
    """How far a run came with a graph, a server and a way of sending."""

    url: str
    graph: str
    way: str
    lines: int = 0
    done: bool = False


def push(
    url: str,
    out: Path,
    settings: Settings,
    *,
    replace: bool = False,
    told: _Told = lambda _sent, _all: None,
    piece: int = PIECE,
) -> Pushed:
    """Load the graph in a folder into a server by the Graph Store Protocol.

    Where the server takes N-Quads as they are, it is sent these; else the default graph as N-Triples in
    pieces, and every named graph by itself. What is there already stays: sending a statement twice changes
    nothing. A run that was ended goes on after the last piece that the server took.

    Args:
        url: of the graph store: http://host:7878/store, http://host:3030/dataset/data.
        out: the folder that a build wrote.
        settings: those of the graph.
        replace: let every graph that is sent take the place of the server's of that name.
        told: is told how many lines of all are sent.
        piece: bytes of a request.

    Raises:
        InputError: the address is none.
        StoreError: there is no graph in the folder.
        ServerError: the server cannot be reached or refuses.
    """
    check(url)
    mark, count = _measure(out, settings)
    state = _read(out, url, mark)
    if state is None or (replace and state.way != "replace"):
        way = "replace" if replace else "quads" if _takes_quads(url) else "graphs"
        state = _State(url, mark, way)
    if state.done and not replace:
        return Pushed(0, count)
    if state.done:
        state = _State(url, mark, state.way)
    before = state.lines
    requests = (
        _quads(_lines(out, settings), piece)
        if state.way == "quads"
        else _graphs(out, settings, piece, replace=state.way == "replace")
    )
    sent = 0
    for method, query, kind, data, number in requests:
        sent += number
        if sent <= before:
            continue
        send(method, url + _joint(url, query), data, {"Content-Type": kind})
        state.lines = sent
        _write(out, state)
        told(sent, count)
    state.done = True
    _write(out, state)
    return Pushed(count - before, before)


def _joint(url: str, query: str) -> str:
    return "" if not query else ("&" if "?" in url else "?") + query


def _takes_quads(url: str) -> bool:
    """Say whether a server takes quads without the name of a graph, by sending it none."""
    try:
        send("POST", url, b"", {"Content-Type": _QUADS})
    except ServerError as error:
        if error.status in _UNKNOWN:
            return False
        raise
    return True


_Request = tuple[str, str, str, bytes, int]
"""Method, query, kind, data and how many lines it holds."""


def _quads(lines: Iterable[bytes], piece: int) -> Iterator[_Request]:
    for part in _pieces(lines, piece):
        yield "POST", "", _QUADS, b"".join(part), len(part)


def _graphs(out: Path, settings: Settings, piece: int, *, replace: bool) -> Iterator[_Request]:
    """Yield the default graph in pieces, and then every named graph, in pieces when it is large."""
    for graph, triples in chain([(None, _plain(out, settings))], named_graphs(out)):
        query = "default" if graph is None else f"graph={quote(graph, safe='')}"
        for number, part in enumerate(_pieces(triples, piece)):
            method = "PUT" if replace and number == 0 else "POST"
            yield method, query, _TRIPLES, b"".join(part), len(part)


def _plain(out: Path, settings: Settings) -> Iterator[bytes]:
    return (line for line in _lines(out, settings) if not _in_graph(line))


def _in_graph(line: bytes) -> bool:
    """Say whether a line of N-Quads names a graph.

    >>> [_in_graph(b"<a> <b> " + rest) for rest in (b'"c <d>" <e> .\\n', b'"c <d>" .\\n', b"<c> .\\n")]
    [True, False, False]
    """
    target = line.split(b" ", 2)[2][:-3]
    gap = target.rfind(b" ")
    # a space in a literal is no gap: what follows its last quotation mark has none but before a graph
    return gap >= 0 and (target.startswith(b"<") or target.rindex(b'"') < gap)


def _pieces(lines: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    held = 0
    for line in lines:
        part.append(line)
        held += len(line)
        if held >= size:
            yield part
            part, held = [], 0
    if part:
        yield part


def _lines(out: Path, settings: Settings) -> Iterator[bytes]:
    """Yield the lines of the whole graph in their order."""
    if not (out / "kg.nq").exists():
        for file in sorted((out / PARTS).glob("*.nq")):
            with file.open("rb") as stream:
                yield from stream
    elif "kg.nq" in stale(out):
        yield from current(out, "kg.nq", settings.base).splitlines(keepends=True)
    else:
        with (out / "kg.nq").open("rb") as stream:
            yield from stream


def _measure(out: Path, settings: Settings) -> tuple[str, int]:
    """Return the digest of the graph and its number of lines."""
    total, count = hashlib.sha256(), 0
    for line in _lines(out, settings):
        total.update(line)
        count += 1
    if not count:
        raise StoreError(f"{out}: there is no graph; run kg build")
    return total.hexdigest()[:32], count


def _read(out: Path, url: str, mark: str) -> _State | None:
    try:
        state = _State(**json.loads((out / STATE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return state if (state.url, state.graph) == (url, mark) else None


def _write(out: Path, state: _State) -> None:
    try:
        fresh = out / f"{STATE}-{os.getpid()}"
        fresh.write_text(json.dumps({name: getattr(state, name) for name in _State.__slots__}), "utf-8")
        os.replace(fresh, out / STATE)
    except OSError as error:
        raise StoreError(f"{out}: how far it came cannot be written down ({error.strerror})") from error
