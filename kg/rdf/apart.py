"""A query in a process of its own, which can be ended at any moment, whatever the engine is doing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kg.errors import KgError, QueryError, StoreError, TimeUpError

_CODE = "import sys; sys.path[:] = {path!r}; from kg.rdf.apart import main; main()"


def ask_apart(out: Path, sparql: str, form: str, seconds: float | None = None) -> str:
    """Return the answer of a query to the graph in a folder, as text in a format of `serialize`.

    When this process is interrupted, or the time is up, the other one is ended at once.

    Args:
        out: the folder.
        form: table, csv, tsv, json or ttl.
        seconds: how long it may take, or None for as long as it takes.

    Raises:
        QueryError: as `Dataset.query` and `serialize` raise it.
        TimeUpError: it took longer.
        StoreError: there is no graph, or it is damaged.
    """
    asked = json.dumps([str(out), sparql, form]).encode()
    command = [sys.executable, "-c", _CODE.format(path=sys.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        try:
            said, _ = process.communicate(asked, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise TimeUpError(
                f"not answered after {seconds:g} s; ask for less, or give it more time"
            ) from None
        finally:
            process.kill()
    if process.returncode != 0 or not said:
        raise StoreError(f"{out}: the query was ended from outside, as when memory runs out")
    kind, *rest = json.loads(said)
    if kind == "query":
        raise QueryError(rest[0], None if rest[1] is None else (rest[1][0], rest[1][1]))
    if kind == "store":
        raise StoreError(rest[0])
    return str(rest[0])


def main() -> None:
    """Answer the question on standard input, on standard output."""
    import signal

    from kg.rdf.dataset import open_dataset
    from kg.rdf.results import serialize

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all: who asked ends this one
    out, sparql, form = json.load(sys.stdin)
    answer: list[object]
    try:
        answer = ["answer", serialize(open_dataset(Path(out)).query(sparql), form)]
    except QueryError as error:
        answer = ["query", error.what, error.position]
    except KgError as error:
        answer = ["store", str(error)]
    json.dump(answer, sys.stdout)
