"""Extraction on text that is broken on purpose: mutated paragraphs, and a megabyte without punctuation.

    .venv/bin/python benchmarks/mutated.py [--paragraphs 10000] [--seed 1] [--megabyte] [PATH...]

Paragraphs are those of the PATHs, by default of the sample pages. Each is mutated by cutting, doubling,
swapping, inserting signs, figures, brackets and characters of all planes; every span that is found must be
what it says. `--megabyte` reads one article of 1,000,000 characters without any punctuation and prints
time and memory.
"""

from __future__ import annotations

import argparse
import random
import resource
from pathlib import Path
from time import perf_counter

from sentences import read

from kg.config import Settings
from kg.extract import Tools
from kg.model import Findings
from kg.workers import equip

PAGES = Path(__file__).resolve().parent.parent / "seeds" / "pages"
SIGNS = "，。、；：！？“”‘’（）《》〈〉【】·—…\n\u3000 \t,.;:!?()[]{}<>/\\|\"'%￥$#@^&*~`"
WORDS = ("副市长", "总投资", "1.2亿元", "两千万", "０.５亩", "分别", "其中", "不再担任", "将", "据悉", "某某")
LONG = 1_000_000


def main() -> None:
    """Mutate, extract, check, and print how many were checked in what time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--paragraphs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--megabyte", action="store_true")
    given = parser.parse_args()
    files = given.paths or sorted(PAGES.glob("*.txt"))
    texts = [f.read_text("utf-8") for f in files]
    paragraphs = [p.strip() for t in texts for p in t.splitlines() if len(p.strip()) > 20]
    tools = equip(Settings())
    chance = random.Random(given.seed)
    started = perf_counter()
    names = facts = characters = 0
    for _ in range(given.paragraphs):
        text = mutated(chance.choice(paragraphs), paragraphs, chance)
        found = read(text, tools)
        check(text, found)
        names, facts = names + len(found.entities), facts + len(found.claims)
        characters += len(text)
    spent = perf_counter() - started
    print(
        f"{given.paragraphs} paragraphs, {characters} characters, {names} names, {facts} facts:"
        f" all spans hold, no exception; {spent:.1f} s"
    )
    if given.megabyte:
        endless(paragraphs, tools)


def mutated(text: str, others: list[str], chance: random.Random) -> str:
    """Return a text after one to eight mutations."""
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(text))
        to = min(len(text), at + chance.randint(0, 12))
        match chance.randint(0, 6):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:to] + text[at:to] + text[to:]
            case 2:
                text = text[:at] + chance.choice(SIGNS) + text[at:]
            case 3:
                text = text[:at] + chance.choice(WORDS) + text[at:]
            case 4:
                text = (
                    text[:at]
                    + chr(chance.choice((chance.randint(1, 0xD7FF), chance.randint(0xE000, 0x10FFFF))))
                    + text[at:]
                )
            case 5:
                other = chance.choice(others)
                text = text[:at] + other[: chance.randint(0, 40)] + text[at:]
            case _:
                text = text[to:] + text[:at]
    return text


def check(text: str, found: Findings) -> None:
    """Hold every span against the text.

    Raises:
        AssertionError: a span is not what it says.
    """
    for entity in found.entities:
        for mention in entity.mentions:
            assert mention.span.of(text) == mention.surface, (text, mention)
    known = {entity.key for entity in found.entities}
    for claim in found.claims:
        assert claim.subject in known, (text, claim)
        assert 0 <= claim.evidence.span.start < claim.evidence.span.end <= len(text), (text, claim)


def endless(paragraphs: list[str], tools: Tools) -> None:
    """Read a long article without punctuation and print time and memory."""
    bare = "".join(c for p in paragraphs for c in p if c.isalnum())
    text = (bare * (LONG // max(1, len(bare)) + 1))[:LONG]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    started = perf_counter()
    found = read(text, tools)
    check(text, found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{len(text)} characters without punctuation: {perf_counter() - started:.1f} s, {memory} MiB at most"
        f" ({before} MiB before), {len(found.entities)} names, {len(found.claims)} facts"
    )


if __name__ == "__main__":
    main()
