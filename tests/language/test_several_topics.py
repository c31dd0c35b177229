"""Messages that raise two topics, and questions behind a courtesy, with a classifier of words."""

from __future__ import annotations

import pytest

from videohjelp.language.several_topics import (
    Greetings,
    parts_of,
    question_behind_courtesy,
    two_topics,
)

TOPICS = frozenset({"payment", "no_sound", "recording", "out_of_scope"})
GREETINGS = Greetings(["hei", "hei hei", "god dag"], ["jeg heter", "dette er"])
WORDS = {
    "koster": "payment",
    "lyd": "no_sound",
    "opptak": "recording",
    "parkere": "out_of_scope",
    "takk": "thank",
}


def classify(text: str) -> tuple[str, float]:
    """The intent of the first word of WORDS that stands in the text."""
    for word, intent in WORDS.items():
        if word in text.casefold():
            return intent, 0.99
    return "technical_problem", 0.4


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Jeg har ikke lyd. Hva koster det?", ["Jeg har ikke lyd", "Hva koster det"]),
        ("hva koster det?og blir det opptak", ["hva koster det", "og blir det opptak"]),
        ("hvor er brevet + hva er koden", ["hvor er brevet", "hva er koden"]),
        ("eg har ikkje lyd & ka koste det", ["eg har ikkje lyd", "ka koste det"]),
        ("jeg har ikke lyd pluss at bildet fryser", ["jeg har ikke lyd", "at bildet fryser"]),
        ("Jeg trykket på lenken og så ble det svart", None),
        ("I pressed the link and then it went black", None),
        (
            "Eg har ikkje lyd og så lurer eg på kva det kostar",
            ["Eg har ikkje lyd", "så lurer eg på kva det kostar"],
        ),
    ],
)
def test_where_messages_are_parted(text: str, parts: list[str] | None) -> None:
    assert parts_of(text) == (parts or [text])


def test_two_clear_topics() -> None:
    text = "Jeg har ikke lyd, og hva koster det?"
    assert two_topics(text, "no_sound", classify, classify, TOPICS) == (
        ("no_sound", 0.99),
        "payment",
    )


def test_what_belongs_elsewhere_is_one_of_two_only_where_it_counts_as_a_topic() -> None:
    text = "Hvor kan jeg parkere, og hva koster det?"
    found = two_topics(text, "out_of_scope", classify, classify, TOPICS)
    assert found == (("out_of_scope", 0.99), "payment")
    assert two_topics(text, "out_of_scope", classify, classify, TOPICS - {"out_of_scope"}) is None


def test_a_part_that_is_not_clear_leaves_the_message_whole() -> None:
    text = "Jeg har ikke lyd, og skjermen er rar i dag"
    assert two_topics(text, "no_sound", classify, classify, TOPICS) is None


@pytest.mark.parametrize(
    "guessed",
    [{"no_sound": 0.99}, {"no_sound": 0.99, "payment": 0.59}],
    ids=["one topic", "two, one of them hardly"],
)
def test_parts_that_hardly_are_two_topics_are_not_looked_at(guessed: dict[str, float]) -> None:
    asked: list[str] = []

    def thoroughly(text: str) -> tuple[str, float]:
        asked.append(text)
        return classify(text)

    def guess(text: str) -> tuple[str, float]:
        intent = classify(text)[0]
        return (intent, guessed[intent]) if intent in guessed else ("no_sound", 0.99)

    text = "Jeg har ikke lyd, og hva koster det?"
    assert two_topics(text, "no_sound", guess, thoroughly, TOPICS) is None
    assert asked == []


def test_a_clear_question_behind_thanks() -> None:
    text = "Tusen takk, det virket! Hva koster det forresten?"
    assert question_behind_courtesy(text, "thank", classify, TOPICS, GREETINGS) == ("payment", 0.99)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Tusen takk, det virket! Hva koster det forresten?", "no_sound"),
        ("Tusen takk. Nå er det lyd på alt", "thank"),
        ("Takk. Koster det?", "thank"),
        ("Takk for hjelpen! Har du det bra i dag?", "thank"),
    ],
    ids=["no courtesy", "no question", "too short", "about none of the topics"],
)
def test_no_question_behind_a_courtesy(text: str, whole: str) -> None:
    assert question_behind_courtesy(text, whole, classify, TOPICS, GREETINGS) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hei lyden er borte", "lyden er borte"),
        ("hei hei, hei: lyden", "lyden"),
        ("God dag!\nJeg har ikke lyd.", "Jeg har ikke lyd."),
        ("hei", ""),
        ("Hei!!", ""),
        ("hei, jeg heter Kari Nordmann.", ""),
        ("hei, jeg heter Kari og har ikke lyd på PC-en", "jeg heter Kari og har ikke lyd på PC-en"),
        ("heile skjermen er svart", ""),
        ("lyden er borte, hei", ""),
    ],
)
def test_what_follows_a_greeting(text: str, rest: str) -> None:
    assert GREETINGS.rest(text) == rest


def test_what_it_is_about_behind_a_greeting() -> None:
    def behind(text: str, whole: str = "greet") -> tuple[str, float] | None:
        return question_behind_courtesy(text, whole, classify, TOPICS, GREETINGS)

    assert behind("hei lyden er borte") == ("no_sound", 0.99)
    assert behind("hei, jeg er ny her") is None, "not sure of any topic"
    assert behind("hei, takk") is None, "about none of the topics"
    assert behind("hei lyden er borte", "recording") is None, "no courtesy"
    assert (
        question_behind_courtesy(
            "hei til dere alle",
            "greet",
            lambda _: ("mental_health_crisis", 0.99),
            TOPICS | {"mental_health_crisis"},
            GREETINGS,
        )
        is None
    ), "danger is looked for elsewhere"
