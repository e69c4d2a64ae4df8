"""How much of a page's time goes into reading and layout, and how much into extraction.

    .venv/bin/python benchmarks/reading.py [--rounds 3] [PATH...]

The pages are those of seeds/pages and some of the tests' own composer, or else the PATHs. The times of
one run are compared with each other; the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "layout"))

from compose import bodies_first, clean_page, heads_behind, interleaved  # noqa: E402
from written import PIECES  # noqa: E402

from kg.config import Settings  # noqa: E402
from kg.extract import Tools, extract  # noqa: E402
from kg.layout import date_page, segment  # noqa: E402
from kg.model import Page  # noqa: E402
from kg.read import find, read_pages  # noqa: E402
from kg.workers import equip  # noqa: E402

COMPOSED = 6
"""Pages of each way to compose one."""


@dataclass(slots=True)
class Spent:
    """The best seconds of each stage for one page."""

    name: str
    characters: int
    read: float = 1e9
    layout: float = 1e9
    extract: float = 1e9

    @property
    def ratio(self) -> float:
        """How many times as long as reading and layout extraction takes."""
        return self.extract / (self.read + self.layout)


def main() -> None:
    """Time the stages page by page and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="PATH")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    tools = equip(Settings())
    with tempfile.TemporaryDirectory() as folder:
        compose(Path(folder))
        rows = measure(given.paths or [str(ROOT / "seeds" / "pages"), folder], tools, given.rounds)
    print(f"{'page':34}{'characters':>11}{'read ms':>9}{'layout ms':>11}{'extract ms':>12}{'ratio':>8}")
    for row in rows:
        show(row)
    show(total(rows, "all"))


def compose(folder: Path) -> None:
    """Write pages of every way to compose one."""
    rng = random.Random(7)
    for number in range(COMPOSED):
        pieces = rng.sample(PIECES, min(5, len(PIECES)))
        pages = {
            "clean": clean_page(pieces),
            "heads-behind": heads_behind(pieces, rng),
            "doubled": heads_behind(pieces, rng, doubled=True),
            "bodies-first": bodies_first(pieces, rng),
            "interleaved": interleaved(pieces[0], rng, rng.randint(12, 20), zones=2)[0],
        }
        for name, text in pages.items():
            (folder / f"{name}-{number}.txt").write_text(text, "utf-8")


def measure(paths: list[str], tools: Tools, rounds: int) -> list[Spent]:
    """Return the best times of each page in some rounds."""
    sources, errors = find(paths)
    if errors:
        raise errors[0]
    spent: dict[str, Spent] = {}
    for _ in range(rounds):
        for source in sources:
            started = process_time()
            pages = [page for page in read_pages(source, tools.lexicon) if isinstance(page, Page)]
            reading = (process_time() - started) / max(1, len(pages))
            for page in pages:
                row = spent.setdefault(page.source, Spent(page.source, len(page.text)))
                started = process_time()
                dated = date_page(page, tools.lexicon)
                articles = segment(dated, tools.lexicon)
                laid = process_time()
                extract(dated, articles, tools)
                ended = process_time()
                row.read = min(row.read, reading)
                row.layout = min(row.layout, laid - started)
                row.extract = min(row.extract, ended - laid)
    return list(spent.values())


def total(rows: list[Spent], name: str) -> Spent:
    """Return the sum of some pages."""
    return Spent(
        name,
        sum(row.characters for row in rows),
        sum(row.read for row in rows),
        sum(row.layout for row in rows),
        sum(row.extract for row in rows),
    )


def show(row: Spent) -> None:
    """Print one row."""
    times = f"{row.read * 1e3:9.1f}{row.layout * 1e3:11.1f}{row.extract * 1e3:12.1f}"
    print(f"{row.name[:33]:34}{row.characters:11,}{times}{row.ratio:8.1f}")


if __name__ == "__main__":
    main()
