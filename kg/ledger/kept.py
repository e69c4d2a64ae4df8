"""What pages say, as the folder of a graph keeps it, for who makes that graph."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.cache import Cache
from kg.errors import StoreError
from kg.ledger.drafts import Draft, draft, unpack
from kg.ledger.pieces import Pieces
from kg.model import Findings


@dataclass(frozen=True)
class Said:
    """What pages say, as it is kept in a graph's folder.

    Attributes:
        kept: where that is.
        out: the folder.
        pieces: makes drafts that are not kept.
        mark: what drafts depend on.
    """

    kept: Cache
    out: Path
    pieces: Pieces
    mark: str

    def draft(self, key: str) -> Draft:
        """Return the draft of a page."""
        data = self.kept.draft(key, self.mark)
        if data is not None:
            with suppress(ValueError):
                return unpack(data)
        return draft(self._sure(self.kept.get(key)), self.pieces)

    def printed(self, key: str) -> Findings:
        """Return a page, without its lines, and its articles."""
        return self._sure(self.kept.printed(key))

    def _sure(self, found: Findings | None) -> Findings:
        if found is None:
            raise StoreError(
                f"{self.out}: the graph cannot be written (what a page says could not be kept there)"
            )
        return found
