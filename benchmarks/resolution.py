"""How well names over many pages come together, beside three baselines in the same run.

    .venv/bin/python benchmarks/resolution.py [--seed 1] [--read] [--alike 90] [--scale 2000,8000] [--show 20]

Pages of which it is known who and what every name means are composed anew for each seed (`identities.py` says
what a composer hands over, `--composer FILE` names another than `people_and_firms.py`, which was written
without knowledge of how names are resolved). Names and facts are given as the composer marked them, so that
resolution alone is measured; with `--read` they are what extraction finds, judged where it found a name.
Figures are B-cubed and pairwise precision / recall / F1, of everything and of each class. The baselines put
together what shares its exact name; its exact name and type; the type and a name that is alike by rapidfuzz's
ratio (`--alike`, out of 100; chained). `--scale` measures time and memory of resolving so many pages instead.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path

from identities import PrintedPage, findings, reading
from rapidfuzz import fuzz

from kg import lexicon, ontology
from kg.config import Settings
from kg.extract import Tools
from kg.model import Findings, LocalKey
from kg.resolve import resolve

Truth = Mapping[LocalKey, Hashable]
Compose = Callable[[int], list[PrintedPage]]
SHIPPED = Path(__file__).parent / "people_and_firms.py"


def main() -> None:
    """Compose, resolve and compare, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--composer", type=Path, default=SHIPPED)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--read", action="store_true", help="names and facts as extraction finds them")
    parser.add_argument("--alike", type=float, default=90)
    parser.add_argument("--scale", default="")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong pairs of each sort")
    given = parser.parse_args()
    compose = composer(given.composer)
    if given.scale:
        for pages in map(int, given.scale.split(",")):
            scale(compose, given.seed, pages)
        return
    found, true = told(compose(given.seed), given.read)
    ways = {"kg": resolved(found), **baselines(true, given.alike)}
    print(f"{len(found)} pages, {len(true)} names, {len(set(true.values()))} things")
    print(f"{'':26}{'B-cubed':>22}{'pairwise':>22}")
    for name, said in ways.items():
        print(f"{name:26}{row(b_cubed(said, true))}{row(pairwise(said, true))}")
    for kind in sorted({key.kind for key in true}):
        some = {key: thing for key, thing in true.items() if key.kind == kind}
        print(f"  {kind:24}{row(b_cubed(ways['kg'], some))}{row(pairwise(ways['kg'], some))}")
    if given.show:
        show(ways["kg"], true, given.show)


def told(pages: Iterable[PrintedPage], read: bool) -> tuple[list[Findings], dict[LocalKey, str]]:
    """Return the findings of composed pages, and what each of their names truly means."""
    tools = Tools(ontology.load(Settings().ontology), lexicon.load(Settings().lexicon)) if read else None
    found, true = [], {}
    for page in pages:
        one, means = findings(page) if tools is None else reading(page, tools)
        found.append(one)
        true |= means
    return found, true


def composer(path: Path) -> Compose:
    """Return the function `compose` of a file."""
    spec = importlib.util.spec_from_file_location("composer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no Python")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Compose = module.compose
    return made


def resolved(found: Iterable[Findings]) -> dict[LocalKey, Hashable]:
    """Return the entity that each page-local name became."""
    return {key: e.iri for e in resolve(found, Settings()).entities for key in e.members}


def baselines(true: Truth, alike: float) -> dict[str, dict[LocalKey, Hashable]]:
    """Return what simpler ways make of the names."""
    return {
        "exact name": {key: key.name for key in true},
        "name and type": {key: (key.kind, key.name) for key in true},
        "alike": similar(true, alike),
    }


def similar(keys: Iterable[LocalKey], alike: float) -> dict[LocalKey, Hashable]:
    """Put names of one type together that are alike, over chains."""
    names = sorted({(key.kind, key.name) for key in keys})
    root = {name: name for name in names}

    def find(name: tuple[str, str]) -> tuple[str, str]:
        while root[name] != name:
            name = root[name]
        return name

    for number, a in enumerate(names):
        for b in names[number + 1 :]:
            if a[0] == b[0] and fuzz.ratio(a[1], b[1], score_cutoff=alike):
                root[find(b)] = find(a)
    return {key: find((key.kind, key.name)) for key in keys}


Figures = tuple[float, float, float]


def b_cubed(said: Truth, true: Truth) -> Figures:
    """Return B-cubed precision, recall and F1 over the names that the truth knows."""
    ours, theirs = groups(said, true), groups(true, true)
    both = {key: len(ours[said[key]] & theirs[true[key]]) for key in true}
    precision = sum(both[key] / len(ours[said[key]]) for key in true) / len(true)
    recall = sum(both[key] / len(theirs[true[key]]) for key in true) / len(true)
    return precision, recall, harmonic(precision, recall)


def pairwise(said: Truth, true: Truth) -> Figures:
    """Return precision, recall and F1 over pairs of names that are one."""
    right = pairs(Counter((said[key], true[key]) for key in true))
    ours, theirs = pairs(Counter(said[key] for key in true)), pairs(Counter(true.values()))
    precision, recall = right / ours if ours else 1.0, right / theirs if theirs else 1.0
    return precision, recall, harmonic(precision, recall)


def pairs(sizes: Mapping[Hashable, int]) -> int:
    """Return how many pairs groups of some sizes have."""
    return sum(size * (size - 1) // 2 for size in sizes.values())


def groups(said: Truth, keys: Iterable[LocalKey]) -> dict[Hashable, set[LocalKey]]:
    """Return who is together."""
    found: dict[Hashable, set[LocalKey]] = defaultdict(set)
    for key in keys:
        found[said[key]].add(key)
    return found


def harmonic(a: float, b: float) -> float:
    """Return the harmonic mean."""
    return 2 * a * b / (a + b) if a + b else 0.0


def row(figures: Figures) -> str:
    """Return three figures as a cell."""
    return f"{' / '.join(f'{figure:.3f}' for figure in figures):>22}"


def show(said: Truth, true: Truth, most: int) -> None:
    """Print pairs of neighbours that are wrongly one or wrongly two."""
    for title, one, other in (("wrongly one", said, true), ("wrongly two", true, said)):
        wrong = []
        for members in groups(one, true).values():
            first, *rest = sorted(members)
            wrong += [(first, key) for key in rest if other[key] != other[first]]
        print(f"{title}: {len(wrong)}")
        for a, b in sorted(wrong)[:most]:
            print(f"  {a.kind} {a.name} ({a.page}) · {b.name} ({b.page})")


def scale(compose: Compose, seed: int, pages: int) -> None:
    """Print how long resolving many pages takes, and the most memory that the process had."""
    found: list[Findings] = []
    while len(found) < pages:
        found += told(compose(seed), read=False)[0]
        seed += 1
    found = found[:pages]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    graph = resolve(found, Settings())
    took = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    names = sum(len(e.members) for e in graph.entities)
    print(
        f"{pages} pages, {names} names: {len(graph.entities)} entities in {took:.1f} s; "
        f"{before >> 10} MB before, {after >> 10} MB at most"
    )


if __name__ == "__main__":
    main()
