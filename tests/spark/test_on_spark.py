"""The graph that Spark builds is the graph that one machine builds, to the byte, however the run went."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from archives import archive
from sparks import FAST

from kg.config import Settings
from kg.errors import ReadError
from kg.pipeline import build as one_machine
from kg.rdf import REPORT, open_dataset

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = Settings()
WAVE = 3
"""Files of a wave here."""
KILLED = """
import sys
sys.path[:] = {path!r}
import kg.spark.reading as reading
from kg.config import Settings
from kg.pipeline import Watch
from kg.spark.engine import build

class Telling(Watch):
    def page(self, outcome):
        print("page", flush=True)
        sys.stdin.readline()

if __name__ == "__main__":
    reading.WAVE = {wave}
    build([{pages!r}], Settings(), {out!r}, master="local[2]", conf={conf!r}, watch=Telling())
"""


def quads(out: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted((out / "nquads").glob("*.nq")))


@pytest.fixture(scope="module")
def built(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folders of an archive as Spark and as one machine builds it.

    The run on Spark is a second one: the driver of the first was killed after a wave of pages.
    """
    from kg.spark import reading
    from kg.spark.engine import build

    there = tmp_path_factory.mktemp("spark")
    pages = archive(there / "pages")
    for page in sorted((ROOT / "seeds" / "pages").glob("*.txt"))[:2]:
        (pages / page.name).write_bytes(page.read_bytes())
    kept = killed(pages, there / "many")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "WAVE", WAVE)
        done = build([str(pages)], SETTINGS, str(there / "many"))
    assert {file: file.stat().st_mtime_ns for file in kept} == kept
    local = one_machine([str(pages)], SETTINGS, there / "one", jobs=1)
    refused = [sorted(outcome.source for outcome in run.refused) for run in (done, local)]
    assert refused[0] == refused[1]
    assert [Path(source).name for source in refused[0]] == ["broken.txt", "records.jsonl"]
    totals = local.totals
    assert (done.pages, done.entities, done.facts) == (totals.pages, totals.entities, totals.facts)
    return there / "many", there / "one"


def killed(pages: Path, out: Path) -> dict[Path, int]:
    """Kill the driver of a run when its first wave is kept; return what is kept, and since when."""
    path = [str(ROOT), *sys.path]
    code = KILLED.format(path=path, pages=str(pages), out=str(out), conf=FAST, wave=WAVE)
    script = out.with_name("killed.py")
    script.write_text(code, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"page\n"
        process.kill()
    kept = {file: file.stat().st_mtime_ns for file in out.glob(".kg-spark/pages-*/_SUCCESS")}
    assert kept
    assert not (out / "nquads").exists()
    return kept


def test_after_a_killed_run_the_parts_together_are_what_one_machine_writes(built: tuple[Path, Path]) -> None:
    many, one = built
    expected = (one / "kg.nq").read_bytes()
    assert b"reprintOf" in expected
    assert quads(many).decode().splitlines() == expected.decode().splitlines()
    assert quads(many) == expected


def test_what_fits_one_machine_is_there_as_well(built: tuple[Path, Path]) -> None:
    many, one = built
    for name in ("kg.nq", "kg.ttl", "index.html", REPORT):
        assert (many / name).read_bytes() == (one / name).read_bytes(), name
    assert open_dataset(many).graph() == open_dataset(one).graph()


def test_the_tables_have_the_rows_of_the_export(built: tuple[Path, Path]) -> None:
    import pyarrow.parquet as pq

    from kg.ontology import load
    from kg.publish.tables import sheets

    many, one = built
    expected = sheets(open_dataset(one).graph(), load(SETTINGS.ontology))
    for name, sheet in expected.items():
        table = pq.read_table(many / "parquet" / name)
        columns = [column.name for column in sheet.columns]
        assert table.column_names == columns
        found = [
            tuple(tuple(v) if isinstance(v, list) else v for v in row.values()) for row in table.to_pylist()
        ]
        assert sorted(found, key=repr) == sorted(sheet.rows, key=repr), name
    inputs = pq.read_table(many / "parquet" / "inputs").to_pylist()
    assert sum(row["error"] is not None for row in inputs) == 2
    assert {json.loads(row["report"])["source"] for row in inputs if row["report"]} >= {
        "a/again.txt",
        "a/visit.txt",
    }


def test_a_file_that_ends_its_process_is_set_aside_and_named(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.cloudpickle import register_pickle_by_value

    from kg.pipeline import Watch
    from kg.spark import reading
    from kg.spark.files import places
    from kg.spark.shelf import Shelf
    from kg.spark.task import task_of

    register_pickle_by_value(sys.modules[__name__])
    pages = archive(tmp_path / "pages") / "a"
    (pages / "poison.txt").write_text("这一页会杀死进程。\n", "utf-8")
    monkeypatch.setattr(reading.work, "said", _fatal)
    shelf = Shelf(spark, str(tmp_path / "shelf"))
    files, _ = places(spark, [str(pages)], SETTINGS.reading)
    read = reading.read_all(shelf, files, task_of(SETTINGS), Watch())
    assert [Path(outcome.source).name for outcome in read.refused] == ["poison.txt"]
    assert read.pages == len(files) - 1


def _fatal(task: Any, batches: Any) -> Any:
    from kg.spark import forms, work

    for batch in batches:
        for row in batch.to_pylist():
            if row["name"] == "poison.txt":
                os.kill(os.getpid(), signal.SIGKILL)
            yield work._batch(
                [{"at": row["path"], "source": row["name"].encode(), "findings": b""}], forms.PAGES
            )


def test_addresses_are_searched_as_folders_are(spark: Any, tmp_path: Path) -> None:
    from kg.read import find
    from kg.spark.files import contents, places

    folder = archive(tmp_path / "报 一")
    address = f"file://{folder}"
    found, errors = places(spark, [address], SETTINGS.reading)
    assert errors == []
    here, _ = find([str(folder)])
    assert [place.name for place in found] == [source.name for source in here]
    rows = contents(spark, found, 1).collect()
    assert {row["name"]: bytes(row["data"]) for row in rows} == {s.name: s.path.read_bytes() for s in here}
    _, errors = places(spark, [f"file://{tmp_path}/nowhere"], SETTINGS.reading)
    assert isinstance(errors[0], ReadError)
    assert "no such file" in str(errors[0])


def test_components_are_those_of_networkx(spark: Any, tmp_path: Path) -> None:
    import random

    import networkx as nx

    from kg.spark.components import components
    from kg.spark.shelf import Shelf

    rng = random.Random(7)
    edges = [(n, n + 1) for n in range(100, 112)] + [(200, n) for n in range(201, 220)]
    edges += [(rng.randrange(60), rng.randrange(60)) for _ in range(35)]
    rng.shuffle(edges)
    shelf = Shelf(spark, str(tmp_path))
    frame = spark.createDataFrame(edges, "a bigint, b bigint")
    graph = nx.Graph(edges)
    graph.remove_edges_from(nx.selfloop_edges(graph))
    graph.remove_nodes_from(list(nx.isolates(graph)))
    expected = {node: min(part) for part in nx.connected_components(graph) for node in part}
    for few in (0, 1000):
        rows = components(
            frame, lambda e, turn, few=few: shelf.kept(f"t{few}", [str(turn)], lambda: e), few
        ).collect()
        assert {row["node"]: row["part"] for row in rows} == expected
        assert len(rows) == len(expected)
