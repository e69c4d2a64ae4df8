"""Ranks in contests: a bare 亚军 is an honour, and it is that of the contest which the article names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.mentions.canonical import bare
from kg.extract.mentions.reading import Text
from kg.extract.mentions.votes import Candidate
from kg.lexicon import Lexicon, alternation

CONFIDENCE = 0.75
"""How sure it is that a bare rank is an honour that somebody received."""
SEVERAL = "ranks"
"""The finder of ranks printed as one: 第二、三名; `rank` finds a single one."""
LONGEST_GROUP = 10
"""Code points before a rank that may say for whom it is: 女子组, 果树修剪项目."""
LEAST = 4
"""Code points of the name of a contest: 大赛 alone is none."""
_AND = "暨"
"""Between the names of two occasions held as one."""
_ROW = re.compile(
    r"第?([一二三四五六]|[金银铜]|[冠亚季])(?:[、和及](?:[一二三四五六]|[金银铜]|[冠亚季]))+(名|等奖|奖|军)"
)
"""Ranks printed as one, with what ends all of them: 一、二、三|等奖, 第二、三|名, 金、银|奖."""
_EACH = re.compile(r"[一二三四五六金银铜冠亚季]")
_PLACE = "名"


@dataclass(frozen=True, slots=True)
class Ranks:
    """The table of ranks.

    Attributes:
        rank: a rank that somebody can hold; one that is nobody's is left out.
        closing: a rank at the end of a name.
        group: how words end that stand before a rank and say for whom it is.
        contest: how the names end of what has ranks.
        part: what follows such a name and has no ranks of its own.
        nobody: what stands before ranks that are nobody's.
        after: the same, behind them.
    """

    rank: re.Pattern[str]
    closing: re.Pattern[str]
    group: tuple[str, ...]
    contest: tuple[str, ...]
    part: re.Pattern[str]
    nobody: tuple[str, ...]
    after: tuple[str, ...]


def ranks(lexicon: Lexicon) -> Ranks:
    """Prepare the table of ranks.

    Raises:
        LexiconError: there is no such table, or it lacks a column.
    """
    table = lexicon.table("ranks")

    def words(use: str) -> tuple[str, ...]:
        return tuple(row["word"] for row in table.where(use=use))

    rank = alternation(words("rank"))
    return Ranks(
        rank=re.compile(rf"(?:{rank})"),
        closing=re.compile(rf"(?:{rank})$"),
        group=words("group"),
        contest=words("contest"),
        part=re.compile(rf"(?:{alternation(words('part'))})$"),
        nobody=words("before"),
        after=words("after"),
    )


@dataclass(frozen=True, slots=True)
class _Rank:
    """A printed rank: its place, its name, and where the row starts of which it is one."""

    start: int
    end: int
    name: str
    row: int


def find_ranks(text: Text, found: Sequence[Candidate], known: Ranks) -> Iterator[Candidate]:
    """Yield ranks, with the group before them, where nothing else is named; `found` are the mentions there.

    Of several printed as one each is a mention, the group stands with the first: 团体第二|三名.
    """
    taken: set[int] | None = None
    for one in _printed(text.text, known):
        if taken is None:
            taken = {place for c in found for place in range(c.start, c.end)}
        alone = one.start == one.row
        if not taken.isdisjoint(range(one.row, one.end)) or one.row not in text.starts:
            continue
        start = _grouped(text, one.start, taken, known) if alone else one.start
        finder = "rank" if text.text.startswith(one.name, one.start) else SEVERAL
        yield Candidate(start, one.end, "Award", (finder,), CONFIDENCE)


def _printed(text: str, known: Ranks) -> Iterator[_Rank]:
    """Yield the ranks that a text prints and that are somebody's."""
    for pattern in (known.rank, _ROW):
        for match in pattern.finditer(text):
            start, end = match.span()
            if text.endswith(known.nobody, 0, start) or text.startswith(known.after, end):
                continue
            if pattern is known.rank:
                yield _Rank(start, end, match[0], start)
                continue
            each = list(_EACH.finditer(text, start, match.start(2)))
            for one in each:
                name = ("第" if match[2] == _PLACE else "") + one[0] + match[2]
                first, last = one is each[0], one is each[-1]
                yield _Rank(start if first else one.start(), end if last else one.end(), name, start)


def _grouped(text: Text, start: int, taken: set[int], known: Ranks) -> int:
    """Return where a rank starts with the words before it that say for whom it is: 女子组|亚军."""
    place, number = start, text.starts[start] - 1
    while number >= 0:
        token = text.tokens[number]
        near = token.span.end == place and start - token.span.start <= LONGEST_GROUP
        if not near or not token.word.endswith(known.group) or token.span.start in taken:
            break
        place, number = token.span.start, number - 1
    return place


def ranked(
    texts: Sequence[Text], found: Sequence[Sequence[Candidate]], known: Ranks
) -> Mapping[tuple[str, int], str]:
    """Return (article, start) of each honour that is a rank and no more → its name with the contest's.

    That is the contest which the article names last before it, else the first one behind it. A bare rank that
    the article has once with a group is that one: 冠军 is 女子组冠军.
    """
    names: dict[tuple[str, int], str] = {}
    for text, some in zip(texts, found, strict=True):
        honours = [
            (c, split[0], split[1]) for c in some if (split := _rank(text.text, c, some, known)) is not None
        ]
        if not honours:
            continue
        contests = [
            (c.start, name) for c in some if (name := _contest(text.text[c.start : c.end], c.kind, known))
        ]
        called: dict[Candidate, str] = {}
        for c, group, rank in honours:
            before = [name for start, name in contests if start < c.start] or [n for _, n in contests[:1]]
            called[c] = (before[-1] if before else "") + group + rank
        for c, group, rank in honours:
            grouped = {called[o] for o, other, same in honours if same == rank and other}
            name = min(grouped) if not group and len(grouped) == 1 else called[c]
            if name != bare(text.text[c.start : c.end]):
                names[text.article.id, c.start] = name
    return names


def _rank(text: str, c: Candidate, found: Sequence[Candidate], known: Ranks) -> tuple[str, str] | None:
    """Return the group and the rank of an honour that is a rank and no more, else None."""
    if c.kind != "Award":
        return None
    if SEVERAL in c.finders:
        one = next(r for r in _printed(text, known) if r.end == c.end and r.start >= c.start)
        first = next((o for o in found if SEVERAL in o.finders and o.start <= one.row < o.end), c)
        return text[first.start : one.row], one.name
    surface = bare(text[c.start : c.end])
    rank = known.closing.search(surface)
    group = surface[: rank.start()] if rank else ""
    if rank is None or len(group) > LONGEST_GROUP or (group and not group.endswith(known.group)):
        return None
    return None if _contest(surface, c.kind, known) else (group, rank[0])


def _contest(surface: str, kind: str, known: Ranks) -> str:
    """Return the contest in the name of an event or an honour, or nothing: 某某大赛|决赛, 某某大赛|金奖."""
    name = surface if kind == "Event" else ""
    if kind == "Award" and (rank := known.closing.search(surface)):
        name = surface[: rank.start()]
    for part in (name, name.partition(_AND)[0]):
        whole = known.part.sub("", bare(part))
        if len(whole) >= LEAST and whole.endswith(known.contest):
            return whole
    return ""
