"""A graph that is there is changed in place: pages come and go, people decide."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg import cache, decisions, ledger, rdf, report
from kg.config import Settings
from kg.decisions import Decision
from kg.errors import InputError, KgError, ReadError, StoreError
from kg.ledger import Ground, Input, Pieces, Totals
from kg.model import Decisions, Findings, LocalKey
from kg.pipeline import Watch, kept_pages, put
from kg.rdf import Before, Patch
from kg.report import Outcome
from kg.workers.circles import uncollected


@dataclass(frozen=True, slots=True)
class Changed:
    """A graph that was changed: where it lies, what it holds now, and what became of every input."""

    out: Path
    totals: Totals
    outcomes: tuple[Outcome, ...] = ()
    removed: tuple[Input, ...] = ()

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """Return the inputs that gave nothing."""
        return tuple(o for o in self.outcomes if o.error is not None)


def add(
    paths: Sequence[str],
    settings: Settings,
    out: Path,
    *,
    jobs: int | None = None,
    watch: Watch | None = None,
) -> Changed:
    """Add pages to the graph in `out`; the others are not read again, and what they say is not either.

    The graph is afterwards what a build of all its pages gives. A page that is there already stays as it is.

    Raises:
        ReadError: no page could be read; nothing was changed.
        DecisionError: the file of decisions is malformed or contradicts itself.
        KgError: there is no graph in `out`, it was built with other settings or another version, it cannot be
            written, or another process is writing it.
    """
    watch = watch or Watch()
    rdf.open_dataset(out)
    with rdf.alone(out):
        came = tuple(kept_pages(paths, settings, out, jobs, watch))
        if not any(o.error is None for o in came):
            raise ReadError(", ".join(paths), "no page could be read", remedy="nothing was changed")
        watch.stage("write")
        change = Change(settings, _pieces(settings), came)
        return replace(change.carry_out(out), outcomes=came)


def remove(names: Sequence[str], settings: Settings, out: Path) -> Changed:
    """Take pages out of the graph in `out`, and out of all that is kept of them there.

    Args:
        names: ids of pages, or sources as `kg stats --pages` names them. A source takes its page with it
            unless the same text came from another source too.

    Raises:
        InputError: there is no such page, or several pages have the source; nothing was changed.
        KgError: as for `add`.
    """
    rdf.open_dataset(out)
    with rdf.alone(out):
        change = Change(settings, _pieces(settings), (), names)
        done = change.carry_out(out)
        with cache.opened(out, write=True) as kept:
            kept.drop({one.found for one in done.removed})
        return done


def decide(new: Sequence[Decision], settings: Settings, out: Path) -> Changed:
    """Write decisions into the file of the settings, and change the graph in `out` accordingly.

    Raises:
        DecisionError: one contradicts what was decided before; nothing was changed.
        KgError: as for `add`.
    """
    file = settings.decisions
    rdf.open_dataset(out)
    with rdf.alone(out):
        known = {decisions.line(one) for one in _every(decisions.load(settings))}
        lines = [line for line in dict.fromkeys(map(decisions.line, new)) if line not in known]
        before = file.read_bytes() if file.exists() else None
        head = decisions.text([]) if before is None else before
        end = b"" if head.endswith(b"\n") else b"\n"
        put(file, head + end + "".join(f"{line}\n" for line in lines).encode())
        try:
            return Change(settings, _pieces(settings)).carry_out(out)
        except KgError:
            if before is None:
                file.unlink()
            else:
                put(file, before)
            raise


def redo(settings: Settings, out: Path) -> Changed:
    """Change the graph in `out` to what the file of decisions says now.

    Raises:
        KgError: as for `add`.
    """
    rdf.open_dataset(out)
    with rdf.alone(out):
        return Change(settings, _pieces(settings)).carry_out(out)


class Change:
    """One change of a graph: inputs that come, names of pages that go, decisions that hold from now on."""

    def __init__(
        self,
        settings: Settings,
        pieces: Pieces,
        came: Sequence[Outcome] = (),
        gone: Sequence[str] = (),
    ) -> None:
        self.settings = settings
        self.pieces = pieces
        self.came = came
        self.gone = gone
        self.removed: tuple[Input, ...] = ()
        self.totals = Totals(0, 0, 0, 0)

    def carry_out(self, out: Path) -> Changed:
        """Change the graph, its ledger and its report together."""
        self.out = out
        with uncollected():
            rdf.patch(out, self.settings.base, self._steps, self._report)
        return Changed(out, self.totals, removed=self.removed)

    def _steps(self, folder: Path, old: Before) -> Iterator[Patch]:
        with ledger.opened(folder, self.out) as base:
            was = ledger.read_ground(base)
            self._stand_on(was)
            leave, enter = self._inputs(base)
            touched = _touched(was.decisions, self.pieces.decisions)
            yield ledger.change(base, self.pieces, old, leave=leave, touched=touched)
            if enter:
                yield ledger.change(base, self.pieces, old, enter=enter)
            ledger.save_errors(base, report.refused(self.came))
            ledger.save_ground(base, replace(was, decisions=self.pieces.decisions))

    def _stand_on(self, was: Ground) -> None:
        """Take over what settings say nothing of where no page comes; what they say must be what it was.

        Raises:
            StoreError: it is not.
        """
        folder = None if was.folder is None else Path(was.folder)
        if not self.came:
            self.settings = replace(self.settings, city=was.city, model=folder, min_confidence=was.least)
            self.pieces.city, self.pieces.least = was.city, was.least
        now = ledger.ground(self.settings, self.pieces.decisions)
        other = "other settings, another ontology or lexicon, or another version of kg"
        if now.mark != was.mark or now.city != was.city:
            raise StoreError(f"{self.out}: the graph was built with {other}; run kg build")
        if now.least != was.least:
            what = f"the graph was built with --min-confidence {was.least:g}; add with that, or run kg build"
            raise StoreError(f"{self.out}: {what}")
        if self.came and now.model != was.model:
            known = "the shipped model" if folder is None else f"the model {folder} as it was then"
            raise StoreError(f"{self.out}: the graph was built with {known}; add with that, or run kg build")
        self.settings = replace(self.settings, model=folder)

    def _inputs(self, base: sqlite3.Connection) -> tuple[list[str], list[Findings]]:
        """Write down what comes and goes; return the pages that leave, and the findings that enter."""
        self.removed = tuple(_named(base, self.gone))
        came = {report.entered(o): o for o in self.came if o.error is None}
        pages = {one.page for one in (*self.removed, *came)}
        before = {page: _first(ledger.inputs(base, page)) for page in pages}
        ledger.forget_inputs(base, self.removed)
        ledger.save_inputs(base, came)
        after = {page: _first(ledger.inputs(base, page)) for page in pages}
        moved = sorted(page for page in pages if _differ(before[page], after[page]))
        enter = [self._findings(one, came) for page in moved if (one := after[page]) is not None]
        return [page for page in moved if before[page] is not None], enter

    def _findings(self, one: Input, came: Mapping[Input, Outcome]) -> Findings:
        for other, outcome in came.items():
            if (other.source, other.found) == (one.source, one.found):
                if outcome.findings is not None:
                    return outcome.findings
                if outcome.packed is not None:
                    return cache.decode(outcome.packed, Findings)
        with cache.opened(self.out, write=False) as kept:
            known = kept.get(one.found)
        if known is None:
            raise StoreError(f"{self.out}: what a page says is not kept any more; run kg build")
        return known

    def _report(self, folder: Path) -> Mapping[str, bytes]:
        with ledger.opened(folder, self.out) as base:
            self.totals = ledger.totals(base)
            return {rdf.REPORT: report.summarize(base, self.settings, rdf.WRITTEN)}


def _pieces(settings: Settings) -> Pieces:
    return Pieces(settings, decisions.load(settings))


def _first(inputs: Sequence[Input]) -> Input | None:
    return inputs[0] if inputs else None


def _differ(before: Input | None, after: Input | None) -> bool:
    if before is None or after is None:
        return before is not after
    return (before.source, before.found) != (after.source, after.found)


def _named(base: sqlite3.Connection, names: Collection[str]) -> Iterator[Input]:
    """Yield what was read of the pages that are named.

    Raises:
        InputError: nothing is called so, or several pages are.
    """
    for name in names:
        found = ledger.inputs(base, name) or ledger.inputs_from(base, name)
        if not found:
            raise InputError(name, "no page of the graph", remedy="kg stats --pages lists them")
        pages = sorted({one.page for one in found})
        if len(pages) > 1:
            raise InputError(name, f"several pages: {', '.join(pages)}", remedy="give the id of one")
        yield from found


def _every(decided: Decisions) -> list[Decision]:
    return [
        *decided.same,
        *decided.different,
        *decided.alone,
        *decided.named,
        *decided.typed,
        *decided.rejected,
    ]


def _touched(old: Decisions, new: Decisions) -> set[LocalKey]:
    """Return the keys of which one says what the other does not, or in another order."""
    lines = [[(decisions.line(one), one) for one in _every(decided)] for decided in (old, new)]
    if lines[0] == lines[1]:
        return set()
    return {key for both in lines for _, one in both for key in _keys(one)}


def _keys(one: Decision) -> Iterator[LocalKey]:
    for name in ("a", "b", "key", "subject", "object"):
        key = getattr(one, name, None)
        if isinstance(key, LocalKey):
            yield key
