"""An article as numbers: its characters with names masked, who is named where, and what the frames said.

The scorer sees classes, never names: what names something is one token that says its class, and, for all
but people, the last character, which says what kind of thing it is (局, 镇, 吨). All places in these arrays
are counted in such tokens.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.claims.frames import Frame
from kg.extract.claims.reading import Reading
from kg.extract.claims.scene import Node, View
from kg.hanzi.quantity import quantities
from kg.model import Claim, Literal, LocalKey

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
End = LocalKey | Literal

CLASSES = ("Person", "Organization", "Place", "Project", "Event", "Award")
FIGURES = ("money", "area", "count", "date")
KINDS = CLASSES + FIGURES
NUMBER = {kind: number for number, kind in enumerate(KINDS)}
MASK = 0x110000
"""Tokens of names: `MASK` + 16 × how it is said + number of the kind; above every code point."""
SAID = {"name": 0, "anaphor": 1, "post": 2}
FIGURE, ELSEWHERE = 3, 4
"""How a figure is said, and an end that no name of the article stands for."""
STATUS = ("asserted", "planned", "former", "negated")
_DIGITS = frozenset("0123456789０１２３４５６７８９一二两三四五六七八九十百千万亿半")


@dataclass(frozen=True, slots=True)
class Told:
    """What a frame said, its ends by number."""

    subject: int
    object: int
    claim: Claim
    frame: Frame


@dataclass(frozen=True, slots=True)
class Scene:
    """One article in numbers.

    Attributes:
        ends: what can be an end of a fact; `kinds` their classes or kinds of figures.
        tokens: the text, names masked; `headline` so many of them are the headline.
        of: the end that each mention names, in the order of the text.
        places: first and last+1 code point of each mention in the article.
        spans: first and last+1 token of each mention; `clauses`, `sentences`, `groups` of what holds it.
        sentence, clause: their numbers.
        said: name, anaphor, post, figure or elsewhere.
        marks: absorbed, in the headline, within a name, place in its list and length of the list.
        sure: how sure it is that each is a mention.
        told: what the frames said of these ends.
        sentence_count: how many sentences there are.
    """

    ends: tuple[End, ...]
    kinds: Ints
    tokens: Ints
    headline: int
    of: Ints
    places: Ints
    spans: Ints
    clauses: Ints
    sentences: Ints
    groups: Ints
    sentence: Ints
    clause: Ints
    said: Ints
    marks: Ints
    sure: Floats
    told: tuple[Told, ...]
    sentence_count: int


class _Ends:
    """Numbers what can be an end of a fact."""

    def __init__(self) -> None:
        self.ends: list[End] = []
        self._number: dict[LocalKey | tuple[str, str], int] = {}

    def number(self, end: End) -> int | None:
        """Return the number of an end; None when its class is none the scorer knows."""
        if end.kind not in NUMBER:
            return None
        key = end if isinstance(end, LocalKey) else (end.kind, end.text)
        if key not in self._number:
            self._number[key] = len(self.ends)
            self.ends.append(end)
        return self._number[key]


_Row = tuple[int, int, int, int, int, int, int, int, int, float]
"""start, end, number of the end, sentence, clause, said, absorbed, in the headline, within a name, surety."""


def scene(reading: Reading, frames: Mapping[str, Frame]) -> Scene | None:
    """Return an article in numbers; None when it names nothing."""
    ends, rows = _Ends(), list[tuple[_Row, tuple[int, int, int, int]]]()
    for number, view in enumerate(reading.views):
        rows += _names(view, number, ends)
        rows += _figures(view, number, ends)
    told = _told(reading, frames, ends)
    rows += _elsewhere(reading.views, told, {row[2] for row, _ in rows})
    if not rows:
        return None
    rows.sort(key=lambda row: row[0][:2])
    table = np.array([row[:-1] for row, _ in rows], dtype=np.int64)
    groups = np.array([group for _, group in rows], dtype=np.int64)
    kinds = np.array([NUMBER[end.kind] for end in ends.ends], dtype=np.int64)
    tokens, place = _masked(reading.article.text, table, kinds)

    def span(starts: Iterable[int], stops: Iterable[int]) -> Ints:
        first = place[np.fromiter(starts, dtype=np.int64)]
        last = place[np.maximum(np.fromiter(stops, dtype=np.int64) - 1, 0)] + 1
        return np.stack([first, np.maximum(last, first + 1)], axis=1)

    views = reading.views
    bounds = [_clause(views[s], c) for s, c in table[:, 3:5].tolist()] if views else [(0, 1)] * len(table)
    whole = [(views[s].start, views[s].end) for s in table[:, 3].tolist()] if views else bounds
    return Scene(
        ends=tuple(ends.ends),
        kinds=kinds,
        tokens=tokens,
        headline=max(1, int(place[reading.article.body.start])),
        of=table[:, 2],
        places=table[:, :2],
        spans=span(table[:, 0], table[:, 1]),
        clauses=span((a for a, _ in bounds), (b for _, b in bounds)),
        sentences=span((a for a, _ in whole), (b for _, b in whole)),
        groups=span(groups[:, 0], groups[:, 1]),
        sentence=table[:, 3],
        clause=table[:, 4],
        said=table[:, 5],
        marks=np.concatenate([table[:, 6:9], groups[:, 2:]], axis=1),
        sure=np.array([row[-1] for row, _ in rows], dtype=np.float32),
        told=told,
        sentence_count=max(1, len(views)),
    )


def _clause(view: View, number: int) -> tuple[int, int]:
    pauses = view.pauses
    start = pauses[number - 1] + 1 if number else view.start
    return start, pauses[number] if number < len(pauses) else view.end


def _names(view: View, number: int, ends: _Ends) -> list[tuple[_Row, tuple[int, int, int, int]]]:
    groups = _groups(view)
    head = int(view.sentence.headline)
    out: list[tuple[_Row, tuple[int, int, int, int]]] = []
    for node, group in zip(view.nodes, groups, strict=True):
        end = ends.number(node.key)
        if end is not None:
            absorbed = int(node.start in view.absorbed)
            clause = bisect.bisect_left(view.pauses, node.start)
            said = SAID.get(node.said, 0)
            out.append(
                ((node.start, node.end, end, number, clause, said, absorbed, head, 0, node.sure), group)
            )
    return out


def _groups(view: View) -> list[tuple[int, int, int, int]]:
    """Return start, end, place and length of the list that each name stands in."""
    out: list[tuple[int, int, int, int]] = []
    run: list[Node] = []
    for node in [*view.nodes, None]:
        if node is not None and run and (view.linked(run[-1], node) or view.nested(run[-1], node)):
            run.append(node)
            continue
        out += [(run[0].start, run[-1].end, place, len(run)) for place in range(len(run))]
        run = [node] if node is not None else []
    return out


def _figures(view: View, number: int, ends: _Ends) -> list[tuple[_Row, tuple[int, int, int, int]]]:
    text = view.text
    if _DIGITS.isdisjoint(text[view.start : view.end]):
        return []
    found = [(q.start, q.end, Literal(q.text, q.kind, q.value, q.unit), 0) for q in view.quantities]
    found += [(d.start, d.end, Literal(d.text, "date"), 0) for d in view.dates]
    for node in view.nodes:
        surface = text[node.start : node.end]
        if node.said == "name" and not _DIGITS.isdisjoint(surface):
            found += [
                (node.start + q.start, node.start + q.end, Literal(q.text, q.kind, q.value, q.unit), 1)
                for q in quantities(surface)
            ]
    head = int(view.sentence.headline)
    out: list[tuple[_Row, tuple[int, int, int, int]]] = []
    for start, stop, literal, inner in found:
        end = ends.number(literal)
        if end is not None:
            clause = bisect.bisect_left(view.pauses, start)
            out.append(((start, stop, end, number, clause, FIGURE, 0, head, inner, 1.0), (start, stop, 0, 1)))
    return out


def _told(reading: Reading, frames: Mapping[str, Frame], ends: _Ends) -> tuple[Told, ...]:
    out = []
    for claim in reading.told:
        subject, end = ends.number(claim.subject), ends.number(claim.object)
        frame = frames.get(claim.evidence.finder)
        if subject is not None and end is not None and frame is not None:
            out.append(Told(subject, end, claim, frame))
    return tuple(out)


def _elsewhere(
    views: Sequence[View], told: Iterable[Told], known: set[int]
) -> list[tuple[_Row, tuple[int, int, int, int]]]:
    """Return a place for ends that only the frames know: beside what states them."""
    out: list[tuple[_Row, tuple[int, int, int, int]]] = []
    starts = [view.start for view in views]
    for one in told:
        span = one.claim.evidence.span
        for end in (one.subject, one.object):
            if end not in known:
                known.add(end)
                at = max(0, bisect.bisect_right(starts, span.start) - 1)
                clause = bisect.bisect_left(views[at].pauses, span.start)
                head = int(views[at].sentence.headline)
                row = (span.start, span.end, end, at, clause, ELSEWHERE, 0, head, 1, 1.0)
                out.append((row, (span.start, span.end, 0, 1)))
    return out


def _masked(text: str, table: Ints, kinds: Ints) -> tuple[Ints, Ints]:
    """Return the tokens of a text, and the token that each of its code points (and its end) belongs to."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    first = np.ones(len(codes) + 1, dtype=bool)
    covered = np.zeros(len(codes), dtype=bool)
    free = table[:, 8] == 0
    for start, stop, end, _, _, said, *_ in table[free].tolist():
        if covered[start:stop].any():
            continue
        covered[start:stop] = True
        codes[start] = MASK + 16 * min(said, FIGURE) + kinds[end]
        first[start + 1 : stop if kinds[end] == NUMBER["Person"] else stop - 1] = False
    place = np.cumsum(first) - 1
    return codes[first[:-1]], place
