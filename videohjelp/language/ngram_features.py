"""Character and word n-grams of a message, as a sparse vector.

Characters cope with spelling, dialect and endings; words keep the order in which "they hear me, I
do not hear them" differs from its opposite.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

#: Keyword arguments of the two vectorizers.
_CHARACTERS = {"analyzer": "char_wb", "ngram_range": (2, 5)}
_WORDS = {"analyzer": "word", "ngram_range": (1, 3), "token_pattern": r"[\w']+"}
_BOTH = {"sublinear_tf": True, "dtype": np.float32}


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
