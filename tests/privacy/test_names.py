"""Names go where somebody says that it is one; everything else that is said of names stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.privacy.numbers import any_of
from videohjelp.privacy.names import name_spans
from videohjelp.privacy.redaction import redact
from videohjelp.settings import ROOT

INTRODUCED = any_of(
    "jeg heter {}",
    "Hei, jeg heter {}",
    "Jeg heter\n{}",
    "eg heiter {}",
    "eg heite {}",
    "æ heite {}",
    "e hete {}",
    "mitt navn er {}",
    "Mitt namn er {}",
    "navnet mitt er {}",
    "namnet mitt e {}",
    "navn: {}",
    "etternavnet mitt er {}",
    "my name is {}",
    "My name’s {}",
    "I am called {}",
    "i'm called {}",
    "sønnen min heter {}",
    "pasienten heiter {}",
)
GIVEN_NAMES = any_of(
    "Kari", "Ola", "Åse", "Bjørn-Erik", "Nguyễn", "Aleksandra", "Dag", "Liv", "Finn", "Anna", "Per",
    "Siri", "Oddny", "Mohammed", "Jean-Luc", "Łukasz", "Øyvind", "Hans", "Even", "Stein",
)  # fmt: skip
FAMILY_NAMES = any_of(
    "Nordmann", "O'Brien", "Kowalska", "van der Berg", "Al-Hassan", "Hansen Lie", "de la Cruz",
    "Bakke", "Ødegård", "Mykletun",
)  # fmt: skip
AFTER = any_of("", ".", ", og jeg får ikke lyd", " og eg kjem ikkje inn", "!\nKameraet virker ikke")


@given(INTRODUCED, GIVEN_NAMES, st.none() | FAMILY_NAMES, AFTER)
def test_names_go(sentence: str, given_name: str, family_name: str | None, after: str) -> None:
    name = given_name if family_name is None else f"{given_name} {family_name}"
    assert redact(sentence.format(name) + after) == sentence.format("[navn]") + after


@given(INTRODUCED, GIVEN_NAMES, AFTER)
def test_names_in_small_and_in_capital_letters_go(sentence: str, name: str, after: str) -> None:
    for written in (name.lower(), name.upper()):
        assert redact(sentence.format(written) + after) == sentence.format("[navn]") + after


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=3, max_size=12))
def test_names_in_any_script_go(name: str) -> None:
    assert redact(f"jeg heter Xx{name} Yy{name}.") == "jeg heter [navn]."


@pytest.mark.parametrize(
    "text",
    [
        "hva heter programmet?",
        "nettleseren heter Safari",
        "appen heter Join Now",
        "sykehuset heter Haukeland",
        "det står noe annet enn det jeg heter på skjermen",
        "hva jeg heter",
        "jeg heter noe helt annet",
        "navnet mitt er feil",
        "namnet mitt er ikkje rett skrive",
        "navnet mitt vises ikke",
        "må jeg skrive navnet mitt?",
        "My name is not showing",
        "my name is spelled wrong",
        "my name is missing on the screen",
        "what is the name of the app",
        "skal jeg skrive mitt navn eller barnets",
        "jeg heter",
        "mitt navn er:",
        "på skjermen heiter eg Chrome",
        "jeg heter visst Gjest4 inni der",
    ],
)
def test_what_is_said_of_names_stays(text: str) -> None:
    assert redact(text) == text


def _examples() -> list[str]:
    found: list[str] = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = str(block.get("examples") or "").splitlines()
            found += [line.removeprefix("- ") for line in lines]
    return found


def test_what_patients_write_of_names_is_still_understood() -> None:
    """Of all training examples only those lose words that have a name in them."""
    examples = _examples()
    assert len(examples) > 10_000
    taken = [text[begin:end] for text in examples for begin, end in name_spans(text)]
    # "Bj": of "Bj?rg S?ther", as a machine without Norwegian letters writes it.
    assert sorted(taken) == ["Adam", "Bj", "Ingrid", "Jonas", "Kari", "Oddny"]


@settings(max_examples=200)
@given(st.text("jeg heter navn er: Kari\n.-'æ") | st.text())
def test_any_text_is_taken(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


def test_no_word_of_the_list_is_a_name_in_the_tests() -> None:
    listed = yaml.safe_load(Path(ROOT / "data/privacy/not_names.yml").read_text(encoding="utf-8"))
    words = {str(word) for word in listed["words"]}
    assert len(words) == len(listed["words"]) > 2000
    assert not words & {
        "kari",
        "dag",
        "liv",
        "finn",
        "anna",
        "per",
        "hans",
        "even",
        "stein",
        "siri",
    }
