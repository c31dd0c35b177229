"""The understanding may not get worse unnoticed: cross-validated figures against those accepted.

Takes under a minute when the sentence vectors of the examples are already known, which training
sees to.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from videohjelp.evaluation.budget import overdrawn, read_budget
from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.examples import read_examples
from videohjelp.evaluation.metrics import score
from videohjelp.evaluation.quick import quick_predictions

#: How many topics have their labels shuffled to see the budget overdrawn.
SHUFFLED = 4


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """The training examples."""
    return read_examples()


@pytest.fixture(scope="module")
def predictions(examples: list[Example]) -> list[Prediction]:
    """What models that have not seen them take them for."""
    return quick_predictions(examples)


def test_the_budget_is_kept(examples: list[Example], predictions: list[Prediction]) -> None:
    wrong = overdrawn(read_budget(), score(examples, predictions))
    assert not wrong, wrong


def test_every_topic_has_its_figure(examples: list[Example]) -> None:
    # Otherwise a new topic could be understood however badly.
    assert {one.intent for one in examples} <= set(read_budget().by_topic), (
        "a topic is new: accept the budget anew, `python -m videohjelp nlu budget --accept`"
    )


def test_shuffled_labels_overdraw_it(
    examples: list[Example], predictions: list[Prediction]
) -> None:
    topics = sorted({one.intent for one in examples})
    chosen = topics[:: len(topics) // SHUFFLED][:SHUFFLED]
    places = [place for place, one in enumerate(examples) if one.intent in chosen]
    labels = np.random.default_rng(0).permutation([examples[place].intent for place in places])
    shuffled = list(examples)
    for place, label in zip(places, labels, strict=True):
        shuffled[place] = replace(examples[place], intent=str(label))

    wrong = overdrawn(read_budget(), score(shuffled, predictions))

    assert "macro-F1" in wrong
    named = wrong.split("fell most", 1)[1]
    assert all(topic in named for topic in chosen)
