"""What the lexicon says about the layout of newspaper pages, prepared for use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from kg.errors import LexiconError
from kg.hanzi.fold import fold, simplified
from kg.lexicon import Lexicon
from kg.table import Table

Pattern = re.Pattern[str]
_NAME = re.compile(r"\(\?P<\w+>")  # (?P<year>
_OPENING = 40  # characters that may open a body
_LINE = 200  # lines so long at most are remembered as they are compared


def flat(text: str) -> str:
    """Return a text as the tables are compared with it: folded, in simplified characters, no white space.

    >>> flat("■记 者 张"), flat("本報訊（記者")
    ('■记者张', '本报讯(记者')
    """
    return _flat(text) if len(text) <= _LINE else "".join(fold(simplified(text)).split())


@lru_cache(maxsize=4096)
def _flat(text: str) -> str:
    return "".join(fold(simplified(text)).split())


@dataclass(frozen=True, slots=True)
class Role:
    """A word that says what somebody did: `place` is before, after, alone or from."""

    word: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class Genre:
    """Signs, patterns, roles and words of the tables that `of` reads, ready to be asked."""

    ends: frozenset[str]
    pauses: frozenset[str]
    closers: frozenset[str]
    openers: frozenset[str]
    marks: frozenset[str]
    subheads: tuple[str, ...]
    stories: tuple[str, ...]
    notes: tuple[str, ...]
    captions: tuple[str, ...]
    weather: tuple[str, ...]
    photos: tuple[str, ...]
    roles: tuple[Role, ...]
    running: tuple[str, ...]
    surnames: frozenset[str]
    common_surnames: frozenset[str]
    patterns: Mapping[str, tuple[Pattern, ...]]
    kinds: tuple[tuple[str, str, float], ...]
    weighed: Mapping[str, tuple[tuple[str, float], ...]] = field(init=False, repr=False)  # kinds, by kind
    closing: str = field(init=False, repr=False)  # the closers in one string
    either: Mapping[str, Pattern] = field(init=False, repr=False)  # all patterns of a kind in one
    placed: Mapping[tuple[str, str], Role] = field(init=False, repr=False)  # roles by place and word
    role_words: frozenset[str] = field(init=False, repr=False)
    leading: tuple[Role, ...] = field(init=False, repr=False)  # roles that stand before names, in full
    leading_words: tuple[str, ...] = field(init=False, repr=False)
    from_words: tuple[str, ...] = field(init=False, repr=False)
    telling: Pattern = field(init=False, repr=False)  # what stands in every byline that names a role

    def __post_init__(self) -> None:
        object.__setattr__(self, "closing", "".join(sorted(self.closers)))
        weighed: dict[str, list[tuple[str, float]]] = {}
        for kind, word, weight in self.kinds:
            weighed.setdefault(kind, []).append((word, weight))
        object.__setattr__(self, "weighed", MappingProxyType({k: tuple(w) for k, w in weighed.items()}))
        either = {kind: _either(patterns) for kind, patterns in self.patterns.items()}
        object.__setattr__(self, "either", MappingProxyType(either))
        placed: dict[tuple[str, str], Role] = {}
        for role in self.roles:
            placed.setdefault((role.place, role.word), role)
        object.__setattr__(self, "placed", MappingProxyType(placed))
        leading = tuple(role for role in self.roles if role.place == "before" and len(role.word) >= 2)
        object.__setattr__(self, "leading", leading)
        object.__setattr__(self, "leading_words", tuple(role.word for role in leading))
        object.__setattr__(self, "from_words", tuple(r.word for r in self.roles if r.place == "from"))
        words = {role.word for role in self.roles}
        object.__setattr__(self, "role_words", frozenset(words))
        told = "|".join(re.escape(word.partition("/")[0]) for word in sorted(words))
        object.__setattr__(self, "telling", re.compile(told))

    @classmethod
    def of(cls, lexicon: Lexicon) -> Genre:
        """Return what the tables say; those of the last lexicon are prepared only once.

        Raises:
            LexiconError: a table is missing, a pattern or a weight cannot be read, or a pattern does not
                find its own example.
        """
        for known, genre in _ready:
            if known is lexicon:
                return genre
        genre = cls._prepared(lexicon)
        _ready[:] = [(lexicon, genre)]
        return genre

    @classmethod
    def _prepared(cls, lexicon: Lexicon) -> Genre:
        signs = lexicon.table("layout_signs")

        def of_kind(kind: str) -> tuple[str, ...]:
            return tuple(row["text"] for row in signs.where(kind=kind))

        words = sorted(lexicon.table("bylines").rows, key=lambda row: -len(row["word"]))
        return cls(
            ends=frozenset(of_kind("end")),
            pauses=frozenset(of_kind("pause")),
            closers=frozenset(of_kind("closer")),
            openers=frozenset(of_kind("opener")),
            marks=frozenset(of_kind("byline")),
            subheads=of_kind("subhead"),
            stories=tuple(map(flat, of_kind("story"))),
            notes=tuple(map(flat, of_kind("note"))),
            captions=tuple(map(flat, of_kind("caption"))),
            weather=tuple(map(flat, of_kind("weather"))),
            photos=tuple(map(flat, of_kind("photo"))),
            roles=tuple(
                Role(flat(row["word"]), row["role"], row["place"])
                for row in words
                if row["place"] != "running"
            ),
            running=tuple(flat(row["word"]) for row in words if row["place"] == "running"),
            surnames=frozenset(lexicon.table("surnames").column("word")),
            common_surnames=frozenset(row["word"] for row in lexicon.table("surnames").where(use="common")),
            patterns=_by_kind(_patterns(lexicon.table("layout_patterns"))),
            kinds=tuple(_weights(lexicon.table("layout_kinds"))),
        )

    def find(self, kind: str, text: str) -> re.Match[str] | None:
        """Return the first match of the patterns of a kind in a flat text."""
        patterns = self.patterns.get(kind, ())
        if len(patterns) > 1 and not self.either[kind].search(text):
            return None
        for pattern in patterns:
            if match := pattern.search(text):
                return match
        return None

    def weight(self, kind: str, text: str) -> float:
        """Return how strongly the words of a flat text speak for a kind; each word counts once."""
        return sum([weight for word, weight in self.weighed.get(kind, ()) if word in text])

    def closed(self, text: str) -> bool:
        """Say whether a text ends where a sentence ends: a closing mark may follow the end sign."""
        rest = text.rstrip()
        bare = rest.rstrip(self.closing)
        return bare[-1:] in self.ends if bare else False

    def opens_story(self, text: str) -> bool:
        """Say whether a text begins like the body of an article."""
        start = flat(text[:_OPENING])
        return start.startswith(self.stories) or self.find("story", start) is not None

    def opens_note(self, text: str) -> bool:
        """Say whether a text begins like an editor's note."""
        return flat(text[:_OPENING]).startswith(self.notes)

    def opens_caption(self, text: str) -> bool:
        """Say whether a text begins like the words under a photo: with a day or a word for one."""
        return flat(text).startswith(self.captions) or self.find("day", flat(text)) is not None


_ready: list[tuple[Lexicon, Genre]] = []


def _by_kind(patterns: Iterable[tuple[str, Pattern]]) -> Mapping[str, tuple[Pattern, ...]]:
    result: dict[str, tuple[Pattern, ...]] = {}
    for kind, pattern in patterns:
        result[kind] = (*result.get(kind, ()), pattern)
    return MappingProxyType(result)


def _patterns(table: Table) -> list[tuple[str, Pattern]]:
    patterns: list[tuple[str, Pattern]] = []
    for row in table.rows:
        try:
            pattern = re.compile(row["pattern"], re.IGNORECASE)
        except re.error as error:
            raise LexiconError(
                f"{table.name}.tsv", f"{row['pattern']!r} is no regular expression ({error})"
            ) from error
        if not pattern.search(flat(row["example"])):
            raise LexiconError(
                f"{table.name}.tsv",
                f"{row['pattern']!r} does not find its example {row['example']!r}",
                remedy="write it for folded text without white space",
            )
        patterns.append((row["kind"], pattern))
    return patterns


def _either(patterns: Iterable[Pattern]) -> Pattern:
    """Return one pattern that finds something where any of some patterns does."""
    bare = (_NAME.sub("(", pattern.pattern) for pattern in patterns)
    return re.compile("|".join(f"(?:{pattern})" for pattern in bare), re.IGNORECASE)


def _weights(table: Table) -> list[tuple[str, str, float]]:
    weights: list[tuple[str, str, float]] = []
    for row in table.rows:
        try:
            weights.append((row["kind"], flat(row["word"]), float(row["weight"])))
        except ValueError as error:
            raise LexiconError(f"{table.name}.tsv", f"weight {row['weight']!r} is no number") from error
    return weights
