"""Long answers over several messages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videohjelp.sms.gsm7 import fold, segments
from videohjelp.sms.pages import pages

from .any_text import texts

MORE = "Svar MER for resten"
SENTENCE = "Sjekk at kameraet ikke er i bruk i et annet program på maskinen din. "
TAIL = "1 Ja\n2 Nei\nSvar 1 eller 2"
#: What patients tap or dial, as it stands in the texts made by `any_text`.
WHOLE = ("55 97 65 51", "116 117", "116 111", "https://join.nhn.no", "08:00-15:30")


def without_endings(found: list[str]) -> list[str]:
    """The pages as they are when put together again."""
    assert all(page.endswith("\n\n" + MORE) for page in found[:-1])
    return [page.removesuffix("\n\n" + MORE) for page in found[:-1]] + found[-1:]


def letters(text: str) -> str:
    """A text without spaces and line breaks: some are left out where pages meet."""
    return re.sub(r"\s", "", text)


@given(texts, st.sampled_from(["", TAIL]), st.integers(min_value=1, max_value=4))
@settings(max_examples=300, deadline=None)
def test_pages_hold_the_whole_text_and_each_fits(text: str, tail: str, limit: int) -> None:
    found = pages(text, MORE, tail=tail, limit=limit)
    assert all(segments(page) <= limit for page in found)
    assert all(page == fold(page) and page.strip() for page in found)
    bare = without_endings(found) if found else []
    assert letters("".join(bare)) == letters(fold(text) + tail)
    if tail:
        assert found[-1].endswith(tail)
    for whole in WHOLE:
        expected = len(re.findall(rf"(?<!\S){re.escape(whole)}(?![\w:])", fold(text)))
        kept = sum(len(re.findall(rf"(?<!\S){re.escape(whole)}(?![\w:])", page)) for page in bare)
        assert kept >= expected


@given(
    st.lists(
        st.sampled_from(["æ", "bøker", "55", "97", "kl.", "10.", "Da!", "«x»", "113"]),
        max_size=300,
    )
)
@settings(deadline=None)
def test_pages_end_at_words(chosen: list[str]) -> None:
    text = " ".join(chosen)
    found = pages(text, MORE)
    assert " ".join(without_endings(found) if found else []).split() == fold(text).split()


def test_a_short_text_is_one_page_without_an_ending() -> None:
    assert pages("  Hei. ", MORE) == ["Hei."]
    assert pages(" \u200b", MORE) == []
    assert pages("Hjalp det?", MORE, tail=TAIL) == [f"Hjalp det?\n\n{TAIL}"]
    assert pages("", MORE, tail=TAIL) == [TAIL]


def test_a_text_that_just_fits_is_not_divided() -> None:
    assert pages("a" * 459, MORE) == ["a" * 459]
    assert len(pages("a" * 460, MORE)) == 2


def test_pages_end_at_sentences() -> None:
    found = pages(SENTENCE * 15, MORE)
    assert len(found) == 3
    assert all(page.endswith("maskinen din.") for page in without_endings(found))


def test_pages_end_at_lines() -> None:
    found = pages("\n".join(f"{number} et punkt uten punktum" for number in range(40)), MORE)
    lines = "\n".join(without_endings(found)).split("\n")
    assert lines == [f"{number} et punkt uten punktum" for number in range(40)]


def test_a_full_stop_in_a_date_or_an_hour_ends_no_sentence() -> None:
    sentence = "Timen din er tirsdag 24. november kl. 10.30 på sykehuset. "
    found = without_endings(pages(sentence * 20, MORE))
    assert len(found) == 3
    assert all(page.endswith("på sykehuset.") for page in found)


@pytest.mark.parametrize("number", ["55 97 65 51", "480 32 638", "116 117"])
def test_a_number_is_never_divided(number: str) -> None:
    for before in range(330, 460, 3):
        found = without_endings(pages(f"{'x ' * (before // 2)}{number} {'y ' * 100}", MORE))
        assert sum(number in page for page in found) == 1


def test_a_sentence_that_would_leave_the_page_empty_does_not_end_it() -> None:
    found = pages("Hei. " + "ord " * 150, MORE)
    assert segments(found[0]) == 3


def test_options_stay_with_their_question() -> None:
    """Whatever is said before: the question and its options are the end of the last page."""
    for sentences in range(20):
        for words in range(0, 60, 7):
            text = SENTENCE * sentences + "ord " * words + "ferdig. Hjalp det?"
            assert pages(text, MORE, tail=TAIL)[-1].endswith(f"Hjalp det?\n\n{TAIL}")


def test_a_question_too_long_for_its_options_is_divided() -> None:
    found = pages("ord " * 112 + "slutt?", MORE, tail=TAIL)
    assert len(found) == 2
    assert found[-1].endswith(f"slutt?\n\n{TAIL}")


def test_options_that_take_more_than_a_page_are_divided_at_lines() -> None:
    titles = [f"{number} Avdeling {'x' * 60} {'y' * 60}" for number in range(1, 6)]
    tail = "\n".join([*titles, "Svar 1, 2, 3, 4 eller 5"])
    found = without_endings(pages("Hvilken mener du?", MORE, tail=tail))
    assert "\n".join(found).replace("\n\n", "\n").split("\n") == [
        "Hvilken mener du?",
        *tail.split("\n"),
    ]
