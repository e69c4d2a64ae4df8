"""`kg eval`: how right it is, against annotated pages."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.console import answer
from kg.cli.ending import DONE, PARTLY

if TYPE_CHECKING:
    from kg.config import Settings


@click.command(name="eval")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--errors", is_flag=True, help="List every miss and every wrong answer with its sentence.")
@options.reading
def command(gold: Path, paths: tuple[str, ...], errors: bool, jobs: int | None, settings: Settings) -> int:
    """Measure what is extracted against annotated pages.

    GOLD is a PAGE.json, a folder of them, or a folder of such folders; the PATHs are the texts of the pages.
    Without a PATH, texts are taken that lie beside the annotations: STEM.txt or STEM.md in the same folder,
    or in a folder `articles` in it or beside it. Prints precision, recall and F1 of articles, headlines,
    bylines, entities and facts.

    \b
    Example:
      kg eval tests/gold seeds/pages --errors
    """
    from kg.cli.progress import progress
    from kg.evaluate import render, score
    from kg.ontology import load
    from kg.pipeline import write_annotations

    texts = paths or _beside(gold)
    with tempfile.TemporaryDirectory(prefix="kg-eval-") as name:
        folder = Path(name)
        with progress() as watch:
            outcomes = write_annotations(texts, settings, folder, jobs=jobs, watch=watch)
        scores = score(gold, folder, load(settings.ontology))
    answer(render(scores))
    if errors:
        answer("\n".join(scores.errors))
    return PARTLY if any(o.error for o in outcomes) else DONE


def _beside(gold: Path) -> tuple[str, ...]:
    """Return the texts that lie beside annotations.

    Raises:
        InputError: an annotation has none.
    """
    from kg.errors import InputError
    from kg.evaluate import annotated_files

    texts = []
    for file in annotated_files(gold):
        folders = (file.parent, file.parent / "articles", file.parent.parent / "articles")
        names = (f"{file.stem}{rest}" for rest in (".txt", ".md", "[._]*.txt", "[._]*.md"))
        hits = [hit for name in names for folder in folders for hit in sorted(folder.glob(name))]
        if not hits:
            raise InputError(
                str(file), "no text lies beside it", remedy="name the pages: kg eval GOLD PATH..."
            )
        texts.append(str(hits[0]))
    return tuple(texts)
