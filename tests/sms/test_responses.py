"""The responses as patients get them: their length, their numbers, danger on the first page."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from phonenumbers import Leniency

from tests.figures import record
from videohjelp.appointments.wording import Language
from videohjelp.content.sms import LONGEST
from videohjelp.settings import ROOT
from videohjelp.sms.answers import Option, Said, answer
from videohjelp.sms.gsm7 import segments
from videohjelp.topics import read_none_of_these, read_topic_titles

from .responses import LANGUAGES, Key, said, sent, turns_of_guides

_EIGHT_DIGITS = re.compile(r"(?<!\d)(?:\d\d(?: \d\d){3}|\d{3} \d\d \d{3})(?!\d)")
SAFETY = ("utter_medical_emergency", "utter_mental_health_crisis", "utter_medical_question")
DANGER = sorted({key for key, one in said().items() if "113" in one.text}, key=str)


def test_every_response_is_one_message_of_at_most_three_segments() -> None:
    counts = []
    for key in said():
        pages = sent((key.name,), key.language).pages
        assert len(pages) == 1, key
        counts.append(segments(pages[0]))
    assert max(counts) <= 3
    record(
        "SMS, a response with its options",
        f"{sum(counts) / len(counts):.2f} segments on average, at most {max(counts)}",
    )


def test_every_turn_of_a_guide_is_one_message_of_at_most_three_segments() -> None:
    turns = list(turns_of_guides())
    assert len(turns) > 100
    counts = []
    for names in turns:
        for language in LANGUAGES:
            pages = sent(names, language).pages
            assert len(pages) == 1, (names, language)
            counts.append(segments(pages[0]))
    assert max(counts) <= 3
    record(
        "SMS, a turn of a guide",
        f"{sum(counts) / len(counts):.2f} segments on average, at most {max(counts)}",
    )


@pytest.mark.parametrize("key", DANGER, ids=str)
def test_113_is_in_the_first_page_whatever_is_said_after_it(key: Key) -> None:
    long = Said("Dette er en setning. " * 60)
    [first, *rest] = answer([said()[key], long], key.language).pages
    assert rest
    assert re.search(r"(?<!\d)113(?!\d)", first)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAFETY)
def test_the_answers_to_danger_are_one_message(name: str, language: Language) -> None:
    assert Key(name, language) in DANGER
    [page] = sent((name,), language).pages
    assert "113" in page


def test_android_finds_every_number_and_takes_nothing_else_for_one() -> None:
    """Linkify's own library, on the messages as sent, on a Norwegian phone."""
    seen = set()
    for key in said():
        [page] = sent((key.name,), key.language).pages
        found = phonenumbers.PhoneNumberMatcher(page, "NO", leniency=Leniency.POSSIBLE)
        linked = [one.raw_string for one in found]
        assert linked == _EIGHT_DIGITS.findall(page), key
        seen.update(linked)
    assert {"55 97 65 51", "23 32 70 00"} <= seen


def test_every_address_is_a_link_where_it_is_first_named() -> None:
    addresses = 0
    for key in said():
        [page] = sent((key.name,), key.language).pages
        for host in re.findall(r"\b[a-z.]+\.(?:no|com)\b", page):
            addresses += 1
            assert page.index(host) == page.index(f"https://{host}") + len("https://"), key
    assert addresses > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_suggestions_are_one_message(language: Language) -> None:
    titles = [title[language] for title in read_topic_titles(ROOT / "data" / "topics.yml").values()]
    longest = sorted(titles, key=len)[-3:]
    none = read_none_of_these(ROOT / "data" / "topics.yml")[language]
    options = tuple(Option(title, "") for title in [*longest, none])
    text = said()[Key("utter_did_you_mean", language)].text
    assert len(answer([Said(text, options)], language).pages) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_long_departments_are_on_at_most_three_pages(language: Language) -> None:
    title = f"{'x' * LONGEST['department']} ({'y' * LONGEST['hospital']})"
    options = tuple(Option(f"{number}{title}", "") for number in "abcde")
    text = said()[Key("utter_department_phone_choose", language)].text
    pages = answer([Said(text, options)], language).pages
    assert 1 < len(pages) <= 3
    assert all(segments(page) <= 3 for page in pages)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("with_check", "without"),
    [
        ("utter_ask_helped_or_check", "utter_ask_helped"),
        ("utter_offer_steps_or_check", "utter_offer_step_by_step"),
    ],
)
def test_no_check_of_the_device_is_offered(
    with_check: str, without: str, language: Language
) -> None:
    """It is done by a page: a text message has no button that opens it."""
    assert said()[Key(with_check, language)] == said()[Key(without, language)]
