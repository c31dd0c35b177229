"""A cross-validation that CI can afford: the classifier's features, without cascade, temperature
and danger layer, which change little of what is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from videohjelp.evaluation.chain import CLASSIFIER, Settings, configured, setting
from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.groups import Integers, grouped_folds, groups
from videohjelp.language.e5.engine import E5
from videohjelp.language.ngram_classifier import NgramIntentClassifier
from videohjelp.language.ngram_features import NgramFeatures
from videohjelp.language.normaliser import FunctionWords, read_function_words
from videohjelp.language.sentence_vectors import VectorCache
from videohjelp.settings import ROOT

Progress = Callable[[int, int], None]


def words(components: Sequence[Settings]) -> FunctionWords:
    """The small words as the classifier counts them."""
    return read_function_words(ROOT / setting(components, CLASSIFIER, "function_words"))


def vectors(texts: Sequence[str], progress: Progress = lambda _done, _of: None) -> npt.NDArray[Any]:
    """The texts' sentence vectors, from where the trained ones are kept if they are there."""
    cache = Path(NgramIntentClassifier.get_default_config()["cache"]).expanduser()
    return VectorCache(E5.made(), cache).matrix(texts, progress)


def quick_predictions(examples: Sequence[Example], seed: int = 0) -> list[Prediction]:
    """What a model takes each example for that has not seen its group; confidences are margins.

    Everything is learned within the fold. seed: shuffles the folds.
    """
    components = configured()
    texts = [one.text for one in examples]
    made = vectors(texts)
    small = words(components)
    folds = grouped_folds(examples, groups(texts, small, made), seed=seed)
    normalised = np.array([small.apply(text) for text in texts])
    intents = np.array([one.intent for one in examples])
    got = np.empty(len(examples), dtype=object)
    for train, test in folds:
        features = NgramFeatures(setting(components, CLASSIFIER, "word_weight"))
        seen = features.fit_transform(normalised[train])
        unseen = features.transform(normalised[test])
        weight = setting(components, CLASSIFIER, "vector_weight")
        near, new = _weighted(made, train, test, weight)
        model = LinearSVC(C=setting(components, CLASSIFIER, "regularization"), random_state=0)
        model.fit(hstack([seen, csr_matrix(near)]).tocsr(), intents[train])
        scores = model.decision_function(hstack([unseen, csr_matrix(new)]).tocsr())
        got[test] = [_prediction(model.classes_, row) for row in scores]
    return list(got)


def _weighted(
    made: npt.NDArray[Any], train: Integers, test: Integers, weight: float
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    centred = made - made[train].mean(axis=0)
    centred *= weight / np.linalg.norm(centred, axis=1, keepdims=True)
    return centred[train], centred[test]


def _prediction(labels: npt.NDArray[Any], margins: npt.NDArray[Any]) -> Prediction:
    best = int(margins.argmax())
    return Prediction(str(labels[best]), float(margins[best]), ())
