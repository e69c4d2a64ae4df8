"""What the lexicon says of posts: their words, what stands before and after them, whose they can be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.extract.claims.grammar import NAME
from kg.lexicon import Lexicon, alternation


@dataclass(frozen=True, slots=True)
class Titles:
    """The tables of posts, compiled.

    Attributes:
        rows: the row of each post without its prefixes.
        ending: what ends like a title; `known` a post of the lexicon with its prefixes, at the end of a text.
        organs: departments that a title names without the body they belong to, the longest first.
        bodies: of a kind of body or a post, how the names of its bodies end, and how they do not.
        former: before a post that ended, the longest first.
        opens: before the posts in brackets after a name: 现任.
        section: a section before a post: 外贸部 in 外贸部经理; `sections` its endings.
        inner: ends the name of a section of the body that its own name opens with.
        departments: sections that are bodies of their own behind a party committee or a government.
        village: posts of the village or community that was named last.
        single: a post that one person holds, so that the next name of a list does not share it.
        small: how places small enough to have named villagers end.
        towns: how places end whose party committee is a 党委; `zones` a 党工委.
        after: a title after a name; `tail` what else belongs to a name.
        lead: what comes before a post that names no body: 63岁的 in 63岁的村民张某.
        joins: between two posts of one person: 兼.
    """

    rows: Mapping[str, Mapping[str, str]]
    ending: re.Pattern[str]
    known: re.Pattern[str]
    organs: tuple[tuple[str, str], ...]
    bodies: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    former: tuple[str, ...]
    opens: re.Pattern[str]
    section: re.Pattern[str]
    sections: tuple[str, ...]
    inner: tuple[str, ...]
    departments: frozenset[str]
    village: frozenset[str]
    single: re.Pattern[str]
    small: tuple[str, ...]
    towns: tuple[str, ...]
    zones: tuple[str, ...]
    after: re.Pattern[str]
    tail: re.Pattern[str]
    lead: re.Pattern[str]
    joins: re.Pattern[str]

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

    def row(self, title: str) -> Mapping[str, str] | None:
        """Return the row of the longest post that a title ends with."""
        for start in range(len(title)):
            if title[start:] in self.rows:
                return self.rows[title[start:]]
        return None

    def bare(self, title: str) -> tuple[str, bool]:
        """Return a title without what says that it is no longer held, and whether that stood there."""
        for word in self.former:
            if title.startswith(word) and len(title) > len(word) + 1:
                return title[len(word) :], True
        return title, False


def titles(lexicon: Lexicon) -> Titles:
    """Compile the tables of posts."""
    rows: dict[str, Mapping[str, str]] = {}
    for row in lexicon.table("posts").rows:
        rows.setdefault(row["word"], row)
    words = alternation(rows)
    prefixes = alternation(w for w in lexicon.words("post_prefixes") if w != "大")
    endings = alternation(lexicon.words("post_endings"))
    organs = tuple((r["word"], r["of"]) for r in lexicon.table("party_organs").rows)
    table = lexicon.table("post_words")
    use = {u: [r["word"] for r in table.where(use=u)] for u in {r["use"] for r in table.rows}}
    return Titles(
        rows,
        re.compile(rf"[^的在了是和与{NAME}]{{0,15}}(?:{endings})\Z"),
        re.compile(rf"(?:{prefixes})*(?:{words})(?:兼(?:{prefixes})*(?:{words}))*\Z"),
        tuple(sorted(organs, key=lambda o: (-len(o[0]), o))),
        {r["of"]: (_cells(r["endings"]), _cells(r["without"])) for r in lexicon.table("post_bodies").rows},
        former=_longest(use["former"]),
        opens=re.compile(f"(?:{alternation(use['opens'])})?"),
        section=re.compile(rf".{{1,8}}(?:{alternation(use['section'])})\Z"),
        sections=_longest(use["section"]),
        inner=_longest(use["inner"]),
        departments=frozenset(use["department"]),
        village=frozenset(use["village"]),
        single=re.compile(rf"(?<!副)(?:{alternation(use['single'])})\Z"),
        small=_longest(use["small"]),
        towns=_longest(use["town"]),
        zones=_longest(use["zone"]),
        after=re.compile(alternation(use["after"])),
        tail=re.compile(
            rf"(?:[（(][^（）()]{{0,40}}[）)])?(?:{alternation(use['tail'])}|一行(?:\d+人)?|等人|等(?=[，出参陪]))?"
        ),
        lead=re.compile(rf".*(?:{alternation(use['ends-lead'])})", re.S),
        joins=re.compile(alternation(use["joins"])),
    )


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda w: (-len(w), w)))


def _cells(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split())
