"""No phone number is said that the directory or the known list does not hold. Runs last."""

from __future__ import annotations

import csv
import functools
import re

import pytest

from tests.assistant import Assistant, Reply
from videohjelp.settings import ROOT

#: The numbers of the assistant's own texts, each with an owner (docs: facts and their sources).
KNOWN = {
    "113": "medical emergency",
    "116117": "legevakt",
    "116123": "Mental Helse",
    "116111": "Alarmtelefonen for barn og unge",
    "22591300": "Giftinformasjonen",
    "23327000": "Veiledning Helsenorge",
    "55976551": "Kundesenteret i Helse Vest IKT",
}
#: Three, six or eight digits, in groups; neither part of a longer number nor of an hour or a date.
_NUMBER = re.compile(
    r"(?<![\d.:/\-–A-Z])"
    r"(?:\d{2} ?\d{2} ?\d{2} ?\d{2}|\d{3} ?\d{2} ?\d{3}|11\d ?\d{3}|11\d)"
    r"(?![\d.:/]\d|\d)"
)
#: The number of the test room, which is no telephone.
TEST_ROOM = "998112"


def numbers(text: str) -> set[str]:
    """The phone numbers in a text, digits only."""
    return {re.sub(r"\D", "", found) for found in _NUMBER.findall(text)} - {TEST_ROOM}


@functools.lru_cache(maxsize=1)
def allowed() -> frozenset[str]:
    """Every number that may be said."""
    with (ROOT / "data" / "directory" / "departments.csv").open(encoding="utf-8") as lines:
        listed = {re.sub(r"\D", "", row["phone"]) for row in csv.DictReader(lines)}
    return frozenset(listed | set(KNOWN))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring 55 97 65 51.", {"55976551"}),
        ("Ring 480 32 638 eller 113", {"48032638", "113"}),
        ("116 117, 116123", {"116117", "116123"}),
        ("kl. 08.00–15.30, 24. november 2026, testrom 998112", set()),
    ],
)
def test_numbers_are_found(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    "place",
    ["Voss DPS", "Nordfjord psykiatrisenter", "kvinneklinikken på Haukeland", "Haukeland", "SUS"],
)
def test_a_department_gets_a_number_of_the_directory(assistant: Assistant, place: str) -> None:
    conversation = assistant.conversation()
    conversation.say("/department_phone")
    reply = conversation.say(place)
    chosen = [conversation.say(payload) for payload in reply.buttons.values()]
    said = {number for one in (reply, *chosen) for number in numbers(one.text)}
    assert said
    assert said <= allowed()


def test_every_number_said_in_any_conversation_is_known(replies: list[Reply]) -> None:
    assert replies
    unknown = {number: reply.responses for reply in replies for number in numbers(reply.text)}
    assert not {number: who for number, who in unknown.items() if number not in allowed()}
