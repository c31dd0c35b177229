"""What is said when nothing was understood: once, twice, again and again."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from actions import services
from actions.not_understood import ActionNotUnderstood, suggestions
from tests.actions.case import (
    Outcome,
    buttons,
    create_tracker,
    ends_form,
    followups,
    run_action,
    said,
    served,
    slots_set,
)
from tests.actions.samples import CAMERA, in_guide

RANKING = ("camera_not_working", "nlu_fallback", "greet", "no_sound", "payment", "recording")


async def not_understood(
    times: float | None = 0, ranking: tuple[str, ...] = RANKING, **more: Any
) -> Outcome:
    slots = {"misunderstood": times, **more.pop("slots", {})}
    tracker = create_tracker(
        "ditt og datt", "nlu_fallback", 0.35, ranking=ranking, slots=slots, **more
    )
    return await run_action(ActionNotUnderstood(), tracker)


@pytest.mark.parametrize(
    ("language", "first"),
    [("nb", "Kameraet virker ikke"), ("nn", "Kameraet verkar ikkje"), ("en", "The camera is not")],
)
async def test_the_first_time_the_three_likeliest_topics_are_offered(
    language: str, first: str
) -> None:
    outcome = await not_understood(slots={"language": language})
    assert said(outcome) == ["utter_did_you_mean"]
    payloads = list(buttons(outcome).values())
    assert payloads == ["/camera_not_working", "/no_sound", "/payment", "/deny"], (
        "neither greet nor fallback"
    )
    titles = list(buttons(outcome))
    assert titles[0].startswith(first)
    assert titles[-1] == {"nb": "Noe annet", "nn": "Noko anna", "en": "None of these"}[language]
    assert slots_set(outcome) == {"misunderstood": 1}


async def test_no_topic_to_offer() -> None:
    outcome = await not_understood(ranking=("greet", "no_such_intent"))
    assert said(outcome) == ["utter_silence"]
    assert slots_set(outcome) == {"misunderstood": 1}


async def test_fewer_topics_than_three() -> None:
    payloads = list(buttons(await not_understood(ranking=("payment",))).values())
    assert payloads == ["/payment", "/deny"]


async def test_improbable_topics_are_not_offered() -> None:
    ranking = ("camera_not_working", *(["greet"] * 7), "payment")
    outcome = await not_understood(ranking=ranking)
    assert list(buttons(outcome).values()) == ["/camera_not_working", "/deny"]


async def test_a_misspelt_word_is_offered_as_what_it_is_meant_for() -> None:
    tracker = create_tracker("mikrofonn?", "nlu_fallback", 0.3, ranking=("payment",))
    outcome = await run_action(ActionNotUnderstood(), tracker)
    assert "/microphone_not_working" in buttons(outcome).values()


@pytest.mark.parametrize("ranking", [None, [], [{}], [{"name": None}]])
def test_a_message_without_a_ranking(ranking: Any) -> None:
    tracker = create_tracker("æøå")
    tracker.latest_message["intent_ranking"] = ranking
    assert suggestions(tracker) == []


async def test_the_second_time_the_way_to_people_and_nothing_is_open() -> None:
    outcome = await not_understood(
        1, slots=in_guide(CAMERA, "allow"), form="department_form", requested="department_place"
    )
    assert said(outcome) == ["utter_not_understood"]
    assert buttons(outcome) == {}
    assert ends_form(outcome)
    assert slots_set(outcome)["guide"] is None
    assert slots_set(outcome)["misunderstood"] == 2


@pytest.mark.parametrize("times", [2, 9, 10])
async def test_from_the_third_time_on_there_is_no_further_apology(times: int) -> None:
    outcome = await not_understood(times)
    assert said(outcome) == ["utter_talk_to_human", "utter_menu"]
    assert slots_set(outcome)["misunderstood"] <= 10, "the slot takes no more"


async def test_a_count_that_is_missing_is_none() -> None:
    assert slots_set(await not_understood(None)) == {"misunderstood": 1}


async def test_in_a_form_its_question_is_asked_again_when_there_is_nothing_to_offer() -> None:
    form: dict[str, Any] = {"form": "department_form", "requested": "department_place"}
    assert followups(await not_understood(ranking=(), **form)) == ["department_form"]
    assert followups(await not_understood(**form)) == [], "the suggestions are the question"


async def test_unreadable_titles_give_the_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> NoReturn:
        raise ValueError("topics.yml: 'payment' has no title in nn")

    monkeypatch.setattr(services, "topic_titles", fail)
    tracker = create_tracker("ditt og datt", "nlu_fallback", 0.3, ranking=RANKING)
    assert said(await served("action_not_understood", tracker)) == ["utter_action_failed"]
