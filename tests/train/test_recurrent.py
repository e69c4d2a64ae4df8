"""The training's recurrent layer, against torch's own; runs where the extra `train` is installed."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (extra train)")

from kg.train.recurrent import run  # noqa: E402 - needs torch


def by_torch(layer, seen, lengths):
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        seen, list(lengths), batch_first=True, enforce_sorted=False
    )
    return torch.nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True)[0]


@pytest.mark.parametrize("lengths", [[9], [9, 3, 5, 1], [4, 9, 9]])
def test_states_and_every_gradient_are_those_of_torchs_own_layer(lengths: list[int]) -> None:
    torch.manual_seed(len(lengths))
    layer = torch.nn.GRU(7, 5, bidirectional=True, batch_first=True)
    seen = torch.randn(len(lengths), 9, 7, requires_grad=True)
    aim = torch.randn(len(lengths), 9, 10)
    made = []
    for way in (by_torch, run):
        layer.zero_grad()
        seen.grad = None
        states = way(layer, seen, lengths)
        (states * aim).sum().backward()
        made.append([states.detach(), seen.grad.clone(), *(p.grad.clone() for p in layer.parameters())])
    for theirs, ours in zip(*made, strict=True):
        torch.testing.assert_close(ours, theirs, atol=1e-5, rtol=1e-5)
