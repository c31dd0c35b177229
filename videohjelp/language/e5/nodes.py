"""The parts of an ONNX graph that is being built."""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

#: ONNX Runtime's own operators, among them the product that rounds its input to 8 bits.
MICROSOFT = "com.microsoft"


class Nodes:
    """Collects nodes and constants; each is known by its name."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, name: str, values: Any) -> str:
        """Adds a constant; gives its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **settings: Any
    ) -> str:
        """Adds a node with one output; gives the output's name."""
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **settings))
        return output

    def split(self, state: str, outputs: list[str]) -> None:
        """Parts a state into equal ones, along its second axis."""
        node = helper.make_node("Split", [state], outputs, axis=1, num_outputs=len(outputs))
        self.nodes.append(node)
