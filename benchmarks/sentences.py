"""What the benchmarks share: a sentence as a page with one article, and counts of right, wrong and missed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.extract import Tools, extract
from kg.model import Article, Findings, Page, SourceMap, Span
from kg.model.digest import digest


@dataclass(slots=True)
class Tally:
    """Counts of one class."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, said: set[Any], wanted: set[Any]) -> None:
        """Count what was said against what was wanted."""
        self.right += len(said & wanted)
        self.wrong += len(said - wanted)
        self.missed += len(wanted - said)

    def shown(self) -> str:
        """Return precision, recall and F1 in a row."""
        p = self.right / (self.right + self.wrong or 1)
        r = self.right / (self.right + self.missed or 1)
        f = 2 * p * r / (p + r) if p + r else 0.0
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"P {p:.3f}  R {r:.3f}  F1 {f:.3f}  ({counts})"


def rows(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a file of JSON lines; one that is not there ends the run with a sentence."""
    if not path.exists():
        raise SystemExit(f"{path} is not here; name the file of the data set")
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def page_of(text: str) -> tuple[Page, Article]:
    """Return a text without a headline as the one article of a page."""
    page = Page(digest(text, length=12), "text", text, ())
    article = Article(f"{page.id}-1", page.id, "news", (), (), None, text, Span(0, len(text)), SourceMap(()))
    return page, article


def read(text: str, tools: Tools) -> Findings:
    """Return all that a text says by itself."""
    page, article = page_of(text)
    return extract(page, [article], tools)
