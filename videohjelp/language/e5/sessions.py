"""How ONNX Runtime runs a graph here."""

from __future__ import annotations

import onnxruntime


def session(graph: bytes) -> onnxruntime.InferenceSession:
    """A session for a file of ONNX, on one core."""
    options = onnxruntime.SessionOptions()
    # Several threads wait for each other, on a busy machine for a second and more.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
