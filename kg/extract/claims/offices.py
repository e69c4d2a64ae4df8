"""Which body a post belongs to: what is printed before it, what it implies, or what was spoken of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.claims.bodies import Bodies
from kg.extract.claims.scene import Node
from kg.extract.claims.segments import Segment
from kg.extract.claims.titles import Titles
from kg.model import LocalKey, Status


@dataclass(frozen=True, slots=True)
class Held:
    """A post of a person: where it is printed and what it says."""

    person: Node
    body: LocalKey
    title: str
    status: Status
    start: int
    end: int
    sure: float


def body_of(
    segment: Segment,
    known: Titles,
    bodies: Bodies,
    earlier: Sequence[Node],
    out: Sequence[Held],
    before: Sequence[Held],
    topic: Sequence[Node] = (),
    given: bool = False,
) -> tuple[LocalKey | None, str, float]:
    """Return the body of a post, the title without the body's name, and how sure that is.

    `earlier` are the names before it, `out` the posts of the same person before it, `before` those of
    the person named before in the sentence; `given` says that a verb gives the post (任某职), so that it is
    somebody's, whatever word it is. The body is None when nothing tells it.
    """
    row = known.row(segment.title)
    of, inside, level = (row["of"], row["body"] == "inside", row["level"]) if row else ("any", False, "-")
    title = segment.title
    if segment.body is not None:
        key = segment.body.key
        if key.kind == "Place":
            office = row is not None and row["kind"] == "post"
            if not office and not key.name.endswith(known.small):
                return None, title, 0.0
            return _of_place(key, of, title, known, bodies)
        kind = next((kind for word, kind in known.organs if key.name == word), "")
        if kind and out and (above := bodies.seat(out[-1].body)):
            return bodies.organ(above, key.name, kind), title, 0.95
        room = next((d for d in known.departments if title.startswith(d) and len(title) > len(d)), "")
        if room and key.name.endswith(("委", "人民政府")):
            return bodies.department(key.name, room), title[len(room) :], 0.95
        whole, section = bodies.whole(key)
        return whole, section + title, 1.0
    for word, kind in known.organs:
        if title.startswith(word[:-1]) and bodies.city:
            rest = title[len(word) :] if title.startswith(word) else ""
            if not rest and word.endswith("部") and title == word + "长":
                rest = "部长"
            if rest == "长":
                rest = word[-1] + rest
            if rest:
                return bodies.organ(bodies.city, word, kind), rest, 0.95
    if inside:
        told = bodies.seat(out[-1].body) if out else None
        place = told if told and told.endswith(level) else bodies.own(level)
        if place is None:
            seat = _place_ending(earlier, (level,))
            place = seat.key.name if seat else None
        if place is None:
            return None, title, 0.0
        if of == "village":
            return bodies.place(place), title.removeprefix(level), 0.9
        if of == "place":
            return bodies.place(place), title.removeprefix(level), 0.97
        if of == "party":
            head = f"{level}委"
            return bodies.party(place), title.removeprefix(head), 0.95
        return bodies.seat_of_government(place), title, 0.97
    if out and (row is None or row["kind"] == "post"):
        return out[-1].body, title, 0.9
    if title.startswith("副"):
        for held in before:
            if title.endswith(held.title.rsplit("、", 1)[-1].removeprefix("副")):
                return held.body, title, 0.9
    if title in known.village:
        village = _place_ending(earlier, ("村", "社区"))
        return (village.key if village else None), title, 0.7
    if not given and (row is None or row["kind"] != "post" or of in {"party", "any"}):
        return None, title, 0.0
    return _spoken_of(title, of, known, earlier, topic)


def _spoken_of(
    title: str, of: str, known: Titles, earlier: Sequence[Node], topic: Sequence[Node]
) -> tuple[LocalKey | None, str, float]:
    """Return the body that an article speaks of where a post names none."""
    near = [n for n in earlier[-40:] if n.kind == "Organization" and n.said != "post"]
    near = [n for n in near if known.fits(of, n.key.name) and known.suits(title, n.key.name)]
    spoken = [n for n in topic if any(n.key == m.key for m in near)]
    if spoken and (spoken[-1].said == "subject" or not any(n.start > spoken[-1].end for n in near)):
        return spoken[-1].key, title, 0.75
    often = Counter(n.key for n in near)
    for node in reversed(near):
        if 2 * often[node.key] >= max(often.values()):
            return node.key, title, 0.75
    return None, title, 0.0


def _place_ending(nodes: Sequence[Node], endings: tuple[str, ...]) -> Node | None:
    return next((n for n in reversed(nodes) if n.kind == "Place" and n.key.name.endswith(endings)), None)


def _of_place(
    key: LocalKey, of: str, title: str, known: Titles, bodies: Bodies
) -> tuple[LocalKey, str, float]:
    name = key.name
    for word, kind in known.organs:
        if title.startswith(word) and len(title) > len(word):
            return bodies.organ(name, word, kind), title[len(word) :], 0.9
    if of == "government":
        return bodies.seat_of_government(name), title, 0.95
    if of == "party" and name.endswith(("镇", "乡", "街道", "区", "市", "县")) and not name.endswith("社区"):
        if title.startswith("党") and name.endswith(("镇", "乡", "街道", "区")):
            short = title.removeprefix("党工委").removeprefix("党委")
            return bodies.party(name), short or title, 0.9
        return bodies.party(name), title, 0.8
    return key, title, 0.9
