"""What an article has said so far, and what a frame finds: hits and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.claims.frames import Frame
from kg.extract.claims.scene import Node, View
from kg.model import Literal, LocalKey


@dataclass(frozen=True, slots=True)
class Figure:
    """A literal in its place."""

    start: int
    end: int
    literal: Literal


End = Node | Figure


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame whose trigger stands at a place of the article."""

    frame: Frame
    word: str
    start: int
    end: int


@dataclass
class Memory:
    """What an article has said so far.

    Attributes:
        headline: the decks, which may say that the article is about a visit.
        contested: words that take part in a visit as well as in an event: 参加.
        coming: the events that the article names, by place.
        topic: the subject that was last spoken of, by class; its order is kept in `order`.
        order: classes, the one spoken of last at the end.
        events: events mentioned, the last at the end.
        subjects: the subjects of the last claims of a predicate.
        objects: all objects of its claims so far.
        before: the names of the sentence before.
        now: the number of the sentence.
        spoken: the sentence in which the subject of a class was last spoken of.
        leads: who leads a delegation.
        views: the sentences, also those without a name.
        activity: the last predicate whose doings somebody named later can take part in (a visit, a
            meeting), or nothing after an event.
    """

    headline: str = ""
    contested: frozenset[str] = frozenset()
    coming: Sequence[Node] = ()
    topic: dict[str, tuple[Node, ...]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    events: list[Node] = field(default_factory=list)
    subjects: dict[str, tuple[Node, ...]] = field(default_factory=dict)
    objects: dict[str, tuple[Node, ...]] = field(default_factory=dict)
    activity: str = ""
    before: list[Node] = field(default_factory=list)
    now: int = 0
    spoken: dict[str, int] = field(default_factory=dict)
    leads: dict[LocalKey, Node] = field(default_factory=dict)
    views: Sequence[View] = ()

    def begin(self, predicate: str, subjects: Sequence[End]) -> None:
        """Take note of who is about to do something, its objects still unsaid."""
        known = self.subjects.get(predicate, ())
        new = [n for n in subjects if isinstance(n, Node) and all(n.key != k.key for k in known)]
        self.subjects[predicate] = (*known, *new)
        self.activity = predicate

    def take(self, predicate: str, objects: Sequence[Node]) -> None:
        """Take note of what something is done to, besides what is known of it."""
        known = self.objects.get(predicate, ())
        new = tuple(n for n in objects if all(n.key != k.key for k in known))
        self.objects[predicate] = known + new

    def speak(self, kind: str, nodes: tuple[Node, ...]) -> None:
        """Take note of a subject."""
        self.topic[kind] = nodes
        self.spoken[kind] = self.now
        if kind in self.order:
            self.order.remove(kind)
        self.order.append(kind)
