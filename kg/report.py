"""What became of every input: `report.json`, without times or other things that differ from run to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from kg.config import Settings, packed
from kg.errors import InputError, KgError
from kg.model import Findings, Graph, Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    Attributes:
        source: the file or path, as the user named it.
        findings: what the page says, or None when it could not be used or repeats another.
        error: why it could not be used.
        repeats: the source with the very same text that stands for it.
        key: what the findings are kept by, when they are.
        kept: whether they were found there, and not made.
    """

    source: str
    findings: Findings | None
    error: KgError | None = None
    repeats: str | None = None
    key: str | None = None
    kept: bool = False


def without_repeats(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Return the outcomes, of pages with the same text only the first with its findings."""
    first: dict[str, str] = {}
    out = []
    for outcome in outcomes:
        page = None if outcome.findings is None else outcome.findings.page.id
        if page is None or page not in first:
            out.append(outcome)
        else:
            out.append(Outcome(outcome.source, None, None, first[page]))
        if page is not None:
            first.setdefault(page, outcome.source)
    return tuple(out)


def summarize(outcomes: Iterable[Outcome], graph: Graph, settings: Settings) -> dict[str, Any]:
    """Return the report as plain JSON values: settings, totals, a row a page, the errors."""
    rows, errors = [], []
    for outcome in outcomes:
        if outcome.error is not None:
            errors.append(_error(outcome.source, outcome.error))
        else:
            rows.append(_page(outcome))
    return {
        "settings": _settings(settings),
        "totals": {
            "pages": len(graph.pages),
            "articles": len(graph.articles),
            "entities": len(graph.entities),
            "facts": len(graph.facts),
        },
        "pages": rows,
        "errors": errors,
    }


def _page(outcome: Outcome) -> dict[str, Any]:
    found = outcome.findings
    if found is None:
        return {"source": outcome.source, "dropped": f"the same text as {outcome.repeats}"}
    status = Counter(claim.status for claim in found.claims)
    return {
        "source": outcome.source,
        "id": found.page.id,
        "encoding": found.page.encoding,
        "address": found.page.address,
        "newspaper": found.page.newspaper,
        "number": found.page.number,
        "date": None if found.page.date is None else found.page.date.period.shown,
        "date_evidence": None if found.page.date is None else found.page.date.evidence,
        "articles": dict(sorted(Counter(a.kind for a in found.articles).items())),
        "entities": len(found.entities),
        "claims": {s.value: status[s] for s in Status},
    }


def _error(source: str, error: KgError) -> dict[str, Any]:
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
        "reading": asdict(settings.reading),
    }
