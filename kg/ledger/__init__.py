"""What a graph was made of, kept beside it, so that a page can come or go without the others being read."""

from kg.ledger.book import (
    Ground,
    Input,
    Totals,
    connected,
    errors,
    forget_inputs,
    ground,
    holdings,
    inputs,
    inputs_from,
    read_ground,
    save_errors,
    save_ground,
    save_inputs,
    source_name,
    totals,
    unstated,
)
from kg.ledger.drafts import Draft, draft, drafted, pack
from kg.ledger.excerpt import excerpt
from kg.ledger.growth import change
from kg.ledger.kept import Said
from kg.ledger.pieces import Pieces
from kg.ledger.tables import FILE, looked_at, made, opened
from kg.ledger.whole import chosen, lines

__all__ = [
    "FILE",
    "Draft",
    "Ground",
    "Input",
    "Pieces",
    "Said",
    "Totals",
    "change",
    "chosen",
    "connected",
    "draft",
    "drafted",
    "errors",
    "excerpt",
    "forget_inputs",
    "ground",
    "holdings",
    "inputs",
    "inputs_from",
    "lines",
    "looked_at",
    "made",
    "opened",
    "pack",
    "read_ground",
    "save_errors",
    "save_ground",
    "save_inputs",
    "source_name",
    "totals",
    "unstated",
]
