"""Which topics are taken for which."""

from __future__ import annotations

from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.confusions import confusions


def pair(text: str, right: str, got: str, confidence: float = 0.5) -> tuple[Example, Prediction]:
    ranking = ((got, confidence), ("thank", 0.2), (right, 0.1))
    return Example(text, right, "dialect"), Prediction(got, confidence, ranking)


def test_the_most_frequent_first_with_their_examples() -> None:
    found = confusions(
        [
            pair("a", "no_sound", "poor_connection"),
            pair("b", "payment", "payment"),
            pair("c", "no_sound", "microphone", 0.4),
            pair("d", "no_sound", "microphone", 0.9),
        ]
    )
    assert [(one.expected, one.got, len(one.mistakes)) for one in found] == [
        ("no_sound", "microphone", 2),
        ("no_sound", "poor_connection", 1),
    ]
    surest = found[0].mistakes[0]
    assert (surest.text, surest.variety, surest.confidence, surest.place) == (
        "d",
        "dialect",
        0.9,
        3,
    )


def test_a_topic_that_is_not_ranked_has_no_place() -> None:
    got = Prediction("payment", 1.0, (("payment", 1.0),))
    found = confusions([(Example("a", "no_sound", "sms"), got)])
    assert found[0].mistakes[0].place is None


def test_the_other_way_round_is_another_pair() -> None:
    found = confusions([pair("a", "x", "y"), pair("b", "y", "x")])
    assert [(one.expected, one.got) for one in found] == [("x", "y"), ("y", "x")]
