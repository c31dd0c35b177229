"""Sets of messages are read, and counted when they have been asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from videohjelp.evaluation import understood as counted
from videohjelp.evaluation.messages import Expected, read_messages, read_sets
from videohjelp.evaluation.share import Share
from videohjelp.evaluation.understood import Understood, latency

SET = """
messages:
  - {text: "ikke lyd", topic: no_sound, variety: sms}
  - {text: "123", topic: out_of_scope, variety: bokmaal, kind: far, also: [greet]}
"""


def asked(
    topic: str, intent: str, kind: str = "", milliseconds: float = 1.0, vectors: int = 0
) -> Understood:
    expected = Expected("en melding", topic, "bokmaal", kind=kind)
    return Understood(expected, intent, 0.9, (intent, topic), milliseconds, vectors)


def test_every_file_is_a_set(tmp_path: Path) -> None:
    for name in ("second", "first"):
        (tmp_path / f"{name}.yml").write_text(SET, encoding="utf-8")
    sets = read_sets(tmp_path)
    assert list(sets) == ["first", "second"]
    assert sets["first"][0] == Expected("ikke lyd", "no_sound", "sms")
    assert sets["first"][1].also == ("greet",)
    assert sets["first"][1].kind == "far"


def test_a_folder_without_messages_measures_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no messages"):
        read_sets(tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("variety: sms", "variety: latin", "latin"), ("topic: no_sound, ", "", "topic")],
)
def test_a_mistake_names_the_message(tmp_path: Path, before: str, after: str, said: str) -> None:
    path = tmp_path / "set.yml"
    path.write_text(SET.replace(before, after), encoding="utf-8")
    with pytest.raises(ValueError, match=said) as error:
        read_messages(path)
    assert "ikke lyd" in str(error.value)


def test_danger_and_false_alarms() -> None:
    answers = [
        asked("medical_emergency", "mental_health_crisis"),  # an alarm, if of the other kind
        asked("mental_health_crisis", "payment"),
        asked("payment", "medical_emergency"),
        asked("payment", "payment"),
        asked("camera_not_working", "medical_emergency", "lookalike"),
    ]
    assert counted.danger_recall(answers) == Share(1, 2)
    assert counted.false_alarms(answers) == Share(1, 2)
    assert counted.lookalike_alarms(answers) == Share(1, 1)


def test_out_of_scope_and_refusals() -> None:
    answers = [
        asked("out_of_scope", "nlu_fallback", "near"),
        asked("out_of_scope", "payment", "near"),
        asked("out_of_scope", "out_of_scope", "far"),
        asked("payment", "nlu_fallback"),
        asked("payment", "payment"),
        asked("medical_emergency", "nlu_fallback"),
    ]
    assert counted.out_of_scope_recall(answers) == Share(2, 3)
    assert counted.out_of_scope_recall(answers, "near") == Share(1, 2)
    assert counted.ordinary_refused(answers) == Share(1, 2)


def test_another_honest_reading_is_right() -> None:
    expected = Expected("en melding", "no_sound", "sms", also=("poor_connection",))
    assert Understood(expected, "poor_connection", 0.9, ("poor_connection",)).is_right
    assert Understood(expected, "payment", 0.9, ("payment", "a", "no_sound")).is_in_top_three
    assert not Understood(
        expected, "payment", 0.9, ("payment", "a", "b", "no_sound")
    ).is_in_top_three


def test_latency() -> None:
    answers = [asked("payment", "payment", milliseconds=n, vectors=n > 90) for n in range(1, 101)]
    found = latency(answers)
    assert (found.mean, found.median, found.p95) == (50.5, 51, 96)
    assert found.vectors == Share(10, 100)


def test_no_latency_without_messages() -> None:
    with pytest.raises(ValueError, match="no message"):
        latency([])
