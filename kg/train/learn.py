"""One course of training: examples → weights, the same for the same seed on the same machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from kg.train.examples import Example
from kg.train.network import Encoder, Finder


@dataclass(frozen=True, slots=True)
class Course:
    """How to train.

    Attributes:
        epochs: how often the corpus is gone through, each time in another variant.
        rows: windows learned from at once.
        rate, finder_rate: the highest step of the encoder and of the finder.
        drop: share of numbers left out before the finder's layers.
        blank: share of characters blanked out.
        mute, silence: share of single finders' votes left out, and of windows without any.
        keep: weight of staying with LAC's own word tags.
        average: share of the course at the end of which the weights are averaged.
        threads: cores; another number may give other last digits.
    """

    epochs: int = 12
    rows: int = 32
    rate: float = 6e-4
    finder_rate: float = 3e-3
    drop: float = 0.3
    blank: float = 0.1
    mute: float = 0.1
    silence: float = 0.15
    keep: float = 25.0
    average: float = 0.4
    seed: int = 1
    threads: int = 2


class Model(nn.Module):
    """Encoder and finder together."""

    def __init__(self, encoder: Encoder, finder: Finder) -> None:
        super().__init__()
        self.encoder = encoder
        self.finder = finder


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one length."""

    ids: Tensor
    votes: Tensor
    tags: Tensor
    words: Tensor
    inside: Tensor
    lengths: list[int]


def batch(some: Sequence[Example], ids: Mapping[str, int], columns: int) -> Batch:
    """Return examples as one batch; word tags behind a window's end are -100, which no loss counts."""
    lengths = [len(example.text) for example in some]
    shape = (len(some), max(lengths))
    made = Batch(
        torch.zeros(shape, dtype=torch.long),
        torch.zeros((*shape, columns)),
        torch.zeros(shape, dtype=torch.long),
        torch.full(shape, -100),
        torch.zeros(shape),
        lengths,
    )
    for row, (example, n) in enumerate(zip(some, lengths, strict=True)):
        made.ids[row, :n] = torch.tensor([ids.get(char, 0) for char in example.text])
        made.votes[row, :n] = torch.from_numpy(example.unpacked(columns).astype(np.float32))
        made.tags[row, :n] = torch.from_numpy(example.tags)
        made.words[row, :n] = torch.from_numpy(example.words)
        made.inside[row, :n] = 1.0
    return made


def learn(
    variants: Sequence[Sequence[Example]],
    encoder: Encoder,
    ids: Mapping[str, int],
    columns: int,
    course: Course,
    tell: Callable[[str], None],
) -> Model:
    """Train a finder, and the encoder with it, and return both with averaged weights.

    Args:
        variants: the corpus under different names; epoch after epoch takes the next.
    """
    torch.set_num_threads(course.threads)
    torch.manual_seed(course.seed)
    rng = random.Random(course.seed)  # noqa: S311 - no secret
    finder = Finder(columns, encoder.tags.bias.shape[0], course.drop)
    finder.mute, finder.silence, encoder.blank = course.mute, course.silence, course.blank
    model = Model(encoder, finder).train()
    plan = [list(_batches(variants[e % len(variants)], course.rows, rng)) for e in range(course.epochs)]
    steps = sum(map(len, plan))
    optimizer = torch.optim.AdamW(
        [{"params": encoder.parameters(), "lr": course.rate}, {"params": finder.parameters()}],
        lr=course.finder_rate,
        weight_decay=1e-3,
    )
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [course.rate, course.finder_rate], total_steps=steps + 1, pct_start=0.15
    )
    words = nn.CrossEntropyLoss(ignore_index=-100)
    average: dict[str, Tensor] = {}
    done = 0
    for epoch, batches in enumerate(plan, 1):
        surprise = drift = 0.0
        for some in batches:
            made = batch(some, ids, columns)
            states, tags = encoder(made.ids, made.lengths)
            loss = finder.surprise(finder(states, tags, made.votes, made.lengths), made.tags, made.inside)
            surprise += float(loss.detach())
            away = words(tags.flatten(0, 1), made.words.flatten())
            drift += float(away.detach())
            loss = loss + course.keep * away
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            rates.step()
            done += 1
            if done > steps * (1 - course.average):
                _average(average, model)
        tell(f"epoch {epoch} of {course.epochs}: {surprise / len(batches):.2f} + {drift / len(batches):.3f}")
    model.load_state_dict(average)
    return model.eval()


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


def _average(average: dict[str, Tensor], model: nn.Module) -> None:
    """Let the average follow the weights."""
    for name, value in model.state_dict().items():
        if name in average:
            average[name].mul_(0.99).add_(value, alpha=0.01)
        else:
            average[name] = value.clone()
