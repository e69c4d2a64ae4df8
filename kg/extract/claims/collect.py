"""What was read becomes claims: each once per article, with the shortest stretch that states it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.extract.claims.confidence import confidence
from kg.extract.claims.frames import Frame
from kg.extract.claims.memory import End, Figure, Hit
from kg.extract.claims.offices import Held
from kg.extract.claims.scene import Node, View
from kg.model import Article, Claim, Evidence, Literal, LocalKey, Qualifiers, Span, Status


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim between two names as it was read: for what follows from it."""

    predicate: str
    subject: Node
    object: Node
    status: Status
    span: Span
    sure: float


class Levels(Protocol):
    """What knows which places can hold which."""

    def under(self, below: str, above: str) -> bool:
        """Say whether a place named first can never lie in the other."""
        ...


_Id = tuple[LocalKey, str, LocalKey | Literal]


class Collector:
    """Gathers the claims of one article; of several that state the same, the surest stays."""

    def __init__(self, article: Article, places: Levels) -> None:
        self._article = article
        self._places = places
        self._claims: dict[_Id, Claim] = {}
        self._fresh: list[Stated] = []
        self.told: list[Claim] = []
        self.figures: dict[tuple[int, int], tuple[Frame, list[Node]]] = {}

    def fresh(self) -> list[Stated]:
        """Return the claims between names that were read since this was asked last."""
        found, self._fresh = self._fresh, []
        return found

    def claims(self) -> list[Claim]:
        """Return the claims by place of their evidence."""
        return sorted(
            self._claims.values(),
            key=lambda c: (c.evidence.span, c.predicate, c.subject, str(c.object), c.qualifiers),
        )

    def post(self, frame: Frame, held: Held, speaker: str | None) -> None:
        """Add a post that stands beside a name."""
        extra = {"title": held.title} | ({"speaker": speaker} if speaker else {})
        sure = confidence(frame.sure * held.sure, (held.person.sure,), max(0, held.end - held.start - 20))
        self._add(
            frame,
            held.person.key,
            held.body,
            extra,
            held.status,
            Span(min(held.start, held.end), held.end),
            sure,
        )

    def pair(self, frame: Frame, subject: Node, obj: Node, status: Status = Status.ASSERTED) -> None:
        """Add a claim between two names that stand side by side or within each other."""
        span = Span(min(subject.start, obj.start), max(subject.end, obj.end))
        sure = frame.sure * min(subject.sure, obj.sure)
        self._fresh.append(Stated(frame.predicate.name, subject, obj, status, span, sure))
        self._add(frame, subject.key, obj.key, {}, status, span, sure)

    def follows(self, frame: Frame, stated: Stated, target: LocalKey) -> None:
        """Add what follows from another claim; it is stated where that is."""
        sure = round(frame.sure * stated.sure, 3)
        self._add(frame, stated.subject.key, target, {}, stated.status, stated.span, sure)

    def figure(self, frame: Frame, node: Node, figure: Figure, extra: dict[str, str]) -> None:
        """Add a figure that stands within a name."""
        span = Span(node.start, node.end)
        status = Status(frame.status or "asserted")
        self._add(frame, node.key, figure.literal, extra, status, span, frame.sure * node.sure)

    def clause(
        self, view: View, hit: Hit, subject: Node, obj: End, status: Status, extra: dict[str, str]
    ) -> None:
        """Add a claim of a clause frame.

        Its evidence reaches over trigger and ends; where an end stands outside of the sentence, over
        the clauses of what is there.
        """
        ends = [n for n in (subject, obj) if view.start <= n.start and n.end <= view.end]
        start = min([hit.start, *(n.start for n in ends)])
        end = max([hit.end, *(n.end for n in ends)])
        length = end - start
        if len(ends) < 2:
            start, end = view.clause_start(start), max(end, view.clause_end(end))
            said = view.text[start:end]
            start, end = (
                start + len(said) - len(said.lstrip()),
                end - len(said) + len(said.rstrip("。！？ \n\u3000")),
            )
        names = (subject.sure,) if isinstance(obj, Figure) else (subject.sure, obj.sure)
        target = obj.literal if isinstance(obj, Figure) else obj.key
        sure = confidence(hit.frame.sure, names, length)
        if isinstance(obj, Figure):
            self.figures.setdefault((obj.start, obj.end), (hit.frame, []))[1].append(subject)
        if isinstance(obj, Node):
            self._fresh.append(Stated(hit.frame.predicate.name, subject, obj, status, Span(start, end), sure))
        self._add(hit.frame, subject.key, target, extra, status, Span(start, end), sure)

    def _add(
        self,
        frame: Frame,
        subject: LocalKey,
        target: LocalKey | Literal,
        extra: dict[str, str],
        status: Status,
        span: Span,
        sure: float,
    ) -> None:
        predicate = frame.predicate
        if subject == target or subject.kind not in predicate.domain:
            return
        if isinstance(target, LocalKey):
            places = subject.kind == target.kind == "Place" and not predicate.symmetric
            if target.kind not in predicate.range:
                return
            if places and self._places.under(subject.name, target.name):
                return
        key: _Id = (subject, predicate.name, target)
        if (
            predicate.symmetric
            and isinstance(target, LocalKey)
            and (target, predicate.name, subject) in self._claims
        ):
            key = (target, predicate.name, subject)
        pairs: Qualifiers = tuple(sorted(extra.items()))
        found = Evidence(self._article.id, span, frame.name, round(sure, 3))
        claim = Claim(key[0], predicate.name, key[2], pairs, status, found)
        self.told.append(claim)
        known = self._claims.get(key)
        if known is None or known.evidence.confidence < sure:
            self._claims[key] = claim
