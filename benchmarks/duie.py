"""Posts, seats, founding dates and registered capital in sentences of DuIE: raw precision and recall.

    .venv/bin/python benchmarks/duie.py FILE [--facts N] [--seed S]

董事长, 校长, 创始人 → holdsPosition turned round, that word in the title; 总部地点 → locatedIn; 成立日期 →
startDate; 注册资本 → registeredCapital. Names count as one when one holds the other and is as long as half
of it. The annotation misses true facts: `--facts N` prints N of ours, drawn by the seed, to be read.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from pathlib import Path

from sentences import Tally, read, rows

from kg.config import Settings
from kg.model import Claim, Literal, Status
from kg.workers import equip

POSTS = ("董事长", "校长", "创始人")
PREDICATES = {"总部地点": "locatedIn", "成立日期": "startDate", "注册资本": "registeredCapital"}
Fact = tuple[str, str, str]


def main() -> None:
    """Count, predicate by predicate, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path, metavar="FILE", help="JSON lines, as published")
    parser.add_argument("--facts", type=int, default=0, help="print N of the facts found")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    tools = equip(Settings())
    tallies: dict[str, Tally] = defaultdict(Tally)
    printed: list[tuple[Fact, str]] = []
    for row in rows(given.data):
        wanted = {(f["s"], f["p"], f["o"]) for f in row["facts"] if f["p"] in (*POSTS, *PREDICATES)}
        said = {fact for claim in read(row["text"], tools).claims for fact in as_duie(claim)}
        asked = {p for _, p, _ in wanted}
        for name in asked:
            tallies[name].add(
                *_paired({f for f in said if f[1] == name}, {f for f in wanted if f[1] == name})
            )
        printed += [(fact, row["text"]) for fact in sorted(said)]
    for name in (*POSTS, *PREDICATES):
        print(f"{name}  {tallies[name].shown()}")
    random.Random(given.seed).shuffle(printed)
    for (subject, name, target), text in printed[: given.facts]:
        print(f"{subject} —{name}→ {target}\n    {text}")


def as_duie(claim: Claim) -> list[Fact]:
    """Return a claim in the words of DuIE, or nothing when DuIE has no word for it."""
    if claim.status in {Status.NEGATED, Status.PLANNED}:
        return []
    target = claim.object.text if isinstance(claim.object, Literal) else claim.object.name
    if claim.predicate == "holdsPosition":
        title = dict(claim.qualifiers).get("title", "")
        posts = [p for p in POSTS if any(t.endswith(p) and "副" not in t for t in title.split("、"))]
        return [(target, post, claim.subject.name) for post in posts]
    return [(claim.subject.name, p, target) for p, ours in PREDICATES.items() if ours == claim.predicate]


def _paired(said: set[Fact], wanted: set[Fact]) -> tuple[set[Fact], set[Fact]]:
    """Return what was said with each fact that means a wanted one replaced by it."""
    out = set()
    for fact in said:
        same = [w for w in wanted if _alike(fact[0], w[0]) and _alike(fact[2], w[2])]
        out.add(min(same) if same else fact)
    return out, wanted


def _alike(a: str, b: str) -> bool:
    short, long = sorted((a.lower(), b.lower()), key=len)
    return short in long and 2 * len(short) >= len(long)


if __name__ == "__main__":
    main()
