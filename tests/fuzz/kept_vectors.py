"""Sentence vectors that are computed once for all processes of a run.

They cost most of a message's time and depend on its text alone, which is sent from several states.
What a vector has cost is kept with it and counted again each time it is used.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from pathlib import Path

import numpy as np

from videohjelp.language.e5.engine import E5
from videohjelp.language.e5.weights import Floats

_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, value BLOB, cpu REAL)"
_KEEP = "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)"
_LOOK_UP = "SELECT value, cpu FROM vectors WHERE key = ?"
_WAIT_SECONDS = 60.0


class KeptVectors:
    """Stands in for E5 in this process. spared: seconds of processor time that looking vectors
    up has saved so far."""

    def __init__(self, path: Path) -> None:
        """Takes the file that the processes share."""
        self.spared = 0.0
        self._compute = E5.vector
        self._db = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute(_TABLE)

    def install(self) -> None:
        """From now on every vector of this process comes through here."""

        def vector(model: E5, text: str) -> Floats:
            return self._vector(model, text)

        E5.vector = vector  # type: ignore[method-assign,assignment]

    def _vector(self, model: E5, text: str) -> Floats:
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        kept = self._db.execute(_LOOK_UP, (key,)).fetchone()
        if kept is not None:
            self.spared += float(kept[1])
            return np.frombuffer(kept[0], dtype=np.float32)
        begin = time.process_time()
        made = self._compute(model, text)
        self._db.execute(_KEEP, (key, made.tobytes(), time.process_time() - begin))
        return made
