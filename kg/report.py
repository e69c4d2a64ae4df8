"""What became of every input: `report.json`, without times or other things that differ from run to run."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from operator import attrgetter
from typing import Any

from kg import ledger
from kg.cache import jot, read
from kg.config import Settings, packed
from kg.errors import InputError, KgError
from kg.ledger import Input
from kg.model import Findings, Status

_LOST = '"facts": %s}}'
_NONE_LOST = _LOST % {}
"""How the row of an input ends: what became no fact is only known when all pages are there."""
_WHY = {
    "unsure": "less sure than asked for",
    "itself": "both ends are one entity",
    "decided": "against what people decided",
}
"""Why claims became no fact of the graph, as the ledger says it and as the report does."""
_DOUBTFUL = 0.9  # a byline that is less sure is named
_FIGURES = re.compile(r"(\d+)")  # a.pdf#page=12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    Attributes:
        source: the file or path, as the user named it.
        findings: what the page says, where they are handed on; None when it could not be used.
        packed: the same as bytes (`kg.cache.encode`), where these are handed on instead.
        entry: how the input is written down, where neither is at hand.
        said: how many articles and claims the page has.
        draft: what was made of the findings for a graph, as head and bytes, where these are handed on.
        error: why it could not be used.
        repeats: the source with the very same text that stands for it.
        key: what the findings are kept by, when they are.
        kept: whether they were found there, and not made.
        page: the id of the page, when it could be read.
    """

    source: str
    findings: Findings | None
    error: KgError | None = None
    repeats: str | None = None
    key: str | None = None
    kept: bool = False
    page: str | None = None
    packed: bytes | None = None
    entry: Input | None = None
    said: tuple[int, int] = (0, 0)
    draft: tuple[bytes, bytes] | None = None


def counted(outcome: Outcome) -> Outcome:
    """Return an outcome with all that is asked of findings by those who do not hold them."""
    found = outcome.findings
    if found is None:
        return outcome
    return replace(outcome, page=found.page.id, entry=entered(outcome), said=sizes(outcome))


def sizes(outcome: Outcome) -> tuple[int, int]:
    """Return how many articles and claims a page has."""
    found = outcome.findings
    return outcome.said if found is None else (len(found.articles), len(found.claims))


def titled(outcome: Outcome) -> bytes:
    """Return all that is asked of a `counted` outcome, to be kept as the head of a draft."""
    assert outcome.entry is not None  # noqa: S101 - it is counted
    return jot(Head(outcome.entry.page, outcome.entry.row, outcome.said))


def of_head(data: bytes, source: str, key: str) -> Outcome:
    """Return the outcome of an input of which everything is kept, by the head of its draft.

    Raises:
        ValueError: that is damaged.
    """
    head = read(data, Head)
    entry = Input(ledger.source_name(source), key, head.page, head.row)
    return Outcome(source, None, key=key, kept=True, page=head.page, entry=entry, said=head.said)


@dataclass(frozen=True, slots=True)
class Head:
    """What is asked of a page that is kept: its id, the report's row, its articles and claims by number."""

    page: str
    row: str
    said: tuple[int, int]


def light(outcome: Outcome) -> Outcome:
    """Return an outcome without its findings."""
    page = outcome.page if outcome.findings is None else outcome.findings.page.id
    return replace(outcome, findings=None, packed=None, entry=None, draft=None, page=page)


def with_repeats(outcomes: Sequence[Outcome], chosen: Mapping[str, str]) -> tuple[Outcome, ...]:
    """Return the outcomes, of pages with the same text saying which source stands for them.

    Args:
        chosen: for every page what the findings of the input that stands for it are kept by.
    """
    sources = {outcome.key: outcome.source for outcome in outcomes}
    return tuple(
        outcome
        if outcome.page is None or chosen[outcome.page] == outcome.key
        else replace(outcome, repeats=sources[chosen[outcome.page]])
        for outcome in outcomes
    )


def entered(outcome: Outcome) -> Input:
    """Return an input as the ledger holds it.

    Raises:
        ValueError: it could not be used.
    """
    if outcome.entry is not None:
        return outcome.entry
    if outcome.findings is None:
        raise ValueError(outcome.source)
    row = json.dumps(_page(outcome.source, outcome.findings), ensure_ascii=False)
    page = outcome.findings.page.id
    return Input(ledger.source_name(outcome.source), outcome.key or "", page, row)


def refused(outcomes: Iterable[Outcome]) -> dict[bytes, str]:
    """Return what could not be used, as the ledger holds it."""
    return {
        ledger.source_name(o.source): json.dumps(_error(o.source, o.error), ensure_ascii=False)
        for o in outcomes
        if o.error is not None
    }


def summarize(base: Any, settings: Settings, stale: Collection[str] = ()) -> bytes:
    """Return the report: settings, totals, files that are older than the graph, a line a page, the errors.

    Args:
        base: the ledger.
        stale: names of files beside the graph.
    """
    totals = asdict(ledger.totals(base))
    head = {"settings": _settings(settings), "totals": totals}
    pages = list(_pages(base))
    errors = [(source, row) for source, row in ledger.errors(base)]
    parts = [
        json.dumps(head, ensure_ascii=False, indent=1)[:-2],
        f' "stale": {json.dumps(sorted(stale))}',
        f' "pages": {_listed(pages)}',
        f' "errors": {_listed(errors)}\n}}\n',
    ]
    return ",\n".join(parts).encode("utf-8", "backslashreplace")


def _pages(base: Any) -> Iterable[tuple[bytes, str]]:
    unstated = ledger.unstated(base)
    stands: dict[str, bytes] = {}
    for one in ledger.inputs(base):
        if one.page in stands:
            said = f"the same text as {stands[one.page].decode('utf-8', 'replace')}"
            name = one.source.decode("utf-8", "backslashreplace")
            yield one.source, json.dumps({"source": name, "dropped": said}, ensure_ascii=False)
        else:
            row = one.row
            if one.page in unstated:
                lost = {_WHY[why]: count for why, count in unstated[one.page]}
                row = f"{row.removesuffix(_NONE_LOST)}{_LOST % json.dumps(lost)}"
            yield one.source, row
        stands.setdefault(one.page, one.source)


def _listed(rows: Iterable[tuple[bytes, str]]) -> str:
    ordered = sorted(rows, key=lambda row: (_natural(row[0]), row[1]))
    return "[" + ",".join(f"\n  {row}" for _, row in ordered) + ("\n ]" if ordered else "]")


def _natural(source: bytes) -> list[tuple[int, str]]:
    """Return what sorts page 9 before page 10."""
    parts = _FIGURES.split(source.decode("utf-8", "replace"))
    return [(int(part), part) if n % 2 else (0, part) for n, part in enumerate(parts)]


def _page(source: str, found: Findings) -> dict[str, Any]:
    status = Counter(claim.status for claim in found.claims)
    page = found.page
    return {
        "source": source,
        "id": page.id,
        "encoding": page.encoding,
        "address": page.address,
        "newspaper": page.newspaper,
        "number": page.number,
        "date": None if page.date is None else page.date.period.shown,
        "date_evidence": None if page.date is None else page.date.evidence,
        "characters": len(page.text),
        "articles": dict(sorted(Counter(a.kind for a in found.articles).items())),
        "bylines": {
            "people": sum(len(a.byline) for a in found.articles),
            "doubtful": {a.id: a.confidence for a in found.articles if a.confidence < _DOUBTFUL},
        },
        "entities": len(found.entities),
        "claims": {s.value: status[s] for s in Status},
        "dropped": {"characters": _left_out(found), "facts": {}},
    }


def _left_out(found: Findings) -> dict[str, int]:
    """Return how many characters of a page stand in no article, by what they are."""
    text, parts, at = found.page.text, [], 0
    for segment in sorted((s for a in found.articles for s in a.source_map.segments), key=attrgetter("page")):
        parts.append(text[at : segment.page])
        at = max(at, segment.page + segment.length)
    rest = "".join([*parts, text[at:]])
    letters = len("".join(rest.split()))
    return {"in no article": letters, "white space": len(rest) - letters}


def _error(source: str, error: KgError | None) -> dict[str, Any]:
    if isinstance(error, InputError):
        return {"source": error.source, "where": error.where, "what": error.what, "remedy": error.remedy}
    return {"source": source, "where": None, "what": str(error), "remedy": None}


def _settings(settings: Settings) -> dict[str, Any]:
    shipped = {packed("ontology"), packed("lexicon")}
    return {
        "base": settings.base,
        "city": settings.city,
        "ontology": "shipped" if settings.ontology in shipped else settings.ontology.as_posix(),
        "lexicon": ["shipped" if f in shipped else f.as_posix() for f in settings.lexicon],
        "decisions": settings.decisions.as_posix(),
        "min_confidence": settings.min_confidence,
        "model": "shipped" if settings.model is None else settings.model.as_posix(),
        "reading": asdict(settings.reading),
    }
