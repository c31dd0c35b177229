"""What is counted of predictions."""

from __future__ import annotations

import pytest

from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.metrics import intent_scores, length_of, macro_f1, score
from videohjelp.evaluation.share import Share


def test_precision_recall_and_f1_of_each_intent() -> None:
    right = ["sound"] * 4 + ["picture"] * 2
    got = ["sound", "sound", "sound", "picture", "picture", "thank"]
    picture, sound = intent_scores(right, got)

    assert (picture.intent, picture.examples) == ("picture", 2)
    assert picture.precision == pytest.approx(50)
    assert picture.recall == pytest.approx(50)
    assert sound.precision == pytest.approx(100)
    assert sound.recall == pytest.approx(75)
    assert sound.f1 == pytest.approx(2 * 100 * 75 / 175)
    assert macro_f1([picture, sound]) == pytest.approx((50 + 2 * 100 * 75 / 175) / 2)


def test_macro_f1_of_nothing() -> None:
    assert macro_f1([]) == 0


@pytest.mark.parametrize(
    ("words", "name"),
    [(1, "1–3 words"), (3, "1–3 words"), (4, "4–12 words"), (12, "4–12 words"), (13, "longer")],
)
def test_lengths(words: int, name: str) -> None:
    assert length_of(" ".join(["ord"] * words)) == name


def test_varieties_lengths_and_the_first_three() -> None:
    examples = [
        Example("ikke lyd", "sound", "sms"),
        Example("I cannot hear what the doctor says", "sound", "english"),
    ]
    ranking = (("picture", 0.4), ("thank", 0.3), ("sound", 0.2))
    predictions = [Prediction("sound", 0.9, (("sound", 0.9),)), Prediction("picture", 0.4, ranking)]
    scores = score(examples, predictions)

    assert scores.accuracy == Share(1, 2)
    assert scores.top_three == Share(2, 2)
    assert scores.by_variety["sms"] == Share(1, 1)
    assert scores.by_variety["english"] == Share(0, 1)
    assert scores.by_variety["nynorsk"] == Share(0, 0)
    assert scores.by_length["4–12 words"] == Share(0, 1)
    assert scores.cells["sms"]["1–3 words"] == Share(1, 1)


def test_a_prediction_is_missing() -> None:
    with pytest.raises(ValueError, match="shorter"):
        score([Example("hei", "greet", "sms")], [])


def test_a_share_of_nothing_is_none() -> None:
    assert Share.of([]).percent == 0
    assert str(Share(1, 3)) == "33.3 % (1 of 3)"
