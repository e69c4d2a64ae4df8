"""The scorer's network in torch, and the file that the project runs."""

from __future__ import annotations

import hashlib
import io
import json
import math
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scorer_corpus import OPTIONAL, Example, schema
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.scorer.batch import INPUTS, LONGEST, Batch, join
from kg.extract.scorer.network import FORMAT, UNKNOWN, combine, rows
from kg.extract.scorer.pairs import MENTION_COLUMNS, SAID_BLOCKS, SIGHTING_COLUMNS, Pairs
from kg.extract.scorer.scene import STATUS as STATUSES

SEED, EPOCHS, BATCH, RATE, DECAY = 1, 12, 6, 3e-3, 1e-2
CHANNELS, HIDDEN, CHARACTER, SHARED, DROPOUT = 64, 128, 64, 64, 0.2
LEAST = 3
"""A character is known when so many articles have it."""
BLIND, BLANK = 0.1, 0.08
"""How often an article is read without its frames, a character as an unknown one."""
SHARE = 0.4
"""The share of the pairs that a batch takes of those that nothing is said of; each counts so much more."""
FOUND = 0.5
"""How often an article is read with the names that are found."""
OPSET = 17


class Net(nn.Module):
    """Weights, and what the runtime computes with them."""

    def __init__(self, known: int) -> None:
        super().__init__()
        self.predicates = len(schema().predicates)
        said, how = SAID_BLOCKS * self.predicates, 2 * schema().width + len(STATUSES)
        self.said = said
        shapes = {
            "embedding": (known + 2, CHARACTER),
            "first": (5, CHARACTER, CHANNELS),
            "second": (5, CHANNELS, CHANNELS),
            "left": (3 * CHANNELS + MENTION_COLUMNS, HIDDEN),
            "right": (3 * CHANNELS + MENTION_COLUMNS, HIDDEN),
            "shared_left": (3 * CHANNELS + MENTION_COLUMNS, SHARED),
            "shared_right": (3 * CHANNELS + MENTION_COLUMNS, SHARED),
            "shared": (SHARED, HIDDEN),
            "whole": (CHANNELS, HIDDEN),
            "headline": (CHANNELS, HIDDEN),
            "columns": (2 * CHANNELS + SIGHTING_COLUMNS, HIDDEN),
            "told": (said + how, HIDDEN),
            "deep": (HIDDEN, HIDDEN),
            "out": (HIDDEN, 2 * self.predicates),
            "status": (HIDDEN, 2),
        }
        self.w = nn.ParameterDict()
        for name, shape in shapes.items():
            bound = 1 / math.sqrt(math.prod(shape[:-1]) if name != "embedding" else 4)
            self.w[name] = nn.Parameter(torch.empty(shape).uniform_(-bound, bound))
        for name, width in (
            ("first_bias", CHANNELS),
            ("second_bias", CHANNELS),
            ("left_bias", HIDDEN),
            ("deep_bias", HIDDEN),
            ("out_bias", 2 * self.predicates),
            ("status_bias", 2),
        ):
            self.w[name] = nn.Parameter(torch.full((width,), -3.0 if name == "out_bias" else 0.0))
        direct = torch.zeros(said, 2 * self.predicates)
        direct[: 2 * self.predicates] = 4 * torch.eye(2 * self.predicates)
        self.w["direct"] = nn.Parameter(direct)

    def forward(self, *given: Tensor) -> tuple[Tensor, Tensor]:
        """Return scores (sightings, 2 × predicates) and logits of planned and former (sightings, 2).

        It is given `INPUTS`, as `kg.extract.scorer.batch.join` makes them.
        """
        w, b = self.w, dict(zip(INPUTS, given, strict=True))
        states = self.states(b["tokens"])
        top = highest(states, b["starts"], b["stops"])
        at = states[b["here"]]
        count = at.shape[0]
        clause, sentence, rest = top[:count], top[count : 2 * count], top[2 * count :]
        articles = rest.shape[0] - b["left"].shape[0]
        headline, middle = rest[:articles] @ w["headline"], rest[articles:]
        seen = torch.cat([at, clause, sentence, b["mentions"]], 1)
        named = (at[b["others"]].amax(1) @ w["whole"])[b["of"]]
        total = torch.cat([torch.zeros(1, CHANNELS), states.cumsum(0)])
        start, stop = b["between"][:, 0], b["between"][:, 1]
        mean = (total[stop] - total[start]) / (stop - start).clamp(min=1).float().sqrt()[:, None]
        first = torch.cat([middle, mean, b["sightings"]], 1) @ w["columns"] + headline[b["article"]]
        first = first + (seen @ w["left"] + w["left_bias"] + named)[b["left"]]
        first = first + (seen @ w["right"] + named)[b["right"]]
        first = first + (b["told"] @ w["told"])[b["which"]]
        both = torch.tanh(seen @ w["shared_left"])[b["left"]]
        both = both * torch.tanh(seen @ w["shared_right"])[b["right"]]
        first = self.drop(torch.relu(first + both @ w["shared"]))
        second = torch.relu(first @ w["deep"] + w["deep_bias"]) + first
        direct = (b["told"][:, : self.said] @ w["direct"])[b["which"]]
        return second @ w["out"] + w["out_bias"] + direct, second @ w["status"] + w["status_bias"]

    def states(self, tokens: Tensor) -> Tensor:
        """Return the states of tokens, (tokens, channels), zeros where nothing stands."""
        w = self.w
        there = (tokens > 0).float()
        seen = (self.drop(w["embedding"][tokens]) * there[:, None]).t()[None]
        one = torch.relu(convolved(seen, w["first"], w["first_bias"], 1)) * there
        states = (one + torch.relu(convolved(one, w["second"], w["second_bias"], 2))) * there
        return self.drop(states[0].t())

    def drop(self, seen: Tensor) -> Tensor:
        """Leave some of it out while training."""
        return functional.dropout(seen, DROPOUT) if self.training else seen


def convolved(seen: Tensor, kernel: Tensor, bias: Tensor, step: int) -> Tensor:
    """Return rows (1, channels, length) convolved with a kernel (width, channels, out), `step` apart."""
    reach = step * (kernel.shape[0] // 2)
    return functional.conv1d(seen, kernel.permute(2, 1, 0), bias, padding=reach, dilation=step)


def highest(states: Tensor, starts: Tensor, stops: Tensor) -> Tensor:
    """Return the maxima of stretches of tokens (see `kg.extract.scorer.batch.stretches`)."""
    ladder, width = [states], 1
    while 2 * width <= LONGEST:
        below = ladder[-1]
        ladder.append(torch.maximum(below[:-width], below[width:]))
        width *= 2
    stack = torch.cat(ladder)
    return torch.maximum(stack[starts], stack[stops])


class Trained:
    """A network with the characters it knows."""

    def __init__(self, codes: np.ndarray, net: Net) -> None:
        self.codes, self.net = codes, net

    def run(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return what the network says of the sightings of a batch."""
        return self.net(*(torch.as_tensor(batch.inputs[name]) for name in INPUTS))


def thinned(example: Example, rng: np.random.Generator) -> tuple[Pairs, np.ndarray, np.ndarray]:
    """Return a share of the pairs of which nothing is said, which they are, and how much each counts."""
    pairs = example.pairs
    spoken = example.labels.any(axis=(1, 2)) | pairs.how.any(axis=1)
    kept = spoken | (rng.random(len(spoken)) < SHARE)
    if not kept.any():
        kept[0] = True
    seen = kept[pairs.pair]
    blind = 0 if rng.random() < BLIND else 1
    few = {name: getattr(pairs, name)[kept] for name in ("first", "second", "allowed")}
    few |= {name: getattr(pairs, name)[kept] * blind for name in ("said", "how")}
    many = {name: getattr(pairs, name)[seen] for name in ("left", "right", "turned", "sightings", "between")}
    number = (np.cumsum(kept) - 1)[pairs.pair[seen]]
    return replace(pairs, **few, **many, pair=number), kept, np.where(spoken, 1, 1 / SHARE)[kept]


def train(learn: Sequence[tuple[Example, Example]], epochs: int) -> Trained:
    """Return a network trained on articles, each read in every epoch in one of its two forms."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    learn = [(a, b) for a, b in learn if a.pairs is not None and b.pairs is not None]
    seen: Counter[int] = Counter()
    for both in learn:
        seen.update({int(t) for e in both for t in e.scene.tokens})
    codes = np.array(sorted(c for c, n in seen.items() if n >= LEAST), dtype=np.int64)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    net = Net(len(codes)).train()
    trained = Trained(codes, net)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * math.ceil(len(learn) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    for _ in range(epochs):
        order = rng.permutation(len(learn))
        for start in range(0, len(order), BATCH):
            chosen = [learn[i][int(rng.random() < FOUND)] for i in order[start : start + BATCH]]
            loss = loss_of(trained, chosen, rng) / len(chosen)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            schedule.step()
    net.eval()
    return trained


def loss_of(trained: Trained, examples: Sequence[Example], rng: np.random.Generator) -> Tensor:
    """Return the loss of a batch: every allowed predicate of every pair, optional facts left out."""
    few = [thinned(e, rng) for e in examples]
    ids = [rows(trained.codes, e.scene.tokens) for e in examples]
    ids = [np.where(rng.random(len(i)) < BLANK, UNKNOWN, i) for i in ids]
    batch = join([(i, e.scene, f) for i, e, (f, _, _) in zip(ids, examples, few, strict=True)])
    out, told = trained.run(batch)
    half = out.shape[1] // 2
    turned = torch.as_tensor(batch.turned)[:, None]
    out = torch.where(turned, torch.cat([out[:, half:], out[:, :half]], 1), out)
    pair = torch.as_tensor(batch.pair)
    count = int(pair[-1]) + 1
    scores = torch.full((count, 2 * half), -30.0).scatter_reduce(
        0, pair[:, None].expand(-1, 2 * half), out, "amax"
    )
    status = torch.zeros(count, 2).index_add(0, pair, told) / torch.bincount(pair)[:, None]

    def stacked(values: list[np.ndarray]) -> Tensor:
        return torch.as_tensor(np.concatenate([value.reshape(len(value), -1) for value in values]))

    label = stacked([e.labels[kept] for e, (_, kept, _) in zip(examples, few, strict=True)])
    meant = stacked([e.status[kept] for e, (_, kept, _) in zip(examples, few, strict=True)])
    asked = stacked([f.allowed for f, _, _ in few]) & (label != OPTIONAL)
    weight = stacked([weight for _, _, weight in few]).float()
    each = functional.binary_cross_entropy_with_logits(scores, (label == 1).float(), reduction="none")
    loss = (each * asked * weight).sum() / 20
    at = (meant >= 0).nonzero()
    if len(at):
        told = torch.cat([torch.zeros(len(at), 1), status[at[:, 0]]], 1)
        truth = meant[at[:, 0], at[:, 1]].long()
        loss = loss + 0.3 / 20 * functional.cross_entropy(told, truth, reduction="sum")
    return loss


def scores(trained: Trained, example: Example) -> tuple[np.ndarray, np.ndarray] | None:
    """Return what the network says of an article's pairs, as the runtime does."""
    if example.pairs is None:
        return None
    batch = join([(rows(trained.codes, example.scene.tokens), example.scene, example.pairs)])
    with torch.no_grad():
        out, told = trained.run(batch)
    return combine(batch, out.numpy(), told.numpy())


def write(trained: Trained, settled: Mapping[str, Any], shown: Example, path: Path) -> None:
    """Write the model as the runtime reads it; `shown` is any article, for the shapes of inputs."""
    about: dict[str, Any] = {
        "format": FORMAT,
        "predicates": schema().predicates,
        "shapes": schema().shapes,
        "slots": schema().slots,
        "codes": trained.codes.tolist(),
        **settled,
    }
    batch = join([(rows(trained.codes, shown.scene.tokens), shown.scene, shown.pairs)])
    graph = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            trained.net,
            tuple(torch.as_tensor(batch.inputs[name]) for name in INPUTS),
            graph,
            input_names=list(INPUTS),
            output_names=["scores", "status"],
            dynamic_axes={name: {0: name} for name in INPUTS}
            | {"scores": {0: "left"}, "status": {0: "left"}},
            opset_version=OPSET,
            dynamo=False,
        )
    about["sha256"] = hashlib.sha256(graph.getvalue()).hexdigest()
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        about=json.dumps(about, ensure_ascii=False),
        network=np.frombuffer(graph.getvalue(), dtype=np.uint8),
    )
