"""Former names as facts: of two names of one thing beside each other, which is the old one and until when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.dated import Placed, in_order
from kg.hanzi.calendar import Calendar
from kg.lexicon import Lexicon, alternation
from kg.model import SINCE_EVER, Article, Claim, Evidence, Literal, LocalEntity, Mention, Span, Status, When

FORMER = "formerName"
FINDER = "renamed"
SURE = 0.8
"""As sure as a row of frames that is seldom wrong; annotations have too few to count."""
_FAR = 40
"""Code points between two names of one thing, at most: 甲公司（以下简称甲）于2021年3月正式更名为|乙公司."""
_STOP = re.compile(r"[。！？!?\n]")
_FOUNDED = r"(?:[^，。；：、“”（）]{1,12}的)?"
"""What may stand before a former name: 前身是|1985年创办的|某某厂."""
_QUOTE = r"[“‘\"]?\Z"


@dataclass(frozen=True, slots=True)
class Renaming:
    """Words before another name: `new` and `former` match what ends with one; `act` matches a renaming."""

    new: re.Pattern[str]
    former: re.Pattern[str]
    act: re.Pattern[str]


def renaming(lexicon: Lexicon) -> Renaming:
    """Prepare the table of words.

    Raises:
        LexiconError: there is no such table, or it lacks a column.
    """
    words: dict[str, list[str]] = {"new": [], "former": []}
    for row in lexicon.table("renamed").rows:
        words.setdefault(row["behind"], []).append(row["word"])
    acts = {word.removesuffix("为") for word in words["new"] if len(word) > 2}

    def either(some: Iterable[str], tail: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{alternation(some)}){tail}")

    return Renaming(
        either(words["new"], _QUOTE), either(words["former"], _FOUNDED + _QUOTE), either(acts, "")
    )


def find_renamings(
    entities: Iterable[LocalEntity],
    articles: Sequence[Article],
    kinds: frozenset[str],
    known: Calendar,
    words: Renaming,
) -> tuple[Claim, ...]:
    """Return what the articles say of former names, sorted by place.

    Args:
        entities: of one page; a thing that was renamed has both names.
        kinds: the classes whose things have former names.
    """
    by_id = {article.id: article for article in articles}
    placed: dict[str, Sequence[Placed]] = {}
    claims = []
    for entity in entities:
        if entity.key.kind not in kinds:
            continue
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in entity.mentions:
            mentions[mention.article].append(mention)
        for id_, some in mentions.items():
            if id_ not in by_id:
                continue
            text = by_id[id_].text
            for a, b in pairwise(sorted(some, key=lambda m: m.span)):
                old = _old(a, b, text, words)
                if old is None:
                    continue
                if id_ not in placed:
                    placed[id_] = in_order(by_id[id_], known)
                evidence = Evidence(id_, Span(a.span.start, b.span.end), FINDER, SURE)
                until = _until(evidence.span, text, placed[id_], words)
                claims.append(Claim(entity.key, FORMER, Literal(old), (), Status.ASSERTED, evidence, until))
    return tuple(sorted(claims, key=lambda claim: (claim.evidence, claim.subject)))


def without_starts(claims: Iterable[Claim], renamings: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims but for those that take the day of a renaming for one of something else."""
    days = {(one.subject, one.valid.evidence) for one in renamings if one.valid is not None}
    for claim in claims:
        if not isinstance(claim.object, Literal) or (claim.subject, claim.object.text) not in days:
            yield claim


def _old(a: Mention, b: Mention, text: str, words: Renaming) -> str | None:
    """Return which of two names is the former one, when the words between them say so."""
    between = text[a.span.end : b.span.start]
    if a.surface == b.surface or a.span.end > b.span.start or len(between) > _FAR or _STOP.search(between):
        return None
    if words.new.search(between):
        return a.surface
    return b.surface if words.former.search(between) else None


def _until(said: Span, text: str, found: Sequence[Placed], words: Renaming) -> When | None:
    """Return the time until which the old name held: the last date before the words of renaming."""
    start = max((m.end() for m in _STOP.finditer(text, 0, said.start)), default=0)
    stop = _STOP.search(text, said.end)
    end = stop.start() if stop else len(text)
    for act in words.act.finditer(text, start, end):
        before = [
            (date, when)
            for date, when in found
            if start <= date.start and date.end <= act.start() and act.start() - date.end <= _FAR
        ]
        date, when = before[-1] if before else (None, None)
        if date is not None and when is not None:
            return When(SINCE_EVER, when.end, text[date.start : date.end])
    return None
