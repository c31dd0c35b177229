"""Takes up what else the patient asked in the same message.

The classifier has put the second topic's intent into the message (videohjelp/language/
several_topics.py). Information is said before the first topic's question, so that the question
stays the last thing said; what needs questions of its own waits until the first is done.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import services, state
from actions.forms import FORM_OF
from videohjelp.guides.engine import Progress

#: The entity that names the service a question belongs to (data/entities/other_services.yml).
OTHER_SERVICE = "other_service"


def second_topic(tracker: Tracker) -> str | None:
    """The intent of the message's second topic, None when there is none or it is taken up."""
    intent = tracker.latest_message.get("second_intent")
    return str(intent) if intent and not _said_something(tracker, "utter_second_topic") else None


def is_information(topic: str) -> bool:
    """Whether a topic is answered at once, without guide or form."""
    return topic not in services.guides() and topic not in FORM_OF


def say_information(dispatcher: CollectingDispatcher, tracker: Tracker, topic: str) -> None:
    """Answers a topic that is information; what is out of scope, by naming where to turn."""
    if topic == "out_of_scope":
        say_where_to_turn(dispatcher, tracker)
    else:
        dispatcher.utter_message(response=f"utter_{topic}")


def say_where_to_turn(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Names the service that the question belongs to; False when there is no evident one."""
    service = state.entity(tracker, OTHER_SERVICE)
    if service is not None:
        dispatcher.utter_message(response=f"utter_other_service_{service}")
    return service is not None


def say_before_question(
    dispatcher: CollectingDispatcher, tracker: Tracker, waiting: list[Progress]
) -> list[Progress]:
    """Called before the first topic's guide or form begins.

    Answers a second topic that is information; one with questions of its own is put among those
    that wait. Gives what waits then, the next last.
    """
    topic = second_topic(tracker)
    if topic is None:
        return waiting
    if is_information(topic):
        say_information(dispatcher, tracker, topic)
        dispatcher.utter_message(response="utter_second_topic")
        return waiting
    dispatcher.utter_message(response="utter_one_at_a_time")
    return [*waiting, Progress(FORM_OF.get(topic, topic))]


def _said_something(tracker: Tracker, response: str) -> bool:
    """Whether a response was uttered since the patient's latest message."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if _response_of(event) == response:
            return True
    return False


def _response_of(event: dict[str, Any]) -> str | None:
    return (event.get("metadata") or {}).get("utter_action") if event["event"] == "bot" else None
