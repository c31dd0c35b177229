"""What is not about the video consultation: where to turn, and whether the menu follows."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.digressions import ActionAfterAnswer
from actions.out_of_scope import ActionOutOfScope
from actions.second_topic import say_before_question
from tests.actions.case import Outcome, buttons, create_tracker, run_action, said
from tests.actions.samples import CAMERA, SOUND, in_guide

WAITING = [{"guide": SOUND.id, "step": "volume", "asking_device": False}]


async def out_of_scope(service: str | None = None, **more: Any) -> Outcome:
    entities = {"other_service": service} if service else {}
    tracker = create_tracker("noe helt annet", "out_of_scope", entities=entities, **more)
    return await run_action(ActionOutOfScope(), tracker)


async def test_without_an_evident_place_the_menu() -> None:
    assert said(await out_of_scope()) == ["utter_out_of_scope"]


async def test_the_place_and_then_the_menu() -> None:
    assert said(await out_of_scope("visiting")) == ["utter_other_service_visiting", "utter_menu"]


@pytest.mark.parametrize(
    "busy",
    [
        {"slots": in_guide(CAMERA, "allow")},
        {"form": "department_form", "requested": "department_place"},
        {"slots": {"paused_guides": WAITING}},
        {"second": "payment"},
    ],
)
async def test_no_menu_where_something_else_follows(busy: dict[str, Any]) -> None:
    assert said(await out_of_scope("travel", **busy)) == ["utter_other_service_travel"]
    outcome = await out_of_scope(**busy)
    assert said(outcome) == ["utter_out_of_scope_in_between"]
    assert buttons(outcome) == {}


@pytest.mark.usefixtures("sample_guides")
async def test_a_place_as_the_second_topic() -> None:
    tracker = create_tracker(
        "Hva koster timen, og når er besøkstiden?",
        "payment",
        entities={"other_service": "visiting"},
        second="out_of_scope",
    )
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == ["utter_second_topic", "utter_other_service_visiting"]


@pytest.mark.usefixtures("sample_guides")
def test_a_place_is_named_before_a_guide_begins() -> None:
    tracker = create_tracker(
        "Kameraet er svart, og når er besøkstiden?",
        CAMERA.id,
        entities={"other_service": "visiting"},
        second="out_of_scope",
    )
    dispatcher = CollectingDispatcher()
    assert say_before_question(dispatcher, tracker, []) == []
    assert said(Outcome(dispatcher.messages, [])) == [
        "utter_other_service_visiting",
        "utter_second_topic",
    ]
