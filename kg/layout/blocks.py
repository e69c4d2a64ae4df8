"""Fragments: what stands together on the page between blank lines, and what it can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.layout.genre import Genre, flat
from kg.layout.lines import Clean
from kg.layout.traced import units

HEAD_UNITS = 40.0  # a headline deck is at most this wide
_DECKS = 4  # and a headline has at most so many of them in one place
_ASIDE = 240  # a weather box or an advertisement has at most so many characters


@dataclass(frozen=True, slots=True)
class Fragment:
    """Lines that stand together; `kind` is text, head (it could be one), byline, label, ad or weather."""

    kind: str
    lines: tuple[Clean, ...]

    @property
    def text(self) -> str:
        """The lines, put together without a break."""
        return "".join(line.text for line in self.lines)

    @property
    def width(self) -> float:
        """The width of the widest line."""
        return max(units(line.text) for line in self.lines)


def fragments(lines: Sequence[Clean], genre: Genre) -> tuple[Fragment, ...]:
    """Return the lines in groups, each with what it can be by itself."""
    groups: list[list[Clean]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is None or line.gap or _parted(last, line):
            groups.append([line])
        else:
            groups[-1].append(line)
    pieces = [piece for group in groups for piece in _fragment(group, genre)]
    for i in range(len(pieces) - 1, -1, -1):
        beside = pieces[max(0, i - 1) : i] + pieces[i + 1 : i + 2]
        if pieces[i].kind == "head" and any(p.kind == "ad" for p in beside) and _names_ad(pieces[i], genre):
            pieces[i] = replace(pieces[i], kind="ad")
    return tuple(pieces)


def _names_ad(piece: Fragment, genre: Genre) -> bool:
    """Say whether a line could be the name of who advertises below it."""
    text = flat(piece.text)
    return len(piece.lines) == 1 and any(
        kind == "name" and text.endswith(word) for kind, word, _ in genre.kinds
    )


def _parted(above: Clean, below: Clean) -> bool:
    if above.people and below.people:
        return _same_roles(above, below)
    return bool(above.people) or bool(below.people) or above.label or below.label


def _same_roles(above: Clean, below: Clean) -> bool:
    """Say whether two bylines below each other are of two articles: the second one begins anew."""
    return above.people[0].role == below.people[0].role


def _fragment(group: list[Clean], genre: Genre) -> Iterator[Fragment]:
    first = group[0]
    if first.people:
        yield Fragment("byline", tuple(group))
        return
    if first.label:
        yield Fragment("label", tuple(group))
        return
    text = flat("".join(line.text for line in group))
    for kind in ("weather", "ad"):
        if _is_aside(kind, text, genre):
            yield Fragment(kind, tuple(group))
            return
    for i, line in enumerate(group):
        opening = genre.opens_story(line.text) or genre.opens_note(line.text)
        if i and opening and could_be_head(group[:i], genre):
            yield Fragment("head", tuple(group[:i]))
            yield Fragment("text", tuple(group[i:]))
            return
    yield Fragment("head" if could_be_head(group, genre) else "text", tuple(group))


def _is_aside(kind: str, text: str, genre: Genre) -> bool:
    """Say whether a flat text is a weather box or an advertisement, by its words and its ends."""
    if len(text) >= _ASIDE:
        return False
    weight = genre.weight(kind, text)
    usual = text.startswith(genre.weather) if kind == "weather" else not text.endswith("。")
    return weight >= (1.0 if usual else 2.0)


def could_be_head(lines: Sequence[Clean], genre: Genre) -> bool:
    """Say whether lines could be the decks of a headline: few, short, no sentence ending in a full stop."""
    return len(lines) <= _DECKS and all(
        (line.level or not line.column) and _deck(line.text, genre) for line in lines
    )


def _deck(text: str, genre: Genre) -> bool:
    bare = text.rstrip("".join(genre.closers))
    if len(bare) < 2 or units(text) > HEAD_UNITS or text.startswith(genre.subheads):
        return False
    if genre.opens_story(text) or genre.opens_note(text) or text[0] in genre.pauses | genre.ends:
        return False
    if text[1] in "：:":
        return False  # 问：, 答：
    last = bare[-1]
    if last in genre.pauses or (genre.closed(text) and last not in "！？!?"):
        return False
    if last in "：:" and len(bare) < 8:
        return False
    if last in genre.ends and bare != text and any(char in genre.pauses or char in "：:" for char in bare):
        return False
    return not any(char in "。；;" for char in bare)
