"""How surely the articles of composed pages come back: articles, headlines and bylines by kind of page.

    .venv/bin/python benchmarks/composed.py [--pages 40] [--seed 1] [--writers w1,w2]

Each page is set from articles of training/corpus and damaged the way one of five kinds of printed pages is:
wrapped (bylines before the bodies, headlines behind them), overprinted (bylines torn off and heaped up,
captions printed many times over), bodies-first (no bylines, headlines at the end), interleaved (two or three
columns run into each other), rough (up to four such columns of other widths, characters misread and lost) and
clean. Cells are precision / recall / F1; on interleaved pages also the share
of line joins that are right.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "layout"))

from compose import Piece, Sheet, sheet_of  # noqa: E402

from kg.config import packed  # noqa: E402
from kg.layout import segment  # noqa: E402
from kg.lexicon import Lexicon, load  # noqa: E402
from kg.read import page_of  # noqa: E402

KINDS = ("wrapped", "overprinted", "bodies-first", "interleaved", "rough", "clean")
Counts = dict[str, Counter[str]]


def main() -> None:
    """Compose, read and compare pages, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=40, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writers", default="w13,w14")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--show", help="print what is wrong on pages of this kind")
    given = parser.parse_args()
    words = load([packed("lexicon")])
    pieces = [piece for name in given.writers.split(",") for piece in articles_of(name)]
    print(f"{'kind':14}{'articles':>20}{'headlines':>20}{'bylines':>20}{'joins':>8}")
    for kind in given.kinds.split(","):
        counts: Counts = {name: Counter() for name in ("article", "headline", "byline", "join")}
        for number in range(given.pages):
            rng = random.Random(f"{given.seed} {kind} {number}")
            sheet = sheet_of(kind, rng.sample(pieces, rng.randint(3, 7)), rng)
            compare(sheet, words, counts, print if given.show == kind else None)
        cells = "".join(f"{figures(counts[name]):>20}" for name in ("article", "headline", "byline"))
        joins = counts["join"]
        print(f"{kind:14}{cells}" + (f"{joins['hit'] / joins['gold']:8.3f}" if joins["gold"] else ""))


def articles_of(writer: str) -> list[Piece]:
    """Return the news of one writer as they were written."""
    folder = ROOT / "training" / "corpus" / writer
    return [piece for path in sorted(folder.glob("*.json")) for piece in pieces_of(path)]


def pieces_of(path: Path) -> Iterator[Piece]:
    """Yield the news that one file of a writer holds."""
    text = (path.parent / "articles" / f"{path.stem}.txt").read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    after = 0
    for article in json.loads(path.read_text("utf-8"))["articles"]:
        start, end = flat(article["body_starts"]), flat(article["body_ends"])
        first = next(
            (n for n, line in enumerate(lines) if n >= after and flat(line).startswith(start[:8])), None
        )
        if first is None or article["kind"] not in {"news", "commentary"}:
            continue
        last = next((n for n, line in enumerate(lines) if n >= first and flat(line).endswith(end[-6:])), None)
        if last is None:
            continue
        after = last + 1
        people = tuple((person["role"], person["name"]) for person in article["byline"])
        body = tuple(lines[first:after])
        if people and article["headline"] and sum(map(len, body)) >= 120:
            yield Piece(tuple(article["headline"]), people, body)


def compare(sheet: Sheet, words: Lexicon, counts: Counts, say: Callable[[str], None] | None) -> None:
    """Add what was found and what should have been."""
    articles = segment(page_of(sheet.text, sheet.name), words)
    bodies = [flat(article.body.of(article.text)) for article in articles]
    left = set(range(len(articles)))
    for want in sheet.pieces:
        body = flat(want.body)
        hit = next((n for n in left if bodies[n][:8] == body[:8] and bodies[n][-6:] == body[-6:]), None)
        counts["article"]["gold"] += 1
        counts["headline"]["gold"] += len(want.decks)
        counts["byline"]["gold"] += len(want.people)
        if hit is None:
            if say:
                say(f"-- {sheet.name}: no article {body[:12]} … {body[-8:]}")
            continue
        left.remove(hit)
        counts["article"]["hit"] += 1
        decks, people = {flat(deck) for deck in want.decks}, {name for _, name in want.people}
        got_decks, got_people = (
            {flat(d) for d in articles[hit].headline},
            {b.name for b in articles[hit].byline},
        )
        counts["headline"]["hit"] += len(decks & got_decks)
        counts["byline"]["hit"] += len(people & got_people)
        if say and decks != got_decks:
            say(f"-- {sheet.name}: {body[:12]} headline {sorted(got_decks)} for {sorted(decks)}")
        if say and people != got_people:
            say(f"-- {sheet.name}: {body[:12]} byline {sorted(got_people)} for {sorted(people)}")
    if say:
        for n in left:
            say(f"-- {sheet.name}: {articles[n].kind} too many: {articles[n].headline} {bodies[n][:30]}")
        if left:
            say(sheet.text if len(sheet.text) < 0 else "")
    aside = {"ad", "weather"}
    counts["article"]["found"] += sum(article.kind not in aside for article in articles)
    counts["headline"]["found"] += sum(len(a.headline) for a in articles if a.kind not in aside)
    counts["byline"]["found"] += sum(len(a.byline) for a in articles)
    for lines in sheet.columns:
        pairs = [flat(above) + flat(below) for above, below in pairwise(lines)]
        counts["join"]["gold"] += len(pairs)
        counts["join"]["hit"] += sum(any(pair in body for body in bodies) for pair in pairs)


def figures(counts: Counter[str]) -> str:
    """Return precision / recall / F1."""
    if not counts["gold"]:
        return "–"
    precision = counts["hit"] / max(1, counts["found"])
    recall = counts["hit"] / counts["gold"]
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{precision:.3f}/{recall:.3f}/{f1:.3f}"


def flat(text: str | Sequence[str]) -> str:
    """Return a text without white space."""
    return "".join(("".join(text)).split())


if __name__ == "__main__":
    main()
