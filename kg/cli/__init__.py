"""The command line: `kg VERB …`. Every verb lies in a file of its own, imported when it is called for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from kg.cli.ending import WHOLE, Ending, end_when_asked

VERBS = (
    "build",
    "add",
    "remove",
    "extract",
    "query",
    "show",
    "path",
    "stats",
    "view",
    "serve",
    "export",
    "push",
    "validate",
    "eval",
    "train",
    "merge",
    "split",
    "rename",
    "retype",
    "reject",
    "decide",
    "review",
    "conflicts",
)
"""In the order in which somebody new meets them; each is `command` in the module `kg.cli.<verb>_`."""


class Verbs(click.Group):
    """Imports a verb when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb, or None when there is none of that name."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}_").command
        return command


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"kg {version('baozhi-kg')}")
        ctx.exit()


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Say which it is."
)
def kg() -> None:
    """A knowledge graph from Chinese newspaper pages, every fact with its sentence.

    \b
    Begin with
      kg build seeds/pages          read pages, write the graph into output/
      kg show 栖川市                what is known of somebody or something, and which sentence says so
      kg query --list               the questions that are ready to ask
    \b
    Exit code: 0 done, 1 done in part, not found or not conforming, 2 refused, 70 a bug, 130 interrupted,
    143 ended.
    Settings: kg.toml in the working folder.
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code.

    With `args` a program calls it, which has its own say in what is worked on beside it: a build reads its
    pages in this process.
    """
    _attach()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    end_when_asked()
    # threads inside numpy cost more than they bring on matrices as small as ours; worker processes inherit it
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with Ending():
        # not kg.main(): it would end a run whose reader has seen enough with 1
        told = list(sys.argv[1:] if args is None else args)
        with kg.make_context("kg", told, obj=WHOLE if args is None else None) as context:
            code = kg.invoke(context)
        sys.stdout.flush()
        sys.exit(code)


def _attach() -> None:
    """Stand in for streams that the caller closed, so that no file that is opened later takes their place.

    What is said on stderr is dropped then; what is answered on stdout still fails.
    """
    for name, number, mode in (("stdout", 1, os.O_RDONLY), ("stderr", 2, os.O_WRONLY)):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, mode)
            os.dup2(nowhere, number)
            if nowhere != number:
                os.close(nowhere)
            setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False))))
