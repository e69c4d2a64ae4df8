"""Weights read back from model files: the inverse of `kg.train.export`, without torch or onnx.

An ONNX file is a message of the protocol buffers' wire format; only the few fields are read that hold the
weights, as the format numbers them (onnx.proto).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ConfigError
from kg.train.shapes import WAYS, torch_order

Weights = dict[str, NDArray[np.float32]]
_GRAPH, _INITIALIZER = 7, 5
_DIMS, _TYPE, _NAME, _RAW = 1, 2, 8, 9
_TYPES = {1: np.float32, 3: np.int8, 7: np.int64, 10: np.float16}
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def constants(path: Path) -> dict[str, NDArray[Any]]:
    """Return the constants of an ONNX model by name.

    Raises:
        ConfigError: the file is none, or holds its weights in another way than `kg.train.export` writes them.
    """
    try:
        found = {}
        for graph in _of(path.read_bytes(), _GRAPH):
            for tensor in _of(graph, _INITIALIZER):
                name, value = _tensor(tensor)
                found[name] = value
        if not found:
            raise ValueError("no weights")
    except (OSError, IndexError, KeyError, ValueError) as error:
        raise ConfigError(str(path), f"no model that kg wrote ({error!r})") from error
    return found


def read_encoder(path: Path) -> Weights:
    """Return what `write_encoder` was given; the embedding as 32-bit numbers of the 16 bits kept."""
    stored = constants(path)
    weights = {
        "embedding": stored["embedding"].astype(np.float32),
        "tags_weight": stored["scores_w"].T.copy(),
        "tags_bias": stored["scores_b"],
    }
    for name in ("first", "second"):
        weights |= {f"{name}_{key}": stored[f"{name}_{key}"] for key in "WRB"}
    return weights


def read_finder(path: Path) -> Weights:
    """Return what `write_finder` wrote: weights of the finder's own layers by torch's names, no moves."""
    stored = constants(path)
    weights = {}
    for name, part in (("votes", "told"), ("meant", "meant"), ("head", "scores")):
        weights[f"{name}.weight"] = stored[f"{part}_w"].T.copy()
        weights[f"{name}.bias"] = stored[f"{part}_b"]
    weights["sizes.weight"] = stored["sizes"]
    return weights | {f"layer.{key}": value for key, value in layer(stored, "layer").items()}


def layer(stored: Mapping[str, NDArray[Any]], name: str) -> Weights:
    """Return a recurrent layer in both directions by torch's names."""
    found = {}
    for direction, way in enumerate(WAYS):
        of_input, of_state = np.split(stored[f"{name}_B"][direction], 2)
        for key, block in (
            ("weight_ih", stored[f"{name}_W"][direction]),
            ("weight_hh", stored[f"{name}_R"][direction]),
            ("bias_ih", of_input),
            ("bias_hh", of_state),
        ):
            found[f"{key}_l0{way}"] = torch_order(block)
    return found


def _tensor(data: bytes) -> tuple[str, NDArray[Any]]:
    shape, kind, name, raw = list[int](), 0, "", b""
    for number, value in _fields(data):
        if number == _DIMS:
            shape += [value] if isinstance(value, int) else _packed(value)
        elif number == _TYPE and isinstance(value, int):
            kind = value
        elif number == _NAME and isinstance(value, bytes):
            name = value.decode()
        elif number == _RAW and isinstance(value, bytes):
            raw = value
    return name, np.frombuffer(raw, _TYPES[kind]).reshape(shape)


def _of(data: bytes, wanted: int) -> Iterator[bytes]:
    return (value for number, value in _fields(data) if number == wanted and isinstance(value, bytes))


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the fields of a message: its number with a whole number, or with bytes."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            size, at = _varint(data, at)
        elif kind in (_FIXED32, _FIXED64):
            size = 4 if kind == _FIXED32 else 8
        else:
            raise ValueError(f"field of kind {kind}")
        if at + size > len(data):
            raise ValueError("the file is cut off")
        yield key >> 3, data[at : at + size]
        at += size


def _packed(data: bytes) -> list[int]:
    found, at = list[int](), 0
    while at < len(data):
        value, at = _varint(data, at)
        found.append(value)
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
