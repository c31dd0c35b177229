"""The products of the model's states with its weights, as they are and rounded to whole numbers.

With rounded ones a vector takes two thirds of the time that it takes with ONNX Runtime's product of
4-bit weights, which is what the weights are (docs/understanding.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from videohjelp.language.e5.nodes import MICROSOFT, Nodes
from videohjelp.language.e5.weights import Floats

#: Weights of 7 bits: with 8, the sum of two products is more than the 16 bits that processors
#: without VNNI have for it (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
_LARGEST = 63
#: How far what makes a dimension large goes into its weights: 0 not at all, 1 wholly.
#: Source: Xiao and others 2023, "SmoothQuant", equation 4.
_INTO_WEIGHTS = 0.75
#: Of a dimension that is always 0.
_LEAST = 1e-5


class Products(Protocol):
    """Adds products to a graph."""

    def add(self, to: Nodes, state: str, name: str, weights: Floats, bias: Floats) -> str:
        """Adds the product of a state, shape (tokens, columns), and the bias; gives its name.

        weights: shape (rows, columns).
        """


class ExactProducts:
    """Products of floats. inputs: name of the product -> name of its state."""

    def __init__(self) -> None:
        self.inputs: dict[str, str] = {}

    def add(self, to: Nodes, state: str, name: str, weights: Floats, bias: Floats) -> str:
        """As Products."""
        self.inputs[name] = state
        product = to.add(
            "MatMul", [state, to.constant(f"{name}.weights", weights.T)], f"{name}.product"
        )
        return to.add("Add", [product, to.constant(f"{name}.bias", bias)], name)


class RoundedProducts:
    """Products of whole numbers: the weights are rounded to 7 bits, the state to 8 when it is
    there, by its largest value.

    That one must not be too large for the others. In the layers' last products single tokens have
    such values: each token is divided by its own. In the others single dimensions have: they are
    divided by what their weights are multiplied with.
    """

    def __init__(self, sizes: Mapping[str, Floats]) -> None:
        """sizes: name of the product -> the largest value that each dimension of its state has."""
        self._sizes = sizes

    def add(self, to: Nodes, state: str, name: str, weights: Floats, bias: Floats) -> str:
        """As Products."""
        if name.endswith(".fo"):
            return self._by_token(to, state, name, weights, bias)
        sizes = np.maximum(self._sizes[name], _LEAST)
        of_weights = np.maximum(np.abs(weights).max(axis=0), _LEAST)
        factors = sizes**_INTO_WEIGHTS / of_weights ** (1 - _INTO_WEIGHTS)
        factors = np.asarray(factors, dtype=np.float32)
        even = to.add("Mul", [state, to.constant(f"{name}.factors", 1 / factors)], f"{name}.even")
        inputs = [even, *_whole_numbers(to, name, weights * factors)]
        inputs.append(to.constant(f"{name}.bias", bias))
        return to.add("DynamicQuantizeMatMul", inputs, name, MICROSOFT)

    def _by_token(self, to: Nodes, state: str, name: str, weights: Floats, bias: Floats) -> str:
        last_axis = to.constant(f"{name}.axis", np.array([-1]))
        sizes = to.add("Abs", [state], f"{name}.sizes")
        largest = to.add("ReduceMax", [sizes, last_axis], f"{name}.largest", keepdims=1)
        even = to.add("Div", [state, largest], f"{name}.even")
        inputs = [even, *_whole_numbers(to, name, weights)]
        product = to.add("DynamicQuantizeMatMul", inputs, f"{name}.product", MICROSOFT)
        scaled = to.add("Mul", [product, largest], f"{name}.scaled")
        return to.add("Add", [scaled, to.constant(f"{name}.bias", bias)], name)


def _whole_numbers(to: Nodes, name: str, weights: Floats) -> list[str]:
    """Adds the weights as whole numbers, their scales by row, and what stands for 0."""
    scales = np.abs(weights).max(axis=1) / np.float32(_LARGEST)
    values = np.rint(weights / scales[:, np.newaxis]).astype(np.int8).T
    named = {"values": values, "scales": scales, "zeros": np.zeros(len(scales), dtype=np.int8)}
    return [to.constant(f"{name}.{part}", array) for part, array in named.items()]
