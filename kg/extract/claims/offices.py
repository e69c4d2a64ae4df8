"""Which body a post belongs to: what is printed before it, what it implies, or what was spoken of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.claims.bodies import Bodies
from kg.extract.claims.grammar import NAME
from kg.extract.claims.scene import Node
from kg.lexicon import Lexicon
from kg.model import LocalKey

_SMALL = ("村", "社区", "镇", "乡", "街道", "屯", "寨", "嘎查", "苏木", "小区", "庄")
"""Places small enough to have villagers and residents with a name in the paper."""


@dataclass(frozen=True, slots=True)
class Titles:
    """What the lexicon says of posts."""

    rows: Mapping[str, Mapping[str, str]]
    ending: re.Pattern[str]
    known: re.Pattern[str]
    organs: tuple[tuple[str, str], ...]
    bodies: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def fits(self, of: str, name: str) -> bool:
        """Say whether a body of that name can have posts of that kind."""
        endings, without = self.bodies.get(of, ((), ()))
        return (not endings or name.endswith(endings)) and not name.endswith(without)

    def suits(self, title: str, name: str) -> bool:
        """Say whether a body of that name can have a post of that name: a 馆长 heads a 馆."""
        for start in range(len(title) - 1):
            if title[start:] in self.bodies:
                return self.fits(title[start:], name)
        return True

    def is_title(self, text: str) -> bool:
        """Say whether a text can be a title.

        It ends with a post of the lexicon, or with a character that ends titles.
        """
        return len(text) > 1 and bool(self.known.search(text) or self.ending.fullmatch(text))


def titles(lexicon: Lexicon) -> Titles:
    """Compile the tables of posts."""
    rows: dict[str, Mapping[str, str]] = {}
    for row in lexicon.table("posts").rows:
        rows.setdefault(row["word"], row)
    words = "|".join(re.escape(w) for w in sorted(rows, key=lambda w: (-len(w), w)))
    prefixes = "|".join(
        re.escape(w) for w in sorted(lexicon.words("post_prefixes"), key=lambda w: (-len(w), w)) if w != "大"
    )
    endings = "".join(re.escape(c) for c in lexicon.words("post_endings"))
    organs = tuple((r["word"], r["of"]) for r in lexicon.table("party_organs").rows)
    return Titles(
        rows,
        re.compile(rf"[^的在了是和与{NAME}]{{0,15}}[{endings}]\Z"),
        re.compile(rf"(?:{prefixes})*(?:{words})(?:兼(?:{prefixes})*(?:{words}))*\Z"),
        tuple(sorted(organs, key=lambda o: (-len(o[0]), o))),
        {r["of"]: (_cells(r["endings"]), _cells(r["without"])) for r in lexicon.table("post_bodies").rows},
    )


def _cells(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split())


@dataclass(frozen=True, slots=True)
class Held:
    """A post of a person: where it is printed and what it says."""

    person: Node
    body: LocalKey
    title: str
    former: bool
    start: int
    end: int
    sure: float


@dataclass(frozen=True, slots=True)
class Segment:
    """One title of a run: the name before it, if any, and where it starts."""

    body: Node | None
    title: str
    start: int
    former: bool


def body_of(
    segment: Segment,
    known: Titles,
    bodies: Bodies,
    earlier: Sequence[Node],
    out: Sequence[Held],
    before: Sequence[Held],
    topic: Sequence[Node] = (),
) -> tuple[LocalKey | None, str, float]:
    """Return the body of a post, the title without the body's name, and how sure that is.

    `earlier` are the names before it, `out` the posts of the same person before it, `before` those of
    the person named before in the sentence. The body is None when nothing tells it.
    """
    row = _row(segment.title, known)
    of, inside, level = (row["of"], row["body"] == "inside", row["level"]) if row else ("any", False, "-")
    title = segment.title
    if segment.body is not None:
        key = segment.body.key
        if key.kind == "Place":
            if row is not None and row["kind"] != "post" and not key.name.endswith(_SMALL):
                return None, title, 0.0
            return _of_place(key, of, title, known, bodies)
        kind = next((kind for word, kind in known.organs if key.name == word), "")
        if kind and out and (above := bodies.seat(out[-1].body)):
            return bodies.organ(above, key.name, kind), title, 0.95
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
        place = bodies.own(level)
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
        return bodies.government(place), title, 0.97
    if out and (row is None or row["kind"] == "post"):
        return out[-1].body, title, 0.9
    if title.startswith("副"):
        for held in before:
            if title.endswith(held.title.rsplit("、", 1)[-1].removeprefix("副")):
                return held.body, title, 0.9
    if title in {"村民", "居民", "村党支部书记", "村支书"}:
        village = _place_ending(earlier, ("村", "社区"))
        return (village.key if village else None), title, 0.7
    if row is None or row["kind"] != "post" or of in {"party", "any"}:
        return None, title, 0.0
    return _spoken_of(title, of, known, earlier, topic)


def _spoken_of(
    title: str, of: str, known: Titles, earlier: Sequence[Node], topic: Sequence[Node]
) -> tuple[LocalKey | None, str, float]:
    """Return the body that an article speaks of where a post names none."""
    near = [n for n in earlier[-40:] if n.kind == "Organization" and n.said != "post"]
    near = [n for n in near if known.fits(of, n.key.name) and known.suits(title, n.key.name)]
    spoken = [n for n in topic if any(n.key == m.key for m in near)]
    if spoken and not any(n.start > spoken[-1].end for n in near):
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
        return bodies.government(name), title, 0.95
    if of == "party" and name.endswith(("镇", "乡", "街道", "区", "市", "县")):
        if title.startswith("党") and name.endswith(("镇", "乡", "街道", "区")):
            short = title.removeprefix("党工委").removeprefix("党委")
            return bodies.party(name), short or title, 0.9
        return bodies.party(name), title, 0.8
    return key, title, 0.9


def _row(title: str, known: Titles) -> Mapping[str, str] | None:
    for start in range(len(title)):
        if title[start:] in known.rows:
            return known.rows[title[start:]]
    return None
