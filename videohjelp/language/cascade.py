"""What a message is about: n-grams answer where they are sure, sentence vectors where they are not.

reader = cascade.reader()  # for one message
reader.rank("ikkje lyd")   # [("no_sound", 0.98), ...]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from videohjelp.language.danger import DANGERS
from videohjelp.language.e5.weights import Floats
from videohjelp.language.linear_model import LinearModel
from videohjelp.language.ngram_features import NgramFeatures, SparseRow
from videohjelp.language.normaliser import FunctionWords
from videohjelp.language.sentence_vectors import SentenceVectors
from videohjelp.privacy.redaction import without_marks

#: From this probability of danger on, the n-grams are believed without the vectors: an alarm is to
#: be as sure as it can be, so it is more than what answers a question.
SURE_OF_DANGER = 0.9


@dataclass(frozen=True)
class Thorough:
    """The model of n-grams and sentence vectors together.

    model: its features are the n-grams', then the vector's. mean: of the training examples'
    vectors. weight: the vector's length beside the characters' 1.
    """

    model: LinearModel
    vectors: SentenceVectors
    mean: Floats
    weight: float

    def probabilities(self, ngrams: SparseRow, text: str) -> Floats:
        """Probabilities of the intents, shape (intents,)."""
        return self.model.probabilities_of(
            ngrams, weighted(self.vectors.vector(text)[np.newaxis, :], self.mean, self.weight)[0]
        )


@dataclass(frozen=True)
class Cascade:
    """Both models and when which of them is asked.

    sure_above: from this confidence on, the n-grams answer alone, unless they give danger, of
    either kind, at least the probability danger_doubt; sentence_doubt is the same for a sentence
    by itself, which is only asked for danger. least_known: danger is only believed where so many
    of the words, 0 to 1, stand in training examples. thorough: None where there are no vectors.
    """

    words: FunctionWords
    ngrams: NgramFeatures
    quick: LinearModel
    thorough: Thorough | None
    sure_above: float
    danger_doubt: float
    sentence_doubt: float
    least_known: float

    def reader(self) -> Reader:
        """Reads one message and its parts."""
        return Reader(self)

    def plain(self, text: str) -> str:
        """The text as the n-grams read it."""
        return self.words.apply(without_marks(text))

    def knows(self, text: str) -> bool:
        """Whether enough of the words were learned for danger to be believed."""
        return self.ngrams.known_share(self.plain(text)) >= self.least_known

    def is_unsure(self, probabilities: Floats) -> bool:
        """Whether the n-grams' answer is not believed."""
        # Where there may be danger, n-grams that are sure of something else are not believed.
        return bool(
            probabilities.max() < self.sure_above
            or self.danger_doubt <= self.danger(probabilities) < SURE_OF_DANGER
        )

    def danger(self, probabilities: Floats) -> float:
        """How likely danger is, of either kind."""
        return float(probabilities[self._dangers].sum())

    @cached_property
    def _dangers(self) -> list[int]:
        return [place for place, label in enumerate(self.quick.labels) if label in DANGERS]


@dataclass
class Reader:
    """Looks at a message and at its parts, at each of them once however often it is asked.

    What was read is kept as long as the reader is: for one message.
    """

    _cascade: Cascade
    _seen: dict[str, tuple[SparseRow, Floats]] = field(default_factory=dict)
    _ranked: dict[str, list[tuple[str, float]]] = field(default_factory=dict)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """All intents with their probabilities, the likeliest first."""
        if text not in self._ranked:
            row, probabilities = self._glance(text)
            thorough = self._cascade.thorough
            if thorough is not None and self._cascade.is_unsure(probabilities):
                probabilities = thorough.probabilities(row, without_marks(text))
            ranking = _ranking(self._cascade.quick.labels, probabilities)
            doubted = self._cascade.danger(probabilities) >= self._cascade.danger_doubt
            if doubted and not self._cascade.knows(text):
                # What was never seen is not danger for that: the phrases still may say so.
                ranking = [entry for entry in ranking if entry[0] not in DANGERS]
            self._ranked[text] = ranking
        return self._ranked[text]

    def likeliest(self, text: str) -> tuple[str, float]:
        """The likeliest intent and its probability."""
        return self.rank(text)[0]

    def guess(self, text: str) -> tuple[str, float]:
        """What the n-grams alone take a text for, with its probability: cheap, less often right."""
        probabilities = self._glance(text)[1]
        best = int(probabilities.argmax())
        return self._cascade.quick.labels[best], float(probabilities[best])

    def danger(self, sentence: str) -> dict[str, float]:
        """The dangers' probabilities. Where the n-grams see none, the vectors are not asked."""
        if self._cascade.danger(self._glance(sentence)[1]) < self._cascade.sentence_doubt:
            return {}
        return {name: sure for name, sure in self.rank(sentence) if name in DANGERS}

    def _glance(self, text: str) -> tuple[SparseRow, Floats]:
        if text not in self._seen:
            row = self._cascade.ngrams.row(self._cascade.plain(text))
            self._seen[text] = row, self._cascade.quick.probabilities_of(row)
        return self._seen[text]


def weighted(vectors: Floats, mean: Floats, weight: float) -> Floats:
    """Sentence vectors as the model counts them, shape (texts, dimensions)."""
    # Sentence vectors of short messages are alike; their common part says nothing.
    centred = vectors - mean
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred * weight, dtype=np.float32)


def _ranking(labels: list[str], probabilities: Floats) -> list[tuple[str, float]]:
    return [(labels[place], float(probabilities[place])) for place in np.argsort(-probabilities)]
