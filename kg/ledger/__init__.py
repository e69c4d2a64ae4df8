"""What a graph was made of, kept beside it, so that a page can come or go without the others being read."""

from kg.ledger.book import (
    Ground,
    Input,
    Totals,
    connected,
    errors,
    forget_inputs,
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
from kg.ledger.excerpt import excerpt
from kg.ledger.growth import change
from kg.ledger.pieces import Pieces
from kg.ledger.tables import FILE, made, opened
from kg.ledger.whole import chosen, quads

__all__ = [
    "FILE",
    "Ground",
    "Input",
    "Pieces",
    "Totals",
    "change",
    "chosen",
    "connected",
    "errors",
    "excerpt",
    "forget_inputs",
    "holdings",
    "inputs",
    "inputs_from",
    "made",
    "opened",
    "quads",
    "read_ground",
    "save_errors",
    "save_ground",
    "save_inputs",
    "source_name",
    "totals",
    "unstated",
]
