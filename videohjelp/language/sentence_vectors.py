"""Sentence vectors behind a small interface, so that what makes them can change."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np

from videohjelp.language.e5.weights import Floats

#: After how many new vectors they are written to the disk, and progress is told.
_STEP = 250


class SentenceVectors(Protocol):
    """Turns a sentence into a vector of unit length."""

    #: Names the vectors; vectors of another name cannot be mixed with these.
    name: str

    def vector(self, text: str) -> Floats:
        """The vector of one text, shape (dimensions,). May be called from several threads."""


class VectorCache:
    """Keeps vectors of training examples on disk: retraining computes only those of new ones."""

    def __init__(self, vectors: SentenceVectors, path: Path) -> None:
        self._vectors = vectors
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, value BLOB)")

    def matrix(self, texts: Sequence[str], progress: Callable[[int, int], None]) -> Floats:
        """The vectors of the texts, shape (len(texts), dimensions); new ones on all cores.

        progress: called with the number done and the number of all, from time to time.
        """
        keys = [self._key(text) for text in texts]
        rows = {key: row for key in keys if (row := self._kept(key)) is not None}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
        pool = ThreadPoolExecutor(len(os.sched_getaffinity(0)))
        try:
            for key, row in zip(new, pool.map(self._vectors.vector, new.values()), strict=True):
                self._db.execute("INSERT INTO vectors VALUES (?, ?)", (key, row.tobytes()))
                rows[key] = row
                if len(rows) % _STEP == 0:
                    self._db.commit()
                    progress(len(rows), len(texts))
        finally:
            pool.shutdown(cancel_futures=True)
            self._db.commit()
        progress(len(texts), len(texts))
        return np.vstack([rows[key] for key in keys])

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._vectors.name}\n{text}".encode()).hexdigest()

    def _kept(self, key: str) -> Floats | None:
        found = self._db.execute("SELECT value FROM vectors WHERE key = ?", (key,)).fetchone()
        return np.frombuffer(found[0], dtype=np.float32) if found else None
