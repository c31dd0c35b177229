from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.language.danger import DangerPhrases
from videohjelp.language.danger_lists import read_danger_phrases
from videohjelp.language.normaliser import read_function_words
from videohjelp.settings import ROOT

PHRASES = ROOT / "data" / "safety" / "phrases.yml"
PATTERNS = ROOT / "data" / "safety" / "patterns.yml"
CONTENT = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
EMERGENCY, CRISIS = "medical_emergency", "mental_health_crisis"

FORMS = read_function_words(ROOT / "data" / "language" / "function_words.yml").forms
DANGER = read_danger_phrases(PHRASES, PATTERNS, FORMS)

SMALL_PHRASES = """
medical_emergency:
  phrases: [får ikke puste, puster så rart, blør veldig, can't breathe]
mental_health_crisis:
  phrases: [vil dø, overdose]
not_danger:
- batteriet vil dø
- vil så dø
"""
SMALL_PATTERNS = """
intensifiers: [så, veldig]
prefixes: [kjempe]
forms: {mor: [mamma, mora]}
correctly_spelled: [overdoze]
words:
  took: [tok]
  many: ["10+", mange]
  pills: [piller]
  relative: [mor, far]
  falls: [falt*, i bakken]
  device: [skjerm*]
  dead: [død]
between: [av, 'no']
units: [mg]
medical_emergency:
- [took, many, pills]
not_danger:
- [device, dead]
together:
  medical_emergency:
  - [relative, falls]
past:
  illness: [overdose, falt*]
  over: [i fjor]
  present: [igjen]
  well: [ikke igjen]
"""


def read(
    folder: Path, phrases: str = SMALL_PHRASES, patterns: str = SMALL_PATTERNS
) -> DangerPhrases:
    """Phrases out of two texts."""
    (folder / "phrases.yml").write_text(phrases, encoding="utf-8")
    (folder / "patterns.yml").write_text(patterns, encoding="utf-8")
    return read_danger_phrases(folder / "phrases.yml", folder / "patterns.yml")


@pytest.fixture
def small(tmp_path: Path) -> DangerPhrases:
    """Phrases one can look over."""
    return read(tmp_path)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("Jeg får ikke puste!", EMERGENCY),
        ("FÅR  IKKE,\nPUSTE", EMERGENCY),
        ("i can’t breathe", EMERGENCY),
        ("i cant breathe", EMERGENCY),
        ("får ikke pusterommet", None),
        ("vil dø", CRISIS),
        ("batteriet vil dø", None),
        ("batteriet vil dø, og jeg vil dø", CRISIS),
        ("", None),
        ("...", None),
        # intensifiers within a phrase
        ("får veldig så ikke puste", EMERGENCY),
        ("puster veldig rart", EMERGENCY),
        ("puster rart", None),
        ("veldig puster rart", EMERGENCY),
        ("vil kjempedø", None),
        ("får kjempeikke puste", EMERGENCY),
        ("batteriet vil veldig dø", None),
        ("vil så dø", None),
        ("vil veldig dø", CRISIS),
        # the last word of a phrase is never left out
        ("blør veldig", EMERGENCY),
        ("blør så", None),
        # the pattern
        ("tok 10 piller", EMERGENCY),
        ("tok 9 piller", None),
        ("tok 09 piller", None),
        ("tok 250 piller", EMERGENCY),
        ("tok 500 mg piller", None),
        ("tok mange av 5 piller", EMERGENCY),
        ("tok no mange av piller", EMERGENCY),
        ("tok av av av av mange piller", EMERGENCY),
        ("tok av av av av av mange piller", None),
        ("mange piller tok", None),
        ("tok 10 spillere", None),
        # another spelling, misspelled, too far from it, spelled rightly, short
        ("overdosse", CRISIS),
        ("overdoose nå", CRISIS),
        ("overdysse", None),
        ("ovverdose", CRISIS),
        ("overdoze", None),
        ("tkk 10 piller", None),
        ("tok 10 pilller", EMERGENCY),
        ("tok 10 pillr", EMERGENCY),
        ("får'kje puste", EMERGENCY),
        ("VIIIL DØØØ", CRISIS),
        ("tok 1000 piller", EMERGENCY),
        # words that stand together, in whatever order, with whatever ending, near each other
        ("far falt", EMERGENCY),
        ("her falt det noen. Mora ligger der", EMERGENCY),
        ("far gikk i bakken", EMERGENCY),
        ("noen falt", None),
        ("far" + " og" * 15 + " falt", EMERGENCY),
        ("far" + " og" * 16 + " falt", None),
        ("far" + " og" * 16 + " falt, og mor", EMERGENCY),
        # devices
        ("skjermen død", None),
        ("skjerm av død, overdose", CRISIS),
        # what is over
        ("overdose i fjor", None),
        ("i fjor tok jeg en overdose", None),
        ("overdose i fjor og nå igjen", CRISIS),
        ("overdose i fjor og ikke igjen", None),
        ("overdose i fjor og ikke igjen, eller jo, igjen", CRISIS),
        ("overdose. Det var i fjor", CRISIS),
        ("overdose i fjor, vil dø", CRISIS),
        ("far falt i fjor", None),
    ],
)
def test_a_small_list(small: DangerPhrases, text: str, danger: str | None) -> None:
    assert small.find(text) == danger


@pytest.mark.parametrize("intent", [EMERGENCY, CRISIS])
def test_every_phrase_of_the_list_is_found(intent: str) -> None:
    for phrase in CONTENT[intent]["phrases"]:
        assert DANGER.find(f"Hei, {phrase}!") in (EMERGENCY, CRISIS), phrase


def test_look_alikes_are_not_danger() -> None:
    for phrase in CONTENT["not_danger"]:
        assert DANGER.find(str(phrase)) is None, phrase


@pytest.mark.parametrize(
    "text",
    [
        "jeg tok 30 paracet",
        "eg har teke 20 tablettar",
        "hun har svelget et helt brett med sovetabletter",
        "han tok i går kveld ca 20 stk paracet",
        "tok 20 x 500 mg paracet",
        "mamma har tatt masse piller",
        "jeg har tatt alle sovetablettene mine",
        "har spist tjue paracet",
        "i took like 30 pills",
        "she swallowed a whole bottle of painkillers",
        "tok kjempemange piller",
        "jeg har skikkelig vondt i brystet",
        "får nesten ikke helt puste",
        "kjempevondt i brystet",
    ],
)
def test_overdoses_and_strong_words(text: str) -> None:
    assert DANGER.find(text) == EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "jeg tok to paracet",
        "tok 500 mg paracet i dag",
        "har tatt 1000 milligram paracetamol",
        "tok en tablett for 10 minutter siden",
        "tok kl 10 en paracet",
        "jeg har tatt 10 blodprøver",
        "skjermen er helt død",
        "batteriet er nesten dødt",
        "kameraet virker veldig dårlig",
        "jeg har ikke fått romnummer",
        "hvor mange tabletter får jeg på resept?",
    ],
)
def test_what_is_no_danger(text: str) -> None:
    assert DANGER.find(text) is None


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert DANGER.find(text) in (None, EMERGENCY, CRISIS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("medical_emergency:\n  phrases:", "emergency:\n  phrases:", "'medical_emergency' has no"),
        ("phrases: [vil dø, overdose]", "phrases: []", "'mental_health_crisis' has no phrases"),
        ("pills: [piller]", "pills: []", "there are no words for 'pills'"),
        ("[took, many, pills]", "[took, lots]", "there are no words for 'lots'"),
        ("[device, dead]", "[device, gone]", "there are no words for 'gone'"),
        ("[relative, falls]", "[relative, sinks]", "there are no words for 'sinks'"),
    ],
)
def test_lists_that_are_gone_are_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert (old in SMALL_PHRASES) != (old in SMALL_PATTERNS)
    with pytest.raises(ValueError, match=message) as raised:
        read(tmp_path, SMALL_PHRASES.replace(old, new), SMALL_PATTERNS.replace(old, new))
    file = "phrases.yml" if old in SMALL_PHRASES else "patterns.yml"
    assert str(raised.value).startswith(str(tmp_path / file))


def test_files_that_are_empty_or_gone(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no phrases"):
        read(tmp_path, phrases="")
    for name in ("phrases.yml", "patterns.yml"):
        read(tmp_path)
        (tmp_path / name).unlink()
        with pytest.raises(FileNotFoundError):
            read_danger_phrases(tmp_path / "phrases.yml", tmp_path / "patterns.yml")


def test_phrases_hold_without_patterns(tmp_path: Path) -> None:
    bare = read(tmp_path, patterns="")
    assert bare.find("puster så rart") == EMERGENCY
    assert bare.find("tok 30 piller") is None


def test_look_alikes_may_stand_under_phrases(tmp_path: Path) -> None:
    phrases = SMALL_PHRASES.replace(
        "- batteriet vil dø\n- vil så dø", "  phrases: [batteriet vil dø]"
    )
    assert read(tmp_path, phrases).find("batteriet vil dø") is None


def test_an_empty_phrase_is_not_in_every_message(tmp_path: Path) -> None:
    assert read(tmp_path, SMALL_PHRASES.replace("[vil dø,", "['...', vil dø,")).find("hei") is None
