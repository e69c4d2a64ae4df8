"""Claims that need no trigger word: two names side by side, one name within another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from kg.extract.claims.collect import Collector
from kg.extract.claims.figures import fits
from kg.extract.claims.frames import Frame, Slot
from kg.extract.claims.memory import Figure
from kg.extract.claims.scene import Node, View
from kg.hanzi.quantity import quantities
from kg.lexicon import Lexicon
from kg.model import Literal, LocalKey

_JOINED = 0.85
"""How sure what holds for the first name of a list is for the others."""


def read_chains(view: View, frame: Frame, places: Places, out: Collector) -> None:
    """Read 永安镇督正村: the name after lies in the name before, when its level allows it.

    Those that a list joins to the name after are read too: 永安镇的甲公司、乙公司.
    """
    gaps = frame.triggers or ("",)
    for left, right in pairwise(view.nodes):
        between = view.text[left.end : right.start]
        gap = between.strip('“”"')
        if (
            gap not in gaps
            or (left.kind != "Place" and "”“" in between)
            or {"anaphor", "post"} & {left.said, right.said}
        ):
            continue
        for node in (right, *_listed(view, right)):
            _chained(view, frame, left, node, places, out)


def _listed(view: View, first: Node) -> Iterable[Node]:
    """Yield the names of one class that a list joins to a name: 乙公司 in 甲公司、乙公司."""
    for left, right in pairwise(n for n in view.nodes if n.start >= first.start):
        if right.kind != first.kind or right.said != "name" or not view.linked(left, right):
            return
        yield replace(right, sure=right.sure * _JOINED)


def _chained(view: View, frame: Frame, left: Node, right: Node, places: Places, out: Collector) -> None:
    subject, obj = _ends(frame, left, right)
    if subject is None or obj is None or subject.key == obj.key:
        return
    if obj.kind == "Place":  # 永安镇|督正村, 永安镇|督正村卫生室: it is the village that lies in the town
        inner = places.prefix(view.text[subject.start : subject.end], obj.key)
        subject = replace(subject, key=inner) if inner else subject
        if subject.kind == "Place" and not places.higher(obj.key.name, subject.key.name):
            return
    out.pair(frame, subject, obj)


def read_inside(
    view: View,
    frame: Frame,
    holders: Mapping[tuple[str, LocalKey], tuple[LocalKey, ...]],
    places: Places,
    out: Collector,
) -> None:
    """Read a name printed after that of what holds it: 永安镇督正村, 青禾项目二期.

    Without triggers the rest must be a name of its own (督正村); else it must end with one of them (二期).
    """
    for node in view.nodes:
        if node.said != "name":
            continue
        surface = view.text[node.start : node.end]
        if not frame.triggers:
            for below, above in _placed(node, surface, frame, places):
                out.pair(frame, below, above)
            continue
        for key in holders.get((frame.name, node.key), ()):
            subject, obj = _ends(frame, replace(node, key=key), node)
            if subject is not None and obj is not None:
                out.pair(frame, subject, obj)


def _placed(node: Node, surface: str, frame: Frame, places: Places) -> Iterable[tuple[Node, Node]]:
    """Yield what a name says of places: 永安镇督正村, 甲省乙市某局, 永安镇青禾项目 for 青禾项目."""
    if node.kind == "Place":
        if _may(frame, node):
            for above, below, form in places.parts(surface):
                yield replace(node, key=places.prefix(form, above) or below), replace(node, key=above)
        return
    lead = places.leading(surface)
    if any(slot.kinds and "Place" in slot.kinds for slot in frame.subject):
        for (above, _), (below, _) in pairwise(lead):
            if above != below and places.higher(above.name, below.name):
                yield replace(node, key=below), replace(node, key=above)
    elif (
        lead
        and places.small(lead[-1][0].name)
        and _may(frame, node)
        and places.named(node.key, surface[sum(len(f) for _, f in lead) :])
    ):
        yield node, replace(node, key=lead[-1][0])


def _may(frame: Frame, node: Node) -> bool:
    return any(not slot.kinds or node.kind in slot.kinds for slot in frame.subject)


def holders(
    frames: Iterable[Frame], forms: Mapping[LocalKey, tuple[str, ...]]
) -> Mapping[tuple[str, LocalKey], tuple[LocalKey, ...]]:
    """Return, for a frame and a name that starts with others, whose the longest of them are."""
    heads: dict[str, list[LocalKey]] = {}
    for key, names in forms.items():
        for form in names:
            if len(form) > 2:
                heads.setdefault(form.strip('”“"'), []).append(key)
    out: dict[tuple[str, LocalKey], tuple[LocalKey, ...]] = {}
    for key, names in forms.items():
        for name in names:
            bare = name.strip("“")
            taken: set[str] = set()
            for end in range(len(bare) - 1, 2, -1):
                found = heads.get(bare[:end].strip('”“"'))
                rest = bare[end:].strip('”“"')
                for frame in frames if found else ():
                    if frame.name not in taken and rest and frame.triggers and rest.endswith(frame.triggers):
                        taken.add(frame.name)
                        known = out.get((frame.name, key), ())
                        out[frame.name, key] = (
                            *known,
                            *(k for k in found or () if k != key and k not in known),
                        )
    return out


def read_figures(view: View, frame: Frame, out: Collector) -> None:
    """Read a figure within a name: 5万吨 in 年产5万吨罐头项目."""
    for node in view.nodes:
        if node.said != "name" or node.kind not in frame.predicate.domain:
            continue
        surface = view.text[node.start : node.end]
        for word in frame.triggers:
            at = surface.find(word)
            found = inner_figures(node, surface, frame.predicate.literal) if at >= 0 else []
            first = next((f for f in found if 0 <= f.start - node.start - at - len(word) <= 6), None)
            if first is not None:
                out.figure(frame, node, first, {"per": word[0]} if word[0] in "年日月" else {})
                break


def _ends(frame: Frame, left: Node, right: Node) -> tuple[Node | None, Node | None]:
    ends = {"before": left, "after": right}
    return _pick(frame.subject, ends), _pick(frame.object, ends)


def _pick(slots: tuple[Slot, ...], ends: Mapping[str, Node]) -> Node | None:
    for slot in slots:
        node = ends.get(slot.place)
        if node is not None and (not slot.kinds or node.kind in slot.kinds):
            return node
    return None


class Places:
    """The places of a page by their forms, and which can hold which."""

    def __init__(self, forms: Mapping[LocalKey, tuple[str, ...]], lexicon: Lexicon) -> None:
        rows = lexicon.table("place_levels").rows
        self._levels = sorted(((r["ending"], int(r["level"])) for r in rows), key=lambda r: -len(r[0]))
        self._names = forms
        self._forms = {
            form: key
            for key, names in forms.items()
            if key.kind == "Place"
            for form in names
            if len(form) > 1
        }

    def leading(self, surface: str) -> list[tuple[LocalKey, str]]:
        """Return the places that a longer name starts with, with their forms: 甲省, 乙市 of 甲省乙市某局."""
        found: list[tuple[LocalKey, str]] = []
        at = 0
        while at < len(surface) - 2:
            end = next((e for e in range(len(surface) - 1, at + 1, -1) if surface[at:e] in self._forms), None)
            if end is None:
                break
            found.append((self._forms[surface[at:end]], surface[at:end]))
            at = end
        return found

    def named(self, key: LocalKey, form: str) -> bool:
        """Say whether something is also named so."""
        return len(form) > 2 and form in self._names.get(key, ())

    def small(self, name: str) -> bool:
        """Say whether a place is a town, a village, or a park or zone by the length of its name."""
        return self._level(name, 4 if len(name) > 4 else 0) >= 4

    def higher(self, above: str, below: str) -> bool:
        """Say whether the place named first can hold the other; what ends with no level can hold any."""
        return self._level(above, 0) < self._level(below, 9)

    def under(self, below: str, above: str) -> bool:
        """Say whether a place named first can never lie in the other: a county in a road."""
        return self._level(below, 9) < self._level(above, 0)

    def _level(self, name: str, default: int) -> int:
        return next((v for ending, v in self._levels if name.endswith(ending)), default)

    def prefix(self, surface: str, but: LocalKey) -> LocalKey | None:
        """Return the place that a longer name starts with: 丁村 of 丁村避灾点."""
        for end in range(len(surface) - 1, 1, -1):
            key = self._forms.get(surface[:end])
            if key is not None and key != but and self._level(key.name, 9) < 9:
                return key
        return None

    def parts(self, surface: str) -> list[tuple[LocalKey, LocalKey, str]]:
        """Return neighbours of a name that is made of names of places: 甲省|乙市|丙县.

        Each with the form of the second one.
        """
        found: list[tuple[LocalKey, str]] = []
        at = 0
        while at < len(surface):
            ends = range(len(surface), at + 1, -1)
            if not at:
                ends = range(len(surface) - 1, 1, -1)
            end = next((e for e in ends if surface[at:e] in self._forms), None)
            if end is None:
                return []
            found.append((self._forms[surface[at:end]], surface[at:end]))
            at = end
        inner = [pair for _, form in found if len(form) > 4 for pair in self.parts(form)]
        return [*inner, *((a, b, form) for (a, _), (b, form) in pairwise(found) if a != b)]


def inner_figures(node: Node, text: str, kind: str | None) -> list[Figure]:
    """Return the figures inside a name: 2000万件 of 年产2000万件高锁螺栓技改项目."""
    return [
        Figure(node.start + q.start, node.start + q.end, Literal(q.text, q.kind, q.value, q.unit))
        for q in quantities(text)
        if fits(q.kind, kind)
    ]
