"""`kg train`: annotated pages → models of one's own."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import say
from kg.cli.ending import DONE


@click.command(name="train")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Where the model goes; an earlier one there is replaced.",
)
@click.option(
    "--epochs",
    type=click.IntRange(1, 1000),
    metavar="N",
    help="How often the corpus is gone through.  [default: 6, from scratch 14]",
)
@click.option("--from-scratch", is_flag=True, help="Start anew instead of training the shipped finder on.")
def command(corpus: Path, out: Path, epochs: int | None, from_scratch: bool) -> int:
    """Train the finder of names on annotated pages of your own.

    CORPUS is a folder of PAGE.json, as `kg extract` writes them and you corrected them, each with its text
    beside it (PAGE.txt, PAGE.md) or in a folder `articles` there. What cannot be learned from is refused with
    file and line. Writes encoder.onnx, finder.onnx and finder.json; the same corpus gives the same bytes on
    one machine. Needs the extra 'train'; nothing is downloaded. Use the model with `kg build --model FOLDER`.

    \b
    Example:
      kg train my-pages --out my-model
      kg train my-pages --out my-model --epochs 3
      kg build seeds/pages --model my-model
    """
    from kg.ontology import load
    from kg.train import own, read_corpus

    settings = options.settings()
    documents = read_corpus(corpus, load(settings.ontology))
    own.check_out(out)
    own.check_installed()

    from kg.train.train import course, train_on
    from kg.workers import equip

    began = time.monotonic()

    def tell(line: str) -> None:
        say(f"{time.monotonic() - began:6.0f} s  {line}")

    tools = equip(replace(settings, model=None))
    tell(f"{len(documents)} annotated pages")
    with own.written(out) as fresh:
        train_on(documents, tools, fresh, course(epochs, from_scratch), tell, from_scratch=from_scratch)
    tell(f"written into {out}; use it: kg build PATH... --model {out}")
    return DONE
