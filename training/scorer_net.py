"""The scorer's network in torch, the same as `kg.extract.scorer.network` runs with numpy."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from scorer_corpus import OPTIONAL, Example, schema
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.scorer.network import FORMAT, LONGEST, UNKNOWN, _seen
from kg.extract.scorer.pairs import MENTION_COLUMNS, SAID_BLOCKS, SIGHTING_COLUMNS
from kg.extract.scorer.scene import STATUS as STATUSES

SEED, EPOCHS, BATCH, RATE, DECAY = 1, 10, 6, 3e-3, 1e-2
CHANNELS, HIDDEN, CHARACTER, DROPOUT = 64, 128, 64, 0.2
LEAST = 3
"""A character is known when so many articles have it."""
BLIND, BLANK = 0.1, 0.08
"""How often an article is read without its frames, a character as an unknown one."""
SHARE = 0.4
"""The share of the pairs that a batch takes of those that nothing is said of; each counts so much more."""
NEVER = -30.0
GAP = 8
"""Empty tokens between two articles of a batch."""


class Net(nn.Module):
    """Weights by the names that the runtime reads."""

    def __init__(self, known: int) -> None:
        super().__init__()
        self.predicates = len(schema().predicates)
        said, how = SAID_BLOCKS * self.predicates, 2 * schema().width + len(STATUSES)
        shapes = {
            "embedding": (known + 2, CHARACTER),
            "first": (5, CHARACTER, CHANNELS),
            "second": (5, CHANNELS, CHANNELS),
            "left": (3 * CHANNELS + MENTION_COLUMNS, HIDDEN),
            "right": (3 * CHANNELS + MENTION_COLUMNS, HIDDEN),
            "ends": (CHANNELS, HIDDEN),
            "headline": (CHANNELS, HIDDEN),
            "columns": (2 * CHANNELS + SIGHTING_COLUMNS + said + how, HIDDEN),
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

    def forward(self, b: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Return scores (pairs, 2 × predicates) and logits of planned and former (pairs, 2)."""
        w, drop = self.w, lambda x: functional.dropout(x, DROPOUT, self.training)
        there = (b["tokens"] > 0).float()
        rows = (drop(w["embedding"][b["tokens"]]) * there[:, None]).t()[None]
        one = (
            torch.relu(functional.conv1d(rows, w["first"].permute(2, 1, 0), w["first_bias"], padding=2))
            * there
        )
        two = functional.conv1d(one, w["second"].permute(2, 1, 0), w["second_bias"], padding=4, dilation=2)
        states = drop((one + torch.relu(two))[0].t())
        clause, sentence, between, headline = highest(
            states, [b["clauses"], b["sentences"], b["between"], b["headline"]]
        )
        here = states[b["spans"][:, 0]]
        mentions = torch.cat([here, clause, sentence, b["mentions"]], 1)
        whole = torch.zeros(b["ends"], CHANNELS).index_reduce(0, b["of"], here, "amax")
        ends = (whole @ w["ends"])[b["of"]]
        total = torch.cat([torch.zeros(1, CHANNELS), states.cumsum(0)])
        start, stop = b["between"].T
        mean = (total[stop] - total[start]) / (stop - start).clamp(min=1).sqrt()[:, None]
        columns = torch.cat([between, mean, b["sightings"], b["said"], b["how"]], 1)
        first = (mentions @ w["left"] + w["left_bias"] + ends)[b["left"]]
        first = first + (mentions @ w["right"] + ends)[b["right"]]
        first = first + (headline @ w["headline"])[b["article"]] + columns @ w["columns"]
        first = drop(torch.relu(first))
        second = torch.relu(first @ w["deep"] + w["deep_bias"]) + first
        out = second @ w["out"] + w["out_bias"] + b["said"] @ w["direct"]
        half = self.predicates
        out = torch.where(b["turned"][:, None], torch.cat([out[:, half:], out[:, :half]], 1), out)
        pair, count = b["pair"], len(b["allowed"])
        scores = torch.full((count, 2 * half), NEVER).scatter_reduce(
            0, pair[:, None].expand(-1, 2 * half), out, "amax"
        )
        status = torch.zeros(count, 2).index_add(0, pair, second @ w["status"] + w["status_bias"])
        return scores, status / torch.bincount(pair, minlength=count)[:, None]


def highest(states: Tensor, spans: list[Tensor]) -> list[Tensor]:
    """Return the maxima of stretches of tokens, as the runtime's ladder does."""
    rungs, width = [states], 1
    while 2 * width <= LONGEST:
        below = rungs[-1]
        rungs.append(torch.cat([torch.maximum(below[:-width], below[width:]), below[-width:]]))
        width *= 2
    stack = torch.cat(rungs)
    every = torch.cat(spans)
    start, stop = every[:, 0], torch.minimum(every[:, 1], every[:, 0] + LONGEST)
    length = stop - start
    rung = torch.floor(torch.log2(length.clamp(min=1).float() + 1e-4)).long()
    n = len(states)
    both = stack[torch.cat([rung * n + start.clamp(max=n - 1), rung * n + (stop - 2**rung).clamp(min=0)])]
    top = torch.maximum(both[: len(every)], both[len(every) :]) * (length > 0)[:, None]
    return list(top.split([len(s) for s in spans]))


class Trained:
    """A network with the characters it knows."""

    def __init__(self, learn: list[tuple[Example, Example]]) -> None:
        seen: Counter[int] = Counter()
        for both in learn:
            seen.update({int(t) for e in both if e.scene is not None for t in e.scene.tokens})
        self.codes = np.array(sorted(c for c, n in seen.items() if n >= LEAST), dtype=np.int64)
        self.net = Net(len(self.codes))

    def ids(self, tokens: np.ndarray) -> np.ndarray:
        """Return the rows of the embedding of tokens."""
        at = np.minimum(np.searchsorted(self.codes, tokens), len(self.codes) - 1)
        return np.where(self.codes[at] == tokens, at + 2, UNKNOWN)

    def batch(self, examples: list[Example], rng: np.random.Generator | None) -> dict[str, Tensor]:
        """Return articles end to end, `GAP` empty tokens between them; with `rng` some of it left out."""
        parts: dict[str, list[np.ndarray]] = {}
        tokens = mentions = ends = count = 0
        for place, e in enumerate(examples):
            s, p = e.scene, e.pairs
            ids = self.ids(s.tokens)
            said, how = _seen(p)
            kept, weight = np.ones(len(p.first), dtype=bool), np.ones(len(p.first), dtype=np.float32)
            if rng is not None:
                spoken = e.labels.any(axis=(1, 2)) | p.how.any(axis=1)
                kept = spoken | (rng.random(len(kept)) < SHARE)
                weight[~spoken] = 1 / SHARE
            seen = kept[p.pair]
            number = np.cumsum(kept) - 1
            if rng is not None:
                ids = np.where(rng.random(len(ids)) < BLANK, UNKNOWN, ids)
                if rng.random() < BLIND:
                    said, how = np.zeros_like(said), np.zeros_like(how)
            row = {
                "tokens": np.r_[ids, np.zeros(GAP, np.int64)],
                "clauses": s.clauses + tokens,
                "sentences": s.sentences + tokens,
                "spans": s.spans + tokens,
                "between": p.between[seen] + tokens,
                "headline": np.array([[tokens, tokens + s.headline]]),
                "of": s.of + ends,
                "mentions": p.mentions,
                "left": p.left[seen] + mentions,
                "right": p.right[seen] + mentions,
                "pair": number[p.pair[seen]] + count,
                "turned": p.turned[seen],
                "sightings": p.sightings[seen],
                "said": said[seen],
                "how": how[seen],
                "article": np.full(seen.sum(), place),
                "weight": weight[kept],
                "allowed": p.allowed.reshape(len(p.first), -1)[kept],
                "labels": e.labels.reshape(len(p.first), -1)[kept],
                "status": e.status.reshape(len(p.first), -1)[kept],
            }
            for name, value in row.items():
                parts.setdefault(name, []).append(value)
            tokens, mentions = tokens + len(ids) + GAP, mentions + len(s.of)
            ends, count = ends + len(s.ends), count + int(kept.sum())
        return {name: torch.as_tensor(np.concatenate(value)) for name, value in parts.items()} | {
            "ends": ends
        }


def train(learn: list[tuple[Example, Example]], epochs: int) -> Trained:
    """Return a network trained on articles, each read in every epoch in one of its two forms."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    rng = np.random.default_rng(SEED)
    learn = [(a, b) for a, b in learn if a.pairs is not None and b.pairs is not None]
    trained = Trained(learn)
    net = trained.net.train()
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * math.ceil(len(learn) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        order = rng.permutation(len(learn))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            b = trained.batch([learn[i][(i + epoch) % 2] for i in chosen], rng)
            loss = loss_of(net, b) / len(chosen)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            schedule.step()
    net.eval()
    return trained


def loss_of(net: Net, b: dict[str, Tensor]) -> Tensor:
    """Return the loss of a batch: every allowed predicate of every pair, optional facts left out."""
    scores, status = net(b)
    asked = b["allowed"] & (b["labels"] != OPTIONAL)
    right = (b["labels"] == 1).float()
    each = functional.binary_cross_entropy_with_logits(scores, right, reduction="none")
    loss = (each * asked * b["weight"][:, None]).sum() / 20
    at = (b["status"] >= 0).nonzero()
    if len(at):
        told = torch.cat([torch.zeros(len(at), 1), status[at[:, 0]]], 1)
        truth = b["status"][at[:, 0], at[:, 1]].long()
        loss = loss + 0.3 / 20 * functional.cross_entropy(told, truth, reduction="sum")
    return loss


def scores(trained: Trained, example: Example) -> tuple[np.ndarray, np.ndarray] | None:
    """Return what the network says of an article's pairs, as the runtime does."""
    if example.pairs is None:
        return None
    with torch.no_grad():
        out, status = trained.net(trained.batch([example], None))
    told = torch.softmax(torch.cat([torch.zeros(len(status), 1), status], 1), 1)
    return out.numpy().reshape(len(out), 2, -1), told.numpy()


def write(trained: Trained, settled: dict[str, list[float]], path: Path) -> None:
    """Write the model as the runtime reads it."""
    about = {
        "format": FORMAT,
        "predicates": schema().predicates,
        "shapes": schema().shapes,
        "slots": schema().slots,
        "codes": trained.codes.tolist(),
        **settled,
    }
    weights = {name: value.detach().numpy().astype(np.float16) for name, value in trained.net.w.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, about=json.dumps(about, ensure_ascii=False), **weights)
