"""Starts a session: after a long pause everything but the language is forgotten."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import state


def begin_session(tracker: Tracker) -> list[EventType]:
    """What begins a session, also when this action cannot run: no rule holds before it."""
    return [
        SessionStarted(),
        SlotSet("language", state.language(tracker)),
        SlotSet("language_from", tracker.get_slot("language_from")),
        ActionExecuted("action_listen"),
    ]


class ActionSessionStart(Action):
    """Rasa runs it before the first message and after session_expiration_time (domain.yml)."""

    def name(self) -> str:
        return "action_session_start"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        return begin_session(tracker)
