"""Help: quick, complete, and its examples work."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable

import pytest
from calling import Done

from kg.cli import VERBS, kg

Run = Callable[..., Done]
HEAVY = ("rdflib", "pyoxigraph", "numpy", "onnxruntime", "networkx", "rich", "jieba", "pyvis", "IPython")


def test_help_names_every_verb_in_the_order_of_use(call: Run) -> None:
    done = call("--help")
    assert done.code == 0
    listed = [line.split()[0] for line in done.out.split("Commands:")[1].splitlines() if line.strip()]
    assert tuple(listed) == VERBS


def test_nothing_heavy_is_imported_to_show_help() -> None:
    code = f"""
import sys
from kg.cli import kg
kg.main(["--help"], standalone_mode=False)
print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_every_verb_has_an_example_of_options_that_exist(verb: str, call: Run) -> None:
    done = call(verb, "--help")
    assert done.code == 0
    examples = [line.strip() for line in done.out.splitlines() if line.strip().startswith(f"kg {verb}")]
    assert examples
    command = kg.commands.get(verb) or kg.get_command(None, verb)  # type: ignore[arg-type]
    assert command is not None
    for example in examples:
        args = shlex.split(example)[2:]
        command.make_parser(command.make_context(verb, args, resilient_parsing=True)).parse_args(args)


def test_the_version_is_that_of_the_distribution(call: Run) -> None:
    from importlib.metadata import version

    assert call("--version").out == f"kg {version('baozhi-kg')}\n"
