"""Puts near-duplicates and versions of one sentence together, so that no fold tests on its own
training examples in other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from videohjelp.evaluation.comparable import Example
from videohjelp.language.known_examples import same_example
from videohjelp.language.normaliser import FunctionWords

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

#: From this likeness on (percent of the letters), two sentences are one. At 80, chains of short
#: questions ("kan jeg bruke …") grow to groups of 90; at 85 the largest is a third of that.
SAME_LETTERS = 85
#: From this cosine on, two sentence vectors (their common part taken away) mean one sentence.
#: Read off the examples: below it, pairs are neighbours rather than versions.
SAME_MEANING = 0.85
FOLDS = 5
#: How many rows are compared with all at a time: bounds the memory to some 40 MB.
_ROWS = 1000


def groups(
    texts: Sequence[str], words: FunctionWords, vectors: npt.NDArray[Any] | None = None
) -> Integers:
    """The number of each text's group, shape (texts,).

    Two texts are in one group when they are alike in letters, as written or with the words in
    another order, whatever their intent; small words count in one spelling ("hvem", "kven"). With
    their vectors, shape (texts, dimensions), they are also when they mean nearly the same. Whoever
    is like one of a group belongs to it.
    """
    written = [same_example(words.apply(text)) for text in texts]
    ordered = [" ".join(sorted(text.split())) for text in written]
    pairs = [*_alike(written), *_alike(ordered)]
    if vectors is not None:
        pairs += _close(vectors)
    first, second = (np.concatenate(side) for side in zip(*pairs, strict=True))
    size = (len(texts), len(texts))
    graph = coo_matrix((np.ones(len(first), dtype=np.int8), (first, second)), shape=size)
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def grouped_folds(
    examples: Sequence[Example], numbers: Integers, folds: int = FOLDS, seed: int = 0
) -> list[tuple[Integers, Integers]]:
    """Places of the training and of the test examples, for each fold.

    Intents are spread evenly over the folds, as far as the groups (`numbers`) allow, which are
    never parted.
    """
    intents = [one.intent for one in examples]
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    return list(splitter.split(intents, intents, numbers))


def _alike(texts: list[str]) -> Iterator[tuple[Integers, Integers]]:
    for start in range(0, len(texts), _ROWS):
        rows = texts[start : start + _ROWS]
        likeness = process.cdist(
            rows,
            texts,
            scorer=fuzz.ratio,
            score_cutoff=SAME_LETTERS,
            dtype=np.uint8,
            workers=-1,
        )
        first, second = np.nonzero(likeness)
        yield first + start, second


def _close(vectors: npt.NDArray[Any]) -> Iterator[tuple[Integers, Integers]]:
    centred = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    centred = centred / np.maximum(lengths, np.finfo(np.float32).tiny)
    for start in range(0, len(centred), _ROWS):
        first, second = np.nonzero(centred[start : start + _ROWS] @ centred.T >= SAME_MEANING)
        yield first + start, second
