"""One course of training: examples → weights, the same for the same seed on the same machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from kg.extract.mentions.spotted import COLUMNS
from kg.train.examples import Example
from kg.train.network import Finder

LEXER = ("embedding.", "first.", "second.", "lexed.")
"""The layers that were the lexer's."""


@dataclass(frozen=True, slots=True)
class Course:
    """How to train.

    Attributes:
        epochs: how often the corpus is gone through, each time in another variant.
        rows: windows learned from at once.
        rate, finder_rate: the highest step of the lexer's layers and of the new ones.
        keep: how much it counts that the lexer's word tags stay what they were.
        drop: share of numbers left out before the finder's layers.
        blank: share of characters without word tags; half as many are read as unknown ones.
        mute, silence: share of single finders' votes left out, and of windows without any.
        average: share of the course at the end of which the weights are averaged.
        follow: how far the average goes towards the weights at each step; in a short course, further.
        threads: cores; another number may give other last digits.
    """

    epochs: int = 14
    rows: int = 32
    rate: float = 6e-4
    finder_rate: float = 3e-3
    keep: float = 60.0
    drop: float = 0.3
    blank: float = 0.1
    mute: float = 0.1
    silence: float = 0.15
    average: float = 0.4
    follow: float = 0.01
    seed: int = 1
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one length."""

    characters: Tensor
    votes: Tensor
    spotted: Tensor
    tags: Tensor
    words: Tensor
    inside: Tensor
    lengths: list[int]


def batch(some: Sequence[Example], columns: int) -> Batch:
    """Return examples as one batch; zeros stand behind a window's end."""
    lengths = [len(example.text) for example in some]
    shape = (len(some), max(lengths))
    made = Batch(
        torch.zeros(shape, dtype=torch.long),
        torch.zeros((*shape, columns)),
        torch.zeros((*shape, COLUMNS), dtype=torch.long),
        torch.zeros(shape, dtype=torch.long),
        torch.zeros((*shape, some[0].words.shape[1])),
        torch.zeros(shape),
        lengths,
    )
    for row, (example, n) in enumerate(zip(some, lengths, strict=True)):
        made.characters[row, :n] = torch.from_numpy(example.characters.astype(np.int64))
        made.votes[row, :n] = torch.from_numpy(example.unpacked(columns).astype(np.float32))
        made.spotted[row, :n] = torch.from_numpy(example.spotted.astype(np.int64))
        made.tags[row, :n] = torch.from_numpy(example.tags)
        made.words[row, :n] = torch.from_numpy(example.words.astype(np.float32))
        made.inside[row, :n] = 1.0
    return made


def learn(
    variants: Sequence[Sequence[Example]],
    weights: Mapping[str, NDArray[np.float32]],
    columns: int,
    vectors: NDArray[np.float32],
    course: Course,
    tell: Callable[[str], None],
    start: Mapping[str, NDArray[np.float32]] | None = None,
) -> Finder:
    """Train a finder and return it with averaged weights.

    Args:
        variants: the corpus under different names; epoch after epoch takes the next.
        weights: LAC's.
        vectors: what the words are like that windows are spotted with.
        start: the weights of the finder's own layers to train on, or None to start anew.
    """
    torch.set_num_threads(course.threads)
    torch.manual_seed(course.seed)
    rng = random.Random(course.seed)  # noqa: S311 - no secret
    finder = Finder(weights, columns, course.drop, vectors)
    if start is not None:
        known = {name: torch.tensor(value) for name, value in start.items()}
        finder.load_state_dict(finder.state_dict() | known)
    finder.blank, finder.mute, finder.silence = course.blank, course.mute, course.silence
    finder.train()
    plan = [list(_batches(variants[e % len(variants)], course.rows, rng)) for e in range(course.epochs)]
    steps = sum(map(len, plan))
    old = [p for name, p in finder.named_parameters() if name.startswith(LEXER)]
    new = [p for name, p in finder.named_parameters() if not name.startswith(LEXER)]
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": course.rate}, {"params": new}], lr=course.finder_rate, weight_decay=1e-3
    )
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [course.rate, course.finder_rate], total_steps=steps + 1, pct_start=0.15
    )
    average: dict[str, Tensor] = {}
    done = 0
    for epoch, batches in enumerate(plan, 1):
        surprise = 0.0
        for some in batches:
            made = batch(some, columns)
            scores, words = finder(made.characters, made.votes, made.spotted, made.lengths)
            missed = finder.surprise(scores, made.tags, made.inside)
            loss = missed + course.keep * finder.estranged(words, made.words, made.inside)
            surprise += float(missed.detach())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(finder.parameters(), 2.0)
            optimizer.step()
            rates.step()
            done += 1
            if done > steps * (1 - course.average):
                _average(average, finder, course.follow)
        tell(f"epoch {epoch} of {course.epochs}: {surprise / len(batches):.2f}")
    finder.load_state_dict(average)
    return finder.eval()


def _batches(examples: Sequence[Example], rows: int, rng: random.Random) -> Iterator[list[Example]]:
    """Yield all examples in batches of like length, in another order every time."""
    order = list(range(len(examples)))
    rng.shuffle(order)
    made: list[list[Example]] = []
    for start in range(0, len(order), rows * 12):
        near = sorted(order[start : start + rows * 12], key=lambda i: len(examples[i].text))
        made += [[examples[i] for i in near[a : a + rows]] for a in range(0, len(near), rows)]
    rng.shuffle(made)
    yield from made


def _average(average: dict[str, Tensor], model: nn.Module, follow: float) -> None:
    """Let the average follow the weights."""
    for name, value in model.state_dict().items():
        if name in average:
            average[name].mul_(1 - follow).add_(value, alpha=follow)
        else:
            average[name] = value.clone()
