"""What a message turns to at its end, with a classifier of words."""

from __future__ import annotations

import pytest

from tests.language.test_several_topics import TOPICS, classify
from videohjelp.language.contrasts import Contrasts, topic_turned_to

CONTRASTS = Contrasts(["men", "but"], ["ikke", "not"])


def turned_to(text: str, whole: str) -> str | None:
    found = topic_turned_to(text, whole, classify, TOPICS, CONTRASTS)
    return None if found is None else found[0]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Jeg ser henne, men hører ikke lyd", "hører ikke lyd"),
        ("Alt er i orden. Men hva koster det?", "hva koster det?"),
        ("fint, men nei, men hva koster det da?", "hva koster det da?"),
        ("I see her, but there is not any sound", "there is not any sound"),
        ("Jeg har ikke PIN, men jeg har romnummer", ""),  # neither asks nor denies
        ("Men hva koster det?", ""),  # nothing stands before it
        ("kommentaren fra legen", ""),
    ],
)
def test_what_stands_behind_the_last_but(text: str, clause: str) -> None:
    assert CONTRASTS.clause(text) == clause


def test_what_it_turns_to_is_the_topic() -> None:
    assert turned_to("Opptak er greit, men hva koster det?", "recording") == "payment"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Opptak er greit, men hva blir det?", "recording"),  # not clear
        ("Opptak er greit, men koster?", "recording"),  # too short
        ("Jeg puster dårlig, men hva koster timen?", "medical_emergency"),
    ],
)
def test_else_the_whole_message_holds(text: str, whole: str) -> None:
    assert turned_to(text, whole) is None


def test_that_something_is_wrong_is_no_topic_to_turn_to() -> None:
    found = topic_turned_to(
        "Jeg hører ikke legen, men YouTube har lyd, hva er galt?",
        "no_sound",
        lambda clause: ("technical_problem", 1.0),
        {*TOPICS, "technical_problem"},
        CONTRASTS,
    )
    assert found is None


def test_something_else_instead() -> None:
    assert turned_to("glem det, hva koster det egentlig", "stop_flow") == "payment"
    assert turned_to("glem det", "stop_flow") is None
    assert turned_to("nei stopp. orker ikke mer nå", "stop_flow") is None
