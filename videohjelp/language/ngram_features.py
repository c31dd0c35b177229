"""Character and word n-grams of a message, as a sparse vector.

Characters cope with spelling, dialect and endings; words keep the order in which "they hear me, I
do not hear them" differs from its opposite.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

#: Keyword arguments of the two vectorizers.
_CHARACTERS = {"analyzer": "char_wb", "ngram_range": (2, 5)}
_WORD = r"[\w']+"
_WORDS = {"analyzer": "word", "ngram_range": (1, 3), "token_pattern": _WORD}
_BOTH = {"sublinear_tf": True, "dtype": np.float32}


@dataclass(frozen=True)
class SparseRow:
    """The vector of one text. columns, values: of the n-grams it has, in the same order."""

    columns: npt.NDArray[np.intp]
    values: npt.NDArray[np.float32]


class NgramFeatures:
    """TF-IDF weighted n-grams. word_weight: the words' length beside the characters' 1."""

    def __init__(self, word_weight: float) -> None:
        self._word_weight = word_weight
        self._characters = TfidfVectorizer(**_CHARACTERS, **_BOTH, min_df=2)
        self._words = TfidfVectorizer(**_WORDS, **_BOTH, min_df=2)

    def fit_transform(self, texts: Sequence[str]) -> csr_matrix:
        """Learns the n-grams of the texts; gives their vectors, shape (texts, n-grams)."""
        self._characters.fit(texts)
        self._words.fit(texts)
        return self.transform(texts)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """The vectors of texts, shape (texts, n-grams)."""
        words = self._words.transform(texts) * self._word_weight
        return hstack([self._characters.transform(texts), words]).tocsr()

    def row(self, text: str) -> SparseRow:
        """The vector of one text: what `transform` gives, in a fifth of its time."""
        characters, words = self._learned
        found = characters.row(text), words.row(text)
        return SparseRow(
            np.concatenate([found[0].columns, found[1].columns + len(characters.columns)]),
            np.concatenate([found[0].values, found[1].values * np.float32(self._word_weight)]),
        )

    def known_share(self, text: str) -> float:
        """How many of a text's words were learned, 0 to 1; 1 for a text without words."""
        words = re.findall(_WORD, text.lower())
        learned = self._words.vocabulary_
        return sum(word in learned for word in words) / len(words) if words else 1.0

    @functools.cached_property
    def _learned(self) -> tuple[_Learned, _Learned]:
        return _Learned.of(self._characters), _Learned.of(self._words)

    def vocabularies(self) -> dict[str, dict[str, int]]:
        """The n-grams with their columns, as JSON can hold them."""
        return {
            name: {term: int(column) for term, column in vectorizer.vocabulary_.items()}
            for name, vectorizer in self._by_name().items()
        }

    def weights(self) -> dict[str, npt.NDArray[Any]]:
        """The n-grams' weights."""
        return {f"{name}_idf": one.idf_ for name, one in self._by_name().items()}

    @classmethod
    def restored(
        cls,
        word_weight: float,
        vocabularies: dict[str, dict[str, int]],
        weights: dict[str, npt.NDArray[Any]],
    ) -> NgramFeatures:
        """The features as `vocabularies` and `weights` gave them."""
        features = cls(word_weight)
        features._characters = TfidfVectorizer(
            **_CHARACTERS, **_BOTH, vocabulary=vocabularies["characters"]
        )
        features._words = TfidfVectorizer(**_WORDS, **_BOTH, vocabulary=vocabularies["words"])
        for name, vectorizer in features._by_name().items():
            vectorizer.idf_ = weights[f"{name}_idf"]
        return features

    def _by_name(self) -> dict[str, TfidfVectorizer]:
        return {"characters": self._characters, "words": self._words}


@dataclass(frozen=True)
class _Learned:
    """What a vectorizer has learned, without all that scikit-learn checks at every message.

    ngrams_of: a text's n-grams. columns: n-gram -> column. weights: of the columns.
    """

    ngrams_of: Callable[[str], Iterable[str]]
    columns: Mapping[str, int]
    weights: npt.NDArray[np.float32]

    @classmethod
    def of(cls, vectorizer: TfidfVectorizer) -> _Learned:
        weights = vectorizer.idf_.astype(np.float32)
        return cls(vectorizer.build_analyzer(), vectorizer.vocabulary_, weights)

    def row(self, text: str) -> SparseRow:
        counts = Counter(map(self.columns.get, self.ngrams_of(text)))
        counts.pop(None, None)  # n-grams that were not learned
        columns = np.fromiter(counts, np.intp, len(counts))
        times = np.fromiter(counts.values(), np.float32, len(counts))
        values = (1 + np.log(times)) * self.weights[columns]
        length = np.sqrt(values @ values)
        return SparseRow(columns, values / length if length else values)
