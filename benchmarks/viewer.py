"""How long the network page takes in Chromium until one can use it, for a graph of any size.

    .venv/bin/python benchmarks/viewer.py [--entities 1000] [--facts 3000] [--shown 1000] [--rounds 3]

The graph is made up: some entities have many neighbours, most have few. Told are the seconds to make the
page, its size, and in the browser, best of the rounds: from the start of loading until everything is drawn
and named (ready), from a click on a node until its facts are there and the picture is drawn anew (click), the
same for a search and a change of scale with all labels placed, and for calling in everything that is not
shown. Beside it stands the processor time of all of the browser's processes, which a busy machine
lengthens less.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page, sync_playwright

from kg import ontology
from kg.config import packed
from kg.model import Graph
from kg.publish.webpage import view

sys.path[:0] = [str(Path(__file__).parent.parent / "tests" / name) for name in ("publish",)]
import invented_pages  # noqa: E402

DRAWN = (
    "new Promise(done => window.kg.settled().then(() => requestAnimationFrame(() => setTimeout(done, 0))))"
)
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_LAST = "甲乙丙丁戊己庚辛壬癸"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英建华文辉力"


def made_up(entities: int, facts: int, sentences: int = 40) -> Graph:
    """Return a graph of so many entities and facts; who has many neighbours gets more."""
    draw = random.Random(7)
    people = []
    for i in range(entities // 2):
        given = draw.choice(_GIVEN) + draw.choice(_GIVEN) + _LAST[i % len(_LAST)]
        people.append(("Person", draw.choice(_FAMILY) + given))
    people = list(dict.fromkeys(people))
    bodies = [("Organization", f"澄江市第{i}机械制造有限公司") for i in range(entities - len(people))]
    ends = [bodies[0], people[0]]
    pairs: set[tuple[tuple[str, str], str, tuple[str, str]]] = set()
    for one in [*people, *bodies]:
        pairs.add((one, "met", draw.choice(ends)))
        ends.append(one)
    while len(pairs) < facts:
        one, other = draw.choice(ends), draw.choice(ends)
        if one != other:
            pairs.add((one, draw.choice(("met", "cooperatesWith", "inspected")), other))
            ends += [one, other]
    told = sorted(pairs)
    pages = []
    for at in range(0, len(told), sentences):
        some = told[at : at + sentences]
        lines = [f"{s[1]}与{o[1]}见面了{at + i}次" for i, (s, _, o) in enumerate(some)]
        article = {
            "headline": [f"第{at}条消息"],
            "body": "。".join(lines) + "。",
            "entities": sorted({end for s, _, o in some for end in (s, o)}),
            "facts": [(s[1], p, o[1], line, {}) for (s, p, o), line in zip(some, lines, strict=True)],
        }
        day = f"2031-{1 + at // sentences % 12:02}-{1 + at // sentences % 28:02}"
        pages.append({"source": f"{at}.txt", "date": day, "articles": [article]})
    return invented_pages.graph(*pages)


def spent() -> float:
    """Return the seconds of processor time that the processes below this one have used: the browser."""
    below, used = {os.getpid()}, 0
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) in below:
                below.add(int(stat.parent.name))
                used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds, and those of the processor, from an act until what follows from it is drawn."""
    clock, used = perf_counter(), spent()
    act()
    return perf_counter() - clock, spent() - used


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, usual in (("entities", 1000), ("facts", 3000), ("shown", 1000), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    given = parser.parse_args()
    graph = made_up(given.entities, given.facts)
    started = perf_counter()
    html = view(graph, ontology.load(packed("ontology")), limit=given.shown)
    print(f"{len(graph.entities):,} entities, {len(graph.facts):,} facts, {given.shown:,} shown")
    print(f"made in {perf_counter() - started:.1f} s, {len(html.encode()) / 1e6:.2f} MB")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    best: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        file = Path(folder, "index.html")
        file.write_text(html, "utf-8")
        browser = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(given.rounds):
            context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
            page = context.new_page()

            def run(code: str, page: Page = page) -> tuple[float, float]:
                return timed(lambda: page.evaluate(f"async () => {{ {code}; await {DRAWN}; }}"))

            def load(page: Page = page) -> None:
                page.goto(file.as_uri())
                page.wait_for_function("window.kg !== undefined")
                page.evaluate(DRAWN)

            steps = {
                "ready": timed(load),
                "click on a node": run("window.kg.open(0)"),
                "close": run("window.kg.open(null)"),
                "zoom": run("document.getElementById('zoom-in').click(); window.kg.relabel()"),
                "search": run("await window.kg.search('wwj')"),
            }
            if page.locator("#show-all").count():
                steps["show all"] = run("document.getElementById('show-all').click()")
            for name, (clock, used) in steps.items():
                before = best.get(name, (clock, used))
                best[name] = min(clock, before[0]), min(used, before[1])
            context.close()
        browser.close()
    print("                  seconds   of processor")
    for name, (clock, used) in best.items():
        print(f"{name:<16} {clock:8.2f} {used:10.2f}")


if __name__ == "__main__":
    main()
