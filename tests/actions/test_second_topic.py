"""What else the patient asked in the same message."""

from __future__ import annotations

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import second_topic
from tests.actions.case import Outcome, assistant, create_tracker, patient, said
from tests.actions.samples import CAMERA, SOUND
from videohjelp.guides.engine import Progress

pytestmark = pytest.mark.usefixtures("sample_guides")

WAITING = [Progress(CAMERA.id, "allow")]


def taken_up(topic: str | None) -> tuple[list[str], list[Progress]]:
    """What is said of a second topic before a question, and what waits then."""
    dispatcher = CollectingDispatcher()
    tracker = create_tracker("Eg høyrer ingenting, og kva kostar det?", SOUND.id, second=topic)
    waiting = second_topic.say_before_question(dispatcher, tracker, WAITING)
    return said(Outcome(dispatcher.messages, [])), waiting


def test_no_second_topic() -> None:
    assert second_topic.second_topic(create_tracker("Kameraet virker ikke", CAMERA.id)) is None
    assert taken_up(None) == ([], WAITING)


def test_information_is_said_before_the_question() -> None:
    assert taken_up("payment") == (["utter_payment", "utter_second_topic"], WAITING)


def test_another_guide_waits_for_its_turn() -> None:
    assert taken_up(CAMERA.id) == (["utter_one_at_a_time"], [*WAITING, Progress(CAMERA.id)])


@pytest.mark.parametrize(
    ("topic", "form"),
    [
        ("department_phone", "department_form"),
        ("cancel_or_change_appointment", "cancellation_form"),
        ("want_in_person", "cancellation_form"),
    ],
)
def test_a_form_waits_for_its_turn(topic: str, form: str) -> None:
    assert taken_up(topic) == (["utter_one_at_a_time"], [*WAITING, Progress(form)])


def test_what_was_taken_up_is_not_taken_up_again() -> None:
    tracker = create_tracker("to spørsmål", SOUND.id, second="payment")
    tracker.events.append(assistant("utter_second_topic"))
    assert second_topic.second_topic(tracker) is None


def test_what_was_taken_up_before_this_message_does_not_count() -> None:
    before = [patient("to spørsmål"), assistant("utter_second_topic")]
    tracker = create_tracker("og to til", SOUND.id, second="payment", events=before)
    assert second_topic.second_topic(tracker) == "payment"
