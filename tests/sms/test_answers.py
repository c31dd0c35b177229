"""One turn of the assistant as text messages."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import Leniency

from videohjelp.appointments.wording import Language
from videohjelp.sms.answers import Answer, Option, Said, answer, tappable
from videohjelp.sms.gsm7 import segments

from .any_text import texts

YES_NO = (Option("Ja", "/affirm"), Option("Nei", "/deny"))
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")


def linked_on_android(text: str) -> list[str]:
    """What Android makes tappable as phone numbers on a Norwegian phone (Linkify)."""
    found = phonenumbers.PhoneNumberMatcher(text, "NO", leniency=Leniency.POSSIBLE)
    return [one.raw_string for one in found]


def test_texts_and_buttons_become_one_message() -> None:
    said = [Said("Trykk på «Tillat».\n"), Said(""), Said("Hjalp det?", YES_NO)]
    assert answer(said, "nb") == Answer(
        ('Trykk på "Tillat".\n\nHjalp det?\n\n1 Ja\n2 Nei\nSvar 1 eller 2',), YES_NO
    )


def test_nothing_said_is_nothing_sent() -> None:
    assert answer([], "nb") == Answer((), ())
    assert answer([Said(" "), Said("👍")], "nb") == Answer((), ())


def test_options_of_the_last_question_are_open() -> None:
    first = (Option("Noe virker ikke", "/technical_problem"),)
    found = answer([Said("Velg.", first), Said("Hjalp det?", YES_NO), Said("Takk.")], "en")
    assert found.options == YES_NO
    assert found.pages == ("Velg.\n\nHjalp det?\n\nTakk.\n\n1 Ja\n2 Nei\nReply 1 or 2",)


def test_titles_are_remembered_as_they_were_sent() -> None:
    found = answer([Said("Velg.", (Option("Avdeling –\u00a0A", "/a"),))], "nb")
    assert found.options == (Option("Avdeling - A", "/a"),)


@pytest.mark.parametrize(
    ("language", "ending"),
    [
        ("nb", "Svar MER for resten"),
        ("nn", "Svar MEIR for resten"),
        ("en", "Reply MORE for the rest"),
    ],
)
def test_a_long_turn_says_how_to_get_the_rest(language: Language, ending: str) -> None:
    found = answer([Said("Dette er en setning. " * 30), Said("Hjalp det?", YES_NO)], language)
    assert len(found.pages) == 2
    assert found.pages[0].endswith("Dette er en setning.\n\n" + ending)
    assert found.options == YES_NO


@given(
    st.lists(
        st.builds(
            Said,
            texts,
            st.lists(st.builds(Option, st.text(), st.just("/x")), max_size=8).map(tuple),
        ),
        max_size=4,
    ),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=100, deadline=None)
def test_whatever_is_said_fits(said: list[Said], language: Language) -> None:
    found = answer(said, language)
    assert all(segments(page) <= 3 for page in found.pages)
    if found.options:
        expected = [f"{number} {one.title}" for number, one in enumerate(found.options, start=1)]
        lines = "\n".join(found.pages).split("\n")
        assert all(line in lines for line in expected if segments(line) == 1)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Åpne join.nhn.no.", "Åpne https://join.nhn.no."),
        ("Åpne https://join.nhn.no.", "Åpne https://join.nhn.no."),
        ("join.nhn.no/999, helsenorge.no", "https://join.nhn.no/999, https://helsenorge.no"),
        ("join.nhn.no, så Join.nhn.no", "https://join.nhn.no, så Join.nhn.no"),
        ("post@helse-bergen.no", "post@helse-bergen.no"),
        ("Kl. 10.30. No er det bra.no?", "Kl. 10.30. No er det https://bra.no?"),
        ("kl. 08.00-15.30, 8.00 - 9.30", "kl. 08:00-15:30, 8:00 - 9:30"),
        ("kl. 10.30 den 24.12.2026", "kl. 10.30 den 24.12.2026"),
        ("Ring 55 97 65 51", "Ring 55 97 65 51"),
    ],
)
def test_links_and_hours(text: str, sent: str) -> None:
    assert tappable(text) == sent


@pytest.mark.parametrize("number", ["55 97 65 51", "480 32 638", "23 32 70 00"])
def test_android_finds_the_numbers_whole(number: str) -> None:
    assert linked_on_android(f"Avdelingen: {number} (08:00-15:30).") == [number]
    assert linked_on_android(f"Ring {number}.\n\n1 Ja\n2 Nei\nSvar 1 eller 2") == [number]


def test_android_takes_hours_with_full_stops_for_a_number() -> None:
    """Why hours are written with colons: the library finds a number where there is none."""
    assert linked_on_android("Mandag til fredag kl. 08.00-15.30") == ["08.00-15.30"]
    assert linked_on_android(tappable("Mandag til fredag kl. 08.00-15.30")) == []


def test_short_numbers_are_dialled() -> None:
    """No way of writing them makes them tappable on Android; should that change, we know here."""
    for text in ("Ring 113", "Ring 116 117", "Ring 116117", "Ring 116-117"):
        assert linked_on_android(text) == []
