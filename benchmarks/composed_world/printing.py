"""From stories to marked articles: the text, where names and facts stand in it, and misprints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from identities import Printed, PrintedArticle, Stated

from composed_world import tables
from composed_world.desk import Name, Phrase, Story
from composed_world.things import Thing

SLIPS, SLIPS_IN_FIGURES = 0.02, 0.12
"""How often a name that may be misprinted is, and one with figures in it."""
SHORTEST_MISPRINT = 4
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed name before its page is whole; `says` as in `desk.Name`."""

    thing: Thing
    start: int
    surface: str
    says: str
    old: bool
    slip: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before its page is whole."""

    story: Story
    text: str
    marks: tuple[Mark, ...]
    stated: tuple[Stated, ...]


class _Pen:
    def __init__(self) -> None:
        self.text = ""
        self.marks: list[Mark] = []
        self.stated: list[Stated] = []

    def write(self, part: str | Name | Phrase) -> None:
        if isinstance(part, str):
            self.text += part
        elif isinstance(part, Name):
            self.marks.append(Mark(part.thing, len(self.text), part.surface, part.says, part.old))
            self.text += part.surface
        else:
            start = len(self.text)
            for piece in part.parts:
                self.write(piece)
            for fact in part.facts:
                thing = fact.object if isinstance(fact.object, str) else fact.object.id
                self.stated.append(
                    Stated(
                        fact.subject.id,
                        fact.predicate,
                        thing,
                        start,
                        len(self.text),
                        fact.qualifiers,
                        fact.status,
                    )
                )


def draft(story: Story) -> Draft:
    """Write a story down; facts that the headline and the body both state are kept once, from the body."""
    pen = _Pen()
    pen.write(story.headline)
    for paragraph in story.paragraphs:
        pen.write("\n")
        pen.write(paragraph)
    stated = {(s.subject, s.predicate, s.object, s.qualifiers, s.status): s for s in pen.stated}
    return Draft(story, pen.text, tuple(pen.marks), tuple(stated.values()))


def meanings(drafts: Sequence[Draft]) -> dict[str, str]:
    """Return the fullest name a page gives each of its things; a misprint only where there is no other."""
    full: dict[str, str] = {}
    for slips in (False, True):
        best: dict[str, str] = {}
        for mark in (mark for one in drafts for mark in one.marks if mark.slip is slips and not mark.old):
            says = mark.says or mark.surface
            if len(says) > len(best.get(mark.thing.id, "")):
                best[mark.thing.id] = says
        full = best | full if slips else best
    return full


def plain(drafts: Sequence[Draft]) -> bool:
    """Return whether no name on a page could mean two of the things on it."""
    things = {mark.thing.id: mark.thing for one in drafts for mark in one.marks}
    full = meanings(drafts)
    kept = {(things[id_].kind, name) for id_, name in full.items()}
    if len(kept) < len(things):
        return False
    owners: dict[tuple[str, str], set[str]] = {}
    for id_, thing in things.items():
        for form in thing.all():
            owners.setdefault((thing.kind, form), set()).add(id_)
    return all(
        owners.get((mark.thing.kind, mark.says or mark.surface), {mark.thing.id}) == {mark.thing.id}
        for one in drafts
        for mark in one.marks
    )


def misprint(drafts: Sequence[Draft], rng: Random, known: frozenset[str]) -> tuple[Draft, ...]:
    """Let a few names of a page be misprinted: never so that the slip is the name of something else."""
    made = list(drafts)
    printed: dict[str, int] = {}
    for one in drafts:
        for mark in one.marks:
            printed[mark.thing.id] = printed.get(mark.thing.id, 0) + 1
    seen: set[str] = set()
    for at, one in enumerate(made):
        for number, mark in enumerate(one.marks):
            first = mark.thing.id not in seen
            seen.add(mark.thing.id)
            long = len(mark.surface) >= SHORTEST_MISPRINT and mark.thing.kind != "Person" and not mark.old
            often = SLIPS_IN_FIGURES if any(char in "0123456789" for char in mark.surface) else SLIPS
            if not long or rng.random() >= often or (first and printed[mark.thing.id] > 1):
                continue
            wrong = _slip(mark.surface, rng, longer=printed[mark.thing.id] == 1)
            if wrong is not None and wrong not in known:
                made[at] = _replaced(made[at], number, wrong)
    return tuple(made)


def _slip(name: str, rng: Random, longer: bool) -> str | None:
    if any(char in "0123456789" for char in name) and rng.random() < 0.7:
        return name.translate(DIGITS)
    draw, inner = rng.random(), rng.randrange(1, len(name) - 1)
    if draw < 0.65:
        places = [at for at, char in enumerate(name) if char in tables.LOOK_ALIKE]
        if not places:
            return None
        at = rng.choice(places)
        return name[:at] + tables.LOOK_ALIKE[name[at]] + name[at + 1 :]
    if draw < 0.85 or not longer:
        return name[:inner] + name[inner + 1 :]
    return name[:inner] + name[inner] + name[inner:]


def _replaced(one: Draft, number: int, wrong: str) -> Draft:
    mark = one.marks[number]
    end, more = mark.start + len(mark.surface), len(wrong) - len(mark.surface)
    marks = [replace(m, start=m.start + more) if m.start >= end else m for m in one.marks]
    marks[number] = replace(mark, surface=wrong, says="", slip=True)
    stated = [
        replace(s, start=s.start + more * (s.start >= end), end=s.end + more * (s.end >= end))
        for s in one.stated
    ]
    return replace(
        one, text=one.text[: mark.start] + wrong + one.text[end:], marks=tuple(marks), stated=tuple(stated)
    )


def finished(drafts: Sequence[Draft]) -> tuple[PrintedArticle, ...]:
    """Return the articles of a page, each name with what the page says it stands for."""
    full = meanings(drafts)
    return tuple(
        PrintedArticle(
            one.text,
            tuple(
                Printed(m.thing.id, m.thing.kind, m.start, m.surface, _stands(m, full[m.thing.id]))
                for m in one.marks
            ),
            one.stated,
        )
        for one in drafts
    )


def _stands(mark: Mark, full: str) -> str:
    return "" if mark.slip or full == mark.surface else full
