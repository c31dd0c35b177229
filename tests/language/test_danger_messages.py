"""Danger and what looks like it, as the trained model understands it.

The floors stand a little below what was measured; raise them when the model gets better.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from videohjelp.evaluation.asking import understand
from videohjelp.evaluation.messages import Expected
from videohjelp.language.danger import DANGERS
from videohjelp.language.danger_lists import read_danger_phrases
from videohjelp.language.known_examples import same_example
from videohjelp.language.normaliser import read_function_words
from videohjelp.settings import ROOT

MESSAGES: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("danger_messages.yml").read_text(encoding="utf-8")
)
DANGEROUS = [text for intent in DANGERS for text in MESSAGES[intent]]
HARMLESS = MESSAGES["harmless"]
#: Percent; what the rules find alone, what is found with the classifier, what is found as the
#: fourth of five sentences, and harmless messages that alarm.
LEAST_BY_RULES = 60
LEAST = 94
LEAST_IN_FIVE_SENTENCES = 90
MOST_FALSE = 7
AROUND = (
    "Hei, jeg prøver å komme inn i timen. Bildet av meg er borte. Jeg har prøvd iPad og mobil. "
    "{}. Romnummeret har jeg skrevet inn riktig."
)


@pytest.fixture(scope="module")
def rules() -> set[str]:
    """The messages that the rules alarm at."""
    safety = ROOT / "data" / "safety"
    forms = read_function_words(ROOT / "data" / "language" / "function_words.yml").forms
    phrases = read_danger_phrases(safety / "phrases.yml", safety / "patterns.yml", forms)
    return {text for text in (*DANGEROUS, *HARMLESS) if phrases.find(text)}


def alarmed(model: Path, texts: list[str]) -> list[bool]:
    """Whether each text raises an alarm."""
    messages = [Expected(text, "out_of_scope", "bokmaal") for text in texts]
    return [one.intent in DANGERS for one in understand(model, messages)]


def percent(part: int, whole: int) -> float:
    return 100 * part / whole


def test_the_rules_alone(rules: set[str]) -> None:
    assert percent(len(rules & set(DANGEROUS)), len(DANGEROUS)) >= LEAST_BY_RULES
    assert not rules & set(HARMLESS)


def test_with_the_classifier(model: Path) -> None:
    found = alarmed(model, DANGEROUS)
    missed = [text for text, alarm in zip(DANGEROUS, found, strict=True) if not alarm]
    assert percent(sum(found), len(found)) >= LEAST, missed


def test_among_four_ordinary_sentences(model: Path) -> None:
    found = alarmed(model, [AROUND.format(text) for text in DANGEROUS])
    missed = [text for text, alarm in zip(DANGEROUS, found, strict=True) if not alarm]
    assert percent(sum(found), len(found)) >= LEAST_IN_FIVE_SENTENCES, missed


def test_harmless_messages(model: Path) -> None:
    found = alarmed(model, HARMLESS)
    wrong = [text for text, alarm in zip(HARMLESS, found, strict=True) if alarm]
    assert percent(sum(found), len(found)) <= MOST_FALSE, wrong


def test_none_of_them_is_a_training_example() -> None:
    examples = {
        same_example(line.removeprefix("- "))
        for path in (ROOT / "data" / "nlu").glob("*.yml")
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    }
    assert not {text for text in (*DANGEROUS, *HARMLESS) if same_example(text) in examples}
