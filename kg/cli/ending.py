"""How a run ends: every way out of a verb becomes an exit code and, on stderr, a sentence."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from types import TracebackType
from typing import IO, cast

import click

from kg.cli.console import Lenient, UnwrittenError, mute, say
from kg.errors import KgError

DONE, PARTLY, REFUSED, BUG, INTERRUPTED, ENDED = 0, 1, 2, 70, 130, 143
WHOLE = "the command line is all that this process does"
"""What the context of a verb holds when it is so, and not somebody's script or test."""


class EndedError(KeyboardInterrupt):
    """The run was asked to end (SIGTERM): it cleans up like one that is interrupted."""


def end_when_asked() -> None:
    """Let SIGTERM end a run as Ctrl-C does, so that nothing half-done and no process is left behind."""

    def end(*_: object) -> None:
        raise EndedError

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, end)


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
            error.show(cast(IO[str], Lenient(sys.stderr)))
            return REFUSED
        case EndedError():
            say("; ".join(["kg: ended", *map(str, error.args)]))
            return ENDED
        case click.Abort() | KeyboardInterrupt():
            say("; ".join(["kg: interrupted", *map(str, error.args)]))
            return INTERRUPTED
        case UnwrittenError(__cause__=OSError() as cause):
            return _unwritten(cause)
        case OSError(filename=None) if _stdout_fails():  # click writes the help by itself
            return _unwritten(error)
        case _:
            traceback.print_exception(error, file=cast(IO[str], Lenient(sys.stderr)))
            say("kg: this is a bug in kg: please report it with the lines above")
            return BUG


def _unwritten(error: OSError) -> int:
    mute(sys.stdout)  # the interpreter must not flush into it at the end
    if isinstance(error, BrokenPipeError):  # whoever reads our answers has seen enough
        return DONE
    say(f"kg: standard output cannot be written ({error.strerror})")
    return REFUSED


def _stdout_fails() -> bool:
    """Whether stdout cannot be written: an error does not say which stream it is of."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except OSError:
        return True
    return False
