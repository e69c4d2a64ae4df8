"""Networks as ONNX files: written node by node, so that the same weights give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, checker, helper, numpy_helper

from kg.extract.mentions.spotted import COLUMNS
from kg.train.shapes import FLOOR, SCALE, STATE, WAYS, torch_order
from kg.train.vectors import Vectors

Weights = Mapping[str, NDArray[np.float32]]
OPSET, FORMAT = 17, 8


class _Graph:
    """Nodes and constants as they come."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def add(self, kind: str, inputs: Sequence[str], output: str, **settings: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **settings))
        return output

    def linear(self, seen: str, name: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        product = self.add("MatMul", [seen, self.constant(f"{name}_w", weight.T)], f"{name}_product")
        return self.add("Add", [product, self.constant(f"{name}_b", bias)], name)

    def gru(self, seen: str, name: str, parts: Mapping[str, NDArray[Any]]) -> str:
        """Add a layer in both directions: (places, rows, in) → (places, rows, 2 * size)."""
        size = parts["R"].shape[2]
        given = [self.constant(f"{name}_{key}", parts[key]) for key in "WRB"]
        self.add(
            "GRU",
            [seen, *given, "lengths"],
            f"{name}_both",
            hidden_size=size,
            direction="bidirectional",
            linear_before_reset=1,
        )
        turned = self.add("Transpose", [f"{name}_both"], f"{name}_turned", perm=[0, 2, 1, 3])
        shape = self.constant(f"{name}_shape", np.array([0, 0, 2 * size], np.int64))
        return self.add("Reshape", [turned, shape], name)

    def save(self, path: Path, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> None:
        ends = [
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in some.items()]
            for some in (inputs, outputs)
        ]
        graph = helper.make_graph(self.nodes, path.stem, *ends, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = FORMAT
        checker.check_model(model)
        path.write_bytes(model.SerializeToString(deterministic=True))


def layer_of(weights: Weights, prefix: str) -> dict[str, NDArray[Any]]:
    """Return W, R and B of a layer of torch in ONNX's order."""
    parts = {
        key: np.stack([torch_order(weights[f"{prefix}.{part}_l0{way}"]) for way in WAYS])
        for key, part in (("W", "weight_ih"), ("R", "weight_hh"), ("x", "bias_ih"), ("h", "bias_hh"))
    }
    parts["B"] = np.concatenate([parts.pop("x"), parts.pop("h")], axis=1)
    return parts


def encoder_of(finder: Weights) -> dict[str, NDArray[Any]]:
    """Return the lexer's part of a finder's weights, as `write_encoder` takes it."""
    weights = {
        "embedding": finder["embedding.weight"],
        "tags_weight": finder["lexed.weight"],
        "tags_bias": finder["lexed.bias"],
    }
    for name in ("first", "second"):
        weights |= {f"{name}_{key}": value for key, value in layer_of(finder, name).items()}
    return weights


def write_encoder(weights: Weights, path: Path) -> None:
    """Write the lexer: characters → states of its upper layer, logarithms of its word tags.

    The embedding is kept in half precision.
    """
    graph = _Graph()
    graph.constant("embedding", weights["embedding"].astype(np.float16))
    graph.add("Gather", ["embedding", "ids"], "half")
    graph.add("Cast", ["half"], "seen", to=TensorProto.FLOAT)
    graph.add("Transpose", ["seen"], "seen_turned", perm=[1, 0, 2])
    first = graph.gru("seen_turned", "first", {key: weights[f"first_{key}"] for key in "WRB"})
    second = graph.gru(first, "second", {key: weights[f"second_{key}"] for key in "WRB"})
    graph.add("Transpose", [second], "states", perm=[1, 0, 2])
    graph.linear("states", "scores", weights["tags_weight"], weights["tags_bias"])
    graph.add("LogSoftmax", ["scores"], "tags", axis=-1)
    count = weights["tags_bias"].shape[0]
    graph.save(
        path,
        {"ids": (TensorProto.INT64, ["rows", "places"]), "lengths": (TensorProto.INT32, ["rows"])},
        {
            "states": (TensorProto.FLOAT, ["rows", "places", STATE]),
            "tags": (TensorProto.FLOAT, ["rows", "places", count]),
        },
    )


def write_finder(weights: Weights, path: Path, word_tags: int, vectors: Vectors) -> None:
    """Write states, word tags, votes and known words → scores of the finder's tags."""
    graph = _Graph()
    floor = graph.constant("floor", np.array(FLOOR, np.float32))
    graph.add("Clip", ["tags", floor], "clipped")
    graph.add("Div", ["clipped", graph.constant("unit", np.array(SCALE, np.float32))], "words")
    graph.add("Cast", ["features"], "votes", to=TensorProto.FLOAT)
    told = graph.linear("votes", "told", weights["votes.weight"], weights["votes.bias"])
    graph.add("Relu", [told], "heard")
    known = _known(graph, vectors, weights["sizes.weight"])
    meant = graph.linear(known, "meant", weights["meant.weight"], weights["meant.bias"])
    graph.add("Relu", [meant], "meaning")
    graph.add("Concat", ["states", "words", "heard", "meaning"], "seen", axis=2)
    graph.add("Transpose", ["seen"], "seen_turned", perm=[1, 0, 2])
    layer = graph.gru("seen_turned", "layer", layer_of(weights, "layer"))
    graph.add("Transpose", [layer], "layered", perm=[1, 0, 2])
    graph.add("Concat", ["seen", "layered"], "all", axis=2)
    graph.linear("all", "scores", weights["head.weight"], weights["head.bias"])
    rows = ["rows", "places"]
    graph.save(
        path,
        {
            "states": (TensorProto.FLOAT, [*rows, STATE]),
            "tags": (TensorProto.FLOAT, [*rows, word_tags]),
            "features": (TensorProto.UINT8, [*rows, weights["votes.weight"].shape[1]]),
            "spotted": (TensorProto.INT32, [*rows, COLUMNS]),
            "lengths": (TensorProto.INT32, ["rows"]),
        },
        {"scores": (TensorProto.FLOAT, [*rows, weights["head.bias"].shape[0]])},
    )


def _known(graph: _Graph, vectors: Vectors, sizes: NDArray[np.float32]) -> str:
    """Add what is known of the words at each character: their vectors, and numbers for their lengths."""
    graph.constant("table", vectors.table)
    graph.constant("scale", vectors.scale)
    graph.constant("sizes", sizes)
    parts = []
    for number in range(COLUMNS):
        column = graph.constant(f"column_{number}", np.array(number, np.int64))
        graph.add("Gather", ["spotted", column], f"spotted_{number}", axis=2)
        if number < COLUMNS // 2:
            graph.add("Gather", ["table", f"spotted_{number}"], f"row_{number}")
            graph.add("Cast", [f"row_{number}"], f"whole_{number}", to=TensorProto.FLOAT)
            parts.append(graph.add("Mul", [f"whole_{number}", "scale"], f"known_{number}"))
        else:
            parts.append(graph.add("Gather", ["sizes", f"spotted_{number}"], f"known_{number}"))
    return graph.add("Concat", parts, "known", axis=2)
