"""What a graph was made of, kept beside it, so that a page can come or go without the others being read."""

from kg.ledger.book import (
    Ground,
    Input,
    Totals,
    errors,
    forget_inputs,
    inputs,
    read_ground,
    record,
    save_errors,
    save_ground,
    save_inputs,
    source_name,
    totals,
    unstated,
)
from kg.ledger.growth import change
from kg.ledger.pieces import Pieces
from kg.ledger.tables import made, opened

__all__ = [
    "Ground",
    "Input",
    "Pieces",
    "Totals",
    "change",
    "errors",
    "forget_inputs",
    "inputs",
    "made",
    "opened",
    "read_ground",
    "record",
    "save_errors",
    "save_ground",
    "save_inputs",
    "source_name",
    "totals",
    "unstated",
]
