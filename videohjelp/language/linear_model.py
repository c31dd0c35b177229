"""A linear classifier that knows how sure it is: a support vector machine with a temperature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from videohjelp.language.ngram_features import SparseRow

# OpenBLAS's second thread gains a row nothing, and afterwards waits for more work, busily: half of
# what a message cost where the process may use two cores.
threadpool_limits(limits=1, user_api="blas")

Floats = npt.NDArray[np.float32]


@dataclass
class LinearModel:
    """Weights of one class per row.

    labels: the classes. weights: shape (features, classes). bias: shape (classes,).
    temperature: scales the distances from the margin so that, on sentences the model was not
        trained on, a probability of 0.8 is right four times out of five.
    """

    labels: list[str]
    weights: Floats
    bias: Floats
    temperature: float

    def probabilities(self, features: csr_matrix) -> Floats:
        """Probabilities of the classes, shape (rows, classes)."""
        # Of the same precision: else all the weights are converted, which takes a millisecond.
        scores = np.asarray(features.astype(np.float32) @ self.weights) + self.bias
        return softmax(scores * self.temperature)

    def probabilities_of(self, row: SparseRow, dense: Floats | None = None) -> Floats:
        """The same for one text, shape (classes,). dense: its last features, if there are any."""
        scores = row.values @ self.weights[row.columns] + self.bias
        if dense is not None:
            scores += dense @ self.weights[-len(dense) :]
        return np.asarray(softmax(scores[np.newaxis, :] * self.temperature)[0])


def fit(
    features: csr_matrix, labels: npt.NDArray[Any], regularization: float, folds: int = 3
) -> LinearModel:
    """Fits the classifier, and its temperature on held-out folds.

    features: shape (examples, features). labels: shape (examples,). folds: 2 or more; classes
    with fewer examples than folds are allowed, they only make the temperature less exact.
    """
    classes, numbers = np.unique(labels, return_inverse=True)
    held_out = np.zeros((features.shape[0], len(classes)), dtype=np.float32)
    splitter = StratifiedKFold(folds, shuffle=True, random_state=0)
    for train, test in splitter.split(features, numbers):
        model = LinearSVC(C=regularization, random_state=0).fit(features[train], numbers[train])
        scores = model.decision_function(features[test])
        if scores.ndim == 1:  # between two classes: how much it is the second one
            scores = np.stack([-scores, scores], axis=1)
        held_out[np.ix_(test, model.classes_)] = scores
    final = LinearSVC(C=regularization, random_state=0).fit(features, numbers)
    weights, bias = final.coef_, final.intercept_
    if len(weights) == 1:
        weights, bias = np.concatenate([-weights, weights]), np.concatenate([-bias, bias])
    return LinearModel(
        labels=[str(name) for name in classes],
        weights=np.ascontiguousarray(weights.T, dtype=np.float32),
        bias=bias.astype(np.float32),
        temperature=fit_temperature(held_out, numbers),
    )


def fit_temperature(scores: Floats, numbers: npt.NDArray[Any]) -> float:
    """What to multiply scores with, so that their softmax is right as often as it says.

    scores: held-out distances from the margin, shape (examples, classes). numbers: the right
    class of each example.
    """

    def loss(temperature: float) -> float:
        probabilities = softmax(scores * temperature)
        right = probabilities[np.arange(len(numbers)), numbers]
        return float(-np.mean(np.log(np.maximum(right, 1e-12))))

    return float(minimize_scalar(loss, bounds=(0.5, 20.0), method="bounded").x)


def softmax(scores: Floats) -> Floats:
    """Probabilities out of scores, row by row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
