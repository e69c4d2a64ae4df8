"""The network page of a graph, drawn while its text is still sorted and written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from kg import cache, ledger
from kg.ledger import Pieces, Said


@dataclass(frozen=True, slots=True)
class Picture:
    """What to draw: where a ledger lies that was just made and nobody writes, and where pages are kept."""

    fresh: Path
    out: Path


def draw(picture: Picture, pieces: Pieces) -> None:
    """Write the page beside the ledger.

    Raises:
        StoreError: what the pages say is not kept.
    """
    from kg.publish import view  # late: it imports networkx and pyvis

    fresh, out = picture.fresh, picture.out
    with ledger.looked_at(fresh) as base, cache.opened(out, write=False) as kept:
        said, chosen = Said(kept, out, pieces, ""), dict(ledger.chosen(base))
        part = ledger.excerpt(base, chosen, lambda page: said.printed(chosen[page]))
        totals = ledger.totals(base)
    whole = (len(part.entities), len(part.facts)) == (totals.entities, totals.facts)
    counts = {name: number for name, number in asdict(totals).items() if name != "unsure"}
    page = view(part, pieces.ontology, total=None if whole else counts)
    (fresh / "index.html").write_bytes(page.encode())
