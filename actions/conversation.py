"""Repeat, silence, start over, language: moves that concern the conversation itself."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import state
from actions.digressions import ask_again

#: Intent -> language.
LANGUAGE_OF = {"switch_to_bokmaal": "nb", "switch_to_nynorsk": "nn", "switch_to_english": "en"}


class ActionRepeat(Action):  # type: ignore[misc]
    """Says again, word for word, what the assistant said last."""

    def name(self) -> str:
        return "action_repeat"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        said = last_said(tracker.events)
        if not said:
            dispatcher.utter_message(response="utter_nothing_to_repeat")
        for event in said:
            buttons = (event.get("data") or {}).get("buttons")
            dispatcher.utter_message(text=event.get("text"), buttons=buttons)
        return state.understood(tracker)


class ActionSilence(Action):  # type: ignore[misc]
    """The patient has written nothing, or nothing with a meaning."""

    def name(self) -> str:
        return "action_silence"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if state.progress(tracker) is None and not state.active_form(tracker):
            dispatcher.utter_message(response="utter_silence")
            return []
        dispatcher.utter_message(response="utter_take_your_time")
        return ask_again(dispatcher, tracker)


class ActionRestartConversation(Action):  # type: ignore[misc]
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
        ]


class ActionSetLanguage(Action):  # type: ignore[misc]
    """Answers in the language asked for from now on."""

    def name(self) -> str:
        return "action_set_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        chosen = LANGUAGE_OF[state.intent(tracker)]
        dispatcher.utter_message(response=f"utter_language_{chosen}")
        events = [SlotSet("language", chosen)]
        if state.progress(tracker) is not None or state.active_form(tracker):
            # The question comes from another action, which knows the new language.
            events.append(FollowupAction("action_ask_again"))
        return events


def last_said(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The assistant's messages between the two latest messages of the patient, in order."""
    said: list[dict[str, Any]] = []
    patient_messages = 0
    for event in reversed(events):
        if event.get("event") == "user":
            patient_messages += 1
            if said:
                break
        elif event.get("event") == "bot" and patient_messages:
            said.append(event)
    return said[::-1]
