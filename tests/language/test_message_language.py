"""Which language a message is written in, and when the conversation's language changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.language.message_language import (
    LANGUAGES,
    Language,
    LanguageRecogniser,
    read_markers,
)
from videohjelp.settings import ROOT


@pytest.fixture(scope="module")
def recogniser() -> LanguageRecogniser:
    return read_markers(ROOT / "data" / "language" / "markers.yml")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("jeg får ikke bilde på nettbrettet", "nb"),
        ("hvordan kommer jeg inn i møtet", "nb"),
        ("ikkje lyd!!", "nn"),
        ("koss kjem eg inn i møtet", "nn"),
        ("kva gjer eg når lenkja ikkje verkar", "nn"),
        ("eg e forseinka te timen min", "nn"),
        ("the doctor cannot hear me", "en"),
        ("how do I get in?", "en"),
        ("my screen is black, please help", "en"),
    ],
)
def test_the_first_message_decides(
    recogniser: LanguageRecogniser, text: str, language: Language
) -> None:
    other: Language = "en" if language != "en" else "nb"

    assert recogniser.follow(text, other, known=False) == (language, True)


@pytest.mark.parametrize("text", ["ok", "12", "?", "", "iPad", "Haukeland"])
def test_a_message_that_tells_nothing_changes_nothing(
    recogniser: LanguageRecogniser, text: str
) -> None:
    assert recogniser.follow(text, "nn", known=True) == ("nn", True)
    assert recogniser.follow(text, "nb", known=False) == ("nb", False)


@pytest.mark.parametrize(
    ("text", "current"),
    [
        ("eg får ikke lyd", "nn"),  # one bokmål word
        ("jeg har no sound på ipaden", "nb"),  # an English phrase
        ("jeg skjønner ikkje", "nb"),  # one nynorsk word
        ("eg må joine eit meeting no", "nn"),
    ],
)
def test_one_word_of_another_language_does_not_change_a_known_one(
    recogniser: LanguageRecogniser, text: str, current: Language
) -> None:
    assert recogniser.follow(text, current, known=True)[0] == current


def test_a_whole_message_in_another_language_changes_it(recogniser: LanguageRecogniser) -> None:
    assert recogniser.follow("Sorry, I do not understand this", "nb", known=True)[0] == "en"
    assert recogniser.follow("jeg vet ikke hva hun sier", "nn", known=True)[0] == "nb"
    # One word that only English has, and lingua is sure.
    assert recogniser.follow("Could somebody call me back?", "nb", known=True)[0] == "en"


@given(text=st.text(max_size=300), current=st.sampled_from(LANGUAGES), known=st.booleans())
def test_any_text_gives_a_language(text: str, current: Language, known: bool) -> None:
    recogniser = read_markers(ROOT / "data" / "language" / "markers.yml")

    language, _ = recogniser.follow(text, current, known)

    assert language in LANGUAGES


def test_a_word_under_two_languages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "markers.yml"
    path.write_text("nb: [ikke, hotell]\nnn: [ikkje, hotell]\nen: [the]\n", encoding="utf-8")

    with pytest.raises(ValueError, match="hotell under both nb and nn"):
        read_markers(path)
