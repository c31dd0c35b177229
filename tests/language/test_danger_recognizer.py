from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.language.rasa_double import context, message, resource, storage
from videohjelp.language.danger_recognizer import DangerRecognizer
from videohjelp.settings import ROOT


@pytest.fixture
def recognizer(tmp_path: Path) -> DangerRecognizer:
    config = {
        **DangerRecognizer.get_default_config(),
        "phrases": str(ROOT / "data" / "safety" / "phrases.yml"),
        "patterns": str(ROOT / "data" / "safety" / "patterns.yml"),
        "function_words": str(ROOT / "data" / "language" / "function_words.yml"),
    }
    return DangerRecognizer.create(config, storage(tmp_path), resource(), context())


def understood(recognizer: DangerRecognizer, text: str | None, *ranking: tuple[str, float]) -> Any:
    """The message after the recogniser, given the classifier's ranking."""
    one = message(text)
    listed = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    if listed:
        one.set("intent", listed[0], add_to_output=True)
        one.set("intent_ranking", listed, add_to_output=True)
    (done,) = recognizer.process([one])
    return done


def test_a_phrase_goes_before_every_other_intent(recognizer: DangerRecognizer) -> None:
    done = understood(recognizer, "jeg får ikke puste", ("no_sound", 0.99), ("greet", 0.01))
    assert done.get("intent") == {"name": "medical_emergency", "confidence": 1.0}
    assert [entry["name"] for entry in done.get("intent_ranking")] == [
        "medical_emergency",
        "no_sound",
        "greet",
    ]


def test_the_classifiers_suspicion_is_enough(recognizer: DangerRecognizer) -> None:
    ranking = (("no_sound", 0.5), ("mental_health_crisis", 0.5))
    done = understood(recognizer, "alt er svart", *ranking)
    assert done.get("intent") == {"name": "mental_health_crisis", "confidence": 1.0}
    assert [entry["name"] for entry in done.get("intent_ranking")] == [
        "mental_health_crisis",
        "no_sound",
    ]


def test_less_suspicion_is_not(recognizer: DangerRecognizer) -> None:
    ranking = (("no_sound", 0.51), ("mental_health_crisis", 0.49))
    done = understood(recognizer, "skjermen er svart", *ranking)
    assert done.get("intent")["name"] == "no_sound"
    assert len(done.get("intent_ranking")) == 2


def test_the_two_dangers_are_suspected_together(recognizer: DangerRecognizer) -> None:
    ranking = (("no_sound", 0.5), ("medical_emergency", 0.3), ("mental_health_crisis", 0.2))
    done = understood(recognizer, "alt er svart", *ranking)
    assert done.get("intent") == {"name": "medical_emergency", "confidence": 1.0}
    assert [entry["name"] for entry in done.get("intent_ranking")] == [
        "medical_emergency",
        "no_sound",
        "mental_health_crisis",
    ]


def test_too_little_suspicion_is_none_though_it_comes_first(recognizer: DangerRecognizer) -> None:
    ranking = (("medical_emergency", 0.4), ("no_sound", 0.35), ("mental_health_crisis", 0.05))
    done = understood(recognizer, "alt er svart", *ranking)
    assert done.get("intent") == {"name": "no_sound", "confidence": 0.35}
    assert [entry["name"] for entry in done.get("intent_ranking")] == ["no_sound"]


def test_suspicion_of_something_else_is_none(recognizer: DangerRecognizer) -> None:
    done = understood(recognizer, "hei", ("greet", 0.9), ("goodbye", 0.5))
    assert done.get("intent") == {"name": "greet", "confidence": 0.9}


def test_it_works_without_any_classifier(recognizer: DangerRecognizer) -> None:
    assert understood(recognizer, "jeg vil ikke leve").get("intent")["name"] == (
        "mental_health_crisis"
    )
    assert understood(recognizer, "hei").get("intent") is None


@pytest.mark.parametrize("text", [None, ""])
def test_a_message_without_text_stays_as_it_is(
    recognizer: DangerRecognizer, text: str | None
) -> None:
    done = understood(recognizer, text, ("medical_emergency", 0.9))
    assert done.get("intent") == {"name": "medical_emergency", "confidence": 0.9}


def test_a_look_alike_is_not_suspected(recognizer: DangerRecognizer) -> None:
    ranking = (("mental_health_crisis", 0.94), ("camera_not_working", 0.06))
    done = understood(recognizer, "skjermen er helt død", *ranking)
    assert done.get("intent")["name"] == "camera_not_working"
    assert [entry["name"] for entry in done.get("intent_ranking")] == ["camera_not_working"]


def test_a_look_alike_hides_no_great_suspicion(recognizer: DangerRecognizer) -> None:
    ranking = (("mental_health_crisis", 0.96), ("camera_not_working", 0.04))
    done = understood(recognizer, "skjermen er helt død, som alt annet snart", *ranking)
    assert done.get("intent") == {"name": "mental_health_crisis", "confidence": 1.0}


def test_without_suspicion_a_look_alike_is_none_either(tmp_path: Path) -> None:
    config = {**DangerRecognizer.get_default_config(), "suspicion": 2.0}
    recognizer = DangerRecognizer.create(config, storage(tmp_path), resource(), context())
    done = understood(recognizer, "skjermen er død", ("mental_health_crisis", 1.0), ("greet", 0.0))
    assert done.get("intent")["name"] == "greet"


def test_small_words_are_read_in_their_many_forms(recognizer: DangerRecognizer) -> None:
    assert understood(recognizer, "ej får inkje puste").get("intent")["name"] == (
        "medical_emergency"
    )


def test_danger_beside_a_look_alike_is_danger(recognizer: DangerRecognizer) -> None:
    ranking = (("camera_not_working", 0.9), ("greet", 0.1))
    done = understood(recognizer, "skjermen er død og jeg får ikke puste", *ranking)
    assert done.get("intent")["name"] == "medical_emergency"
