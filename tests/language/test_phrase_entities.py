from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.language.rasa_double import context, message, resource, storage
from videohjelp.language import phrase_entities
from videohjelp.language.phrase_entities import PhraseEntityExtractor
from videohjelp.settings import ROOT


def found(extractor: PhraseEntityExtractor, text: str) -> list[tuple[str, str, str]]:
    """Entity, value and the words themselves, in order."""
    return [
        (entity["entity"], entity["value"], text[entity["start"] : entity["end"]])
        for entity in extractor.find(text)
    ]


@pytest.fixture
def small(tmp_path: Path) -> PhraseEntityExtractor:
    (tmp_path / "a.yml").write_text(
        "entity: device\nvalues:\n  android: [samsung, galaxy tab]\n  iphone: [i phone]\n",
        encoding="utf-8",
    )
    (tmp_path / "b.yml").write_text(
        "entity: browser\nvalues:\n  samsung_internet: [samsung internet]\n", encoding="utf-8"
    )
    return PhraseEntityExtractor(tmp_path)


def test_phrases_are_found_whatever_their_case(small: PhraseEntityExtractor) -> None:
    assert found(small, "Jeg har en SAMSUNG, ikke I phone.") == [
        ("device", "android", "SAMSUNG"),
        ("device", "iphone", "I phone"),
    ]


def test_of_two_that_overlap_the_longer_one_counts(small: PhraseEntityExtractor) -> None:
    assert found(small, "samsung internet") == [("browser", "samsung_internet", "samsung internet")]


def test_parts_of_words_are_not_found(small: PhraseEntityExtractor) -> None:
    assert found(small, "samsungs galaxytab") == []


def test_patients_words_are_not_kept_for_ever(
    small: PhraseEntityExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = len(small._nlp.vocab) + 50
    monkeypatch.setattr(phrase_entities, "MOST_WORDS", most)
    for number in range(200):
        assert found(small, f"ord{number} samsung") == [("device", "android", "samsung")]
    assert len(small._nlp.vocab) <= most + 1
    assert "ord0" not in small._nlp.vocab


def test_entities_are_added_to_those_that_are_there(small: PhraseEntityExtractor) -> None:
    one = message("en samsung")
    one.set("entities", [{"entity": "other", "value": "x", "start": 0, "end": 2}])
    (done,) = small.process([one])
    entities: list[dict[str, Any]] = done.get("entities")
    assert [entity["entity"] for entity in entities] == ["other", "device"]
    assert entities[1] == {
        "entity": "device",
        "value": "android",
        "start": 3,
        "end": 10,
        "confidence_entity": 1.0,
        "extractor": "PhraseEntityExtractor",
    }


@pytest.mark.parametrize("text", [None, ""])
def test_a_message_without_text_gets_nothing(
    small: PhraseEntityExtractor, text: str | None
) -> None:
    (done,) = small.process([message(text)])
    assert done.get("entities") is None


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("jeg bruker iPad", "device", "iphone"),
        ("det er en Samsung-telefon", "device", "android"),
        ("eg brukar PC-en", "device", "computer"),
        ("på chromebooken min", "device", "computer"),
        ("åpnet i Google Chrome", "browser", "chrome"),
        ("nei, jeg mente lyden", "correction", "yes"),
    ],
)
def test_the_lists_of_the_assistant(tmp_path: Path, text: str, entity: str, value: str) -> None:
    config = {"folder": str(ROOT / "data" / "entities")}
    extractor = PhraseEntityExtractor.create(config, storage(tmp_path), resource(), context())
    assert (entity, value) in [(one, two) for one, two, _ in found(extractor, text)]
