"""Repeat, silence, start over: moves that concern the conversation itself."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import state
from actions.digressions import ask_again
from videohjelp.guides import engine
from videohjelp.guides.engine import Line

#: What a repeated message keeps beside text and buttons: its name, its language, the step's number.
KEPT = ("utter_action", "language", "step", "steps")


class ActionRepeat(Action):
    """Says again, word for word, what the assistant said last."""

    def name(self) -> str:
        return "action_repeat"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        step = _step_not_in(tracker)
        if step:
            # What was said last was only the question after it.
            state.say(dispatcher, step)
            return state.understood(tracker)
        said = state.last_said(tracker)
        if not said:
            dispatcher.utter_message(response="utter_nothing_to_repeat")
        if state.active_form(tracker):
            # The form asks its question again by itself.
            said = said[:-1]
        for event in said:
            metadata: dict[str, Any] = event.get("metadata") or {}
            dispatcher.utter_message(
                text=event.get("text"),
                buttons=(event.get("data") or {}).get("buttons"),
                **{name: metadata[name] for name in KEPT if name in metadata},
            )
        return state.understood(tracker)


def _step_not_in(tracker: Tracker) -> tuple[Line, ...]:
    """The lines of the guide's step, when the assistant's last messages were not they."""
    current = state.progress(tracker)
    if current is None or state.active_form(tracker):
        return ()
    lines = engine.show(state.guide_of(tracker, current), current).lines
    return lines if lines[0].response not in state.last_responses(tracker) else ()


class ActionSilence(Action):
    """The patient has written nothing, or nothing with a meaning."""

    def name(self) -> str:
        return "action_silence"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        open_question = (
            state.progress(tracker) is not None
            or state.active_form(tracker)
            or tracker.get_slot("open_offer")
        )
        if not open_question:
            dispatcher.utter_message(response="utter_silence")
            return []
        dispatcher.utter_message(response="utter_take_your_time")
        return ask_again(dispatcher, tracker)


class ActionRestartConversation(Action):
    """Forgets everything but the language."""

    def name(self) -> str:
        return "action_restart_conversation"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        dispatcher.utter_message(response="utter_restarted")
        return [
            ActiveLoop(None),
            AllSlotsReset(),
            SlotSet("language", state.language(tracker)),
            SlotSet("language_from", tracker.get_slot("language_from")),
        ]
