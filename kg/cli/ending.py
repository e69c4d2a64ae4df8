"""How a run ends: every way out of a verb becomes an exit code and, on stderr, a sentence."""

from __future__ import annotations

import os
import sys
import traceback
from types import TracebackType

import click

from kg.cli.console import say
from kg.errors import KgError

DONE, PARTLY, REFUSED, BUG, INTERRUPTED = 0, 1, 2, 70, 130


class Ending:
    """Turns what ends a verb into an exit code; what nobody foresaw keeps its traceback."""

    def __enter__(self) -> Ending:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and not isinstance(error, SystemExit | GeneratorExit):
            raise SystemExit(_code(error)) from None


def _code(error: BaseException) -> int:
    match error:
        case KgError():
            say(f"kg: {error}")
            return REFUSED
        case click.exceptions.Exit():
            return error.exit_code
        case click.ClickException():
            error.show(sys.stderr)
            return REFUSED
        case click.Abort() | KeyboardInterrupt():
            say("kg: interrupted; the graph is as it was")
            return INTERRUPTED
        case BrokenPipeError():
            # whoever reads our answers has seen enough; the interpreter must not flush into the closed pipe
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        case _:
            traceback.print_exception(error)
            say("kg: this is a bug in kg: please report it with the lines above")
            return BUG
