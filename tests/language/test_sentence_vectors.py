from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from videohjelp.language.e5.weights import Floats
from videohjelp.language.sentence_vectors import VectorCache


class Letters:
    """Vectors that count letters, and texts that were asked for."""

    def __init__(self, name: str = "letters") -> None:
        self.name = name
        self.asked: list[str] = []

    def vector(self, text: str) -> Floats:
        self.asked.append(text)
        return np.array([text.count(letter) for letter in "aei"], dtype=np.float32)


def quiet(_done: int, _of: int) -> None:
    """Progress nobody looks at."""


def test_vectors_stand_in_the_order_of_the_texts(tmp_path: Path) -> None:
    cache = VectorCache(Letters(), tmp_path / "cache" / "vectors.db")
    matrix = cache.matrix(["aa", "e", "aa"], quiet)
    assert matrix.tolist() == [[2, 0, 0], [0, 1, 0], [2, 0, 0]]
    assert matrix.dtype == np.float32


def test_only_new_texts_are_computed(tmp_path: Path) -> None:
    first, second = Letters(), Letters()
    VectorCache(first, tmp_path / "vectors.db").matrix(["a", "e"], quiet)
    matrix = VectorCache(second, tmp_path / "vectors.db").matrix(["e", "i", "a"], quiet)
    assert sorted(first.asked) == ["a", "e"]
    assert second.asked == ["i"]
    assert matrix.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]


def test_what_is_interrupted_goes_on_where_it_stopped(tmp_path: Path) -> None:
    class Broken(Letters):
        def vector(self, text: str) -> Floats:
            if text == "i":
                raise KeyboardInterrupt
            return super().vector(text)

    with pytest.raises(KeyboardInterrupt):
        VectorCache(Broken(), tmp_path / "vectors.db").matrix(["a", "e", "i"], quiet)
    again = Letters()
    VectorCache(again, tmp_path / "vectors.db").matrix(["a", "e", "i"], quiet)
    assert again.asked == ["i"]


def test_vectors_of_another_kind_are_not_mixed_in(tmp_path: Path) -> None:
    VectorCache(Letters("one"), tmp_path / "vectors.db").matrix(["a"], quiet)
    other = Letters("other")
    VectorCache(other, tmp_path / "vectors.db").matrix(["a"], quiet)
    assert other.asked == ["a"]


def test_progress_is_told_and_ends_with_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    texts = [f"tekst {number}" for number in range(600)]
    VectorCache(Letters(), tmp_path / "vectors.db").matrix(
        texts, lambda done, of: told.append((done, of))
    )
    assert told[-1] == (600, 600)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) > 2
