from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_info

from videohjelp.language.linear_model import LinearModel, fit


def clusters(noise: float) -> tuple[csr_matrix, npt.NDArray[Any]]:
    """Sixty points around three corners, with their corners' names."""
    random = np.random.default_rng(7)
    names = np.repeat(["a", "b", "c"], 20)
    centres = np.repeat(np.eye(3, 5), 20, axis=0)
    return csr_matrix(centres + random.normal(0, noise, (60, 5))), names


def test_what_is_clear_is_learnt() -> None:
    features, names = clusters(0.05)
    model = fit(features, names, 1.0)
    assert model.labels == ["a", "b", "c"]
    assert model.weights.shape == (5, 3)
    found = np.array(model.labels)[model.probabilities(features).argmax(axis=1)]
    assert (found == names).all()


def test_probabilities_add_up_to_one() -> None:
    features, names = clusters(0.3)
    probabilities = fit(features, names, 1.0).probabilities(features)
    assert probabilities.shape == (60, 3)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(60), abs=1e-5)
    assert (probabilities >= 0).all()


def test_it_is_surer_of_what_is_clear_than_of_what_is_not() -> None:
    sure, unsure = (
        fit(*data, 1.0).probabilities(data[0]).max(axis=1).mean()
        for data in (clusters(0.05), clusters(0.8))
    )
    assert sure > 0.9
    assert unsure < sure - 0.1


def test_confidence_on_unseen_points_is_about_how_often_it_is_right() -> None:
    random = np.random.default_rng(3)
    names = np.repeat(["a", "b"], 400)
    points = np.where(names == "a", -0.7, 0.7)[:, np.newaxis] + random.normal(0, 1, (800, 1))
    seen = np.arange(800) % 2 == 0
    model = fit(csr_matrix(points[seen]), names[seen], 1.0)
    probabilities = model.probabilities(csr_matrix(points[~seen]))
    right = np.array(model.labels)[probabilities.argmax(axis=1)] == names[~seen]
    assert probabilities.max(axis=1).mean() == pytest.approx(right.mean(), abs=0.07)


def test_the_same_data_give_the_same_model() -> None:
    one, other = (fit(*clusters(0.3), 1.0) for _ in range(2))
    assert (one.weights == other.weights).all()
    assert one.temperature == other.temperature


@pytest.mark.filterwarnings("ignore:The least populated class")
def test_a_class_with_fewer_examples_than_folds_is_learnt_too() -> None:
    features, names = clusters(0.05)
    names[0] = "r"
    model = fit(features, names, 1.0)
    assert model.labels == ["a", "b", "c", "r"]
    assert np.isfinite(model.probabilities(features)).all()


def test_two_classes() -> None:
    features, names = clusters(0.05)
    names[names == "c"] = "b"
    model = fit(features, names, 1.0)
    probabilities = model.probabilities(features)
    assert probabilities.shape == (60, 2)
    found = np.array(model.labels)[probabilities.argmax(axis=1)]
    assert (found == names).mean() > 0.95


def test_large_scores_do_not_overflow() -> None:
    model = LinearModel(
        ["a", "b"], np.array([[1e4, -1e4]], dtype=np.float32), np.zeros(2, np.float32), 20.0
    )
    assert model.probabilities(csr_matrix([[1.0]])).tolist() == [[1.0, 0.0]]


def test_products_are_made_by_one_thread() -> None:
    threads = [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]
    assert threads
    assert set(threads) == {1}
