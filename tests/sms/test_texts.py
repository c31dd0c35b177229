"""What the channel itself says."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from videohjelp.appointments.wording import Language
from videohjelp.sms.gsm7 import fold, segments
from videohjelp.sms.keywords import Keyword, keyword
from videohjelp.sms.texts import Name, sms_text

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
NAMES: tuple[Name, ...] = get_args(Name)
#: Capital letters that are no keyword.
ABBREVIATIONS = {"IKT"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_each_text_can_be_sent_as_it_is(name: Name, language: Language) -> None:
    text = sms_text(name, language)
    assert fold(text) == text
    assert segments(text) <= 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_keywords_it_names_are_keywords(name: Name, language: Language) -> None:
    named = set(re.findall(r"\b[A-ZÆØÅ]{2,}\b", sms_text(name, language))) - ABBREVIATIONS
    assert all(keyword(word) for word in named)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_names_the_way_on(language: Language) -> None:
    def named(name: Name) -> set[Keyword | None]:
        words = sms_text(name, language).split()
        return {keyword(word) for word in words if word.isupper()} - {None}

    assert named("stopped") == {Keyword.START}
    assert named("help") >= {Keyword.STOP, Keyword.DELETE}
    assert named("more") == {Keyword.MORE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_calls_for_help_is_told_113_first(language: Language) -> None:
    assert "113" in sms_text("help", language).split(". ", maxsplit=1)[0]
    for name in ("stopped", "over_limit", "not_text", "too_long"):
        assert "113" in sms_text(name, language)
