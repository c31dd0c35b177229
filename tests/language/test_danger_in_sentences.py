from __future__ import annotations

from typing import Any

import pytest

from videohjelp.language.danger_in_sentences import sentences, with_danger_of_sentences

EMERGENCY, CRISIS = "medical_emergency", "mental_health_crisis"
LINK = [{"name": "link_not_working", "confidence": 0.8}, {"name": "greet", "confidence": 0.2}]


def danger_of(sentence: str) -> dict[str, float]:
    """Sees danger in two sentences; fails when asked for one that is too short."""
    assert len(sentence.split()) >= 3, sentence
    if sentence == "far svarer ikke":
        return {EMERGENCY: 0.75, CRISIS: 0.2}
    return {CRISIS: 0.5} if sentence == "alt er svart" else {}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hei. Lenken virker ikke! Hva nå?", ["Hei", "Lenken virker ikke", "Hva nå"]),
        ("lenken virker ikke\nfar er rar", ["lenken virker ikke", "far er rar"]),
        ("Lenken virker ikke.", []),
        ("gå til join.nhn.no klokka 10.30", []),
        ("", []),
    ],
)
def test_a_message_is_parted(text: str, parts: list[str]) -> None:
    assert [part for part in sentences(text) if part] == parts


def test_a_flood_of_sentences_is_cut_short() -> None:
    assert len(sentences("far svarer ikke. " * 1000)) == 30


def test_the_danger_of_a_sentence_is_that_of_the_message() -> None:
    text = "Lenken virker ikke. Alt er svart. far svarer ikke. Hei."
    ranking = with_danger_of_sentences(text, LINK, danger_of, 0.9)
    assert [entry["name"] for entry in ranking] == [
        EMERGENCY,
        CRISIS,
        "link_not_working",
        "greet",
    ]
    assert [entry["confidence"] for entry in ranking] == pytest.approx([0.75, 0.2, 0.04, 0.01])


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("Lenken virker ikke. far svarer ikke.", 0.96),
        ("far svarer ikke", 0.1),
        ("Lenken virker ikke. Timen er nå.", 0.0),
        ("Nei. Far dø.", 0.0),
    ],
)
def test_less_changes_nothing(text: str, least: float) -> None:
    assert with_danger_of_sentences(text, LINK, danger_of, least) is LINK


def test_greater_danger_of_the_whole_stays() -> None:
    ranking: list[dict[str, Any]] = [{"name": CRISIS, "confidence": 0.96}]
    text = "Lenken virker ikke. far svarer ikke."
    assert with_danger_of_sentences(text, ranking, danger_of, 0.5) is ranking
