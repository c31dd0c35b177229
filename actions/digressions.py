"""Brings the patient back after a question in the middle, and lets them stop."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import services, state
from videohjelp.guides import engine


class ActionAfterAnswer(Action):  # type: ignore[misc]
    """After an answer in the middle of a guide or form: back to the step or question."""

    def name(self) -> str:
        return "action_after_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        events = state.understood(tracker)
        form = state.active_form(tracker)
        if form:
            return [*events, FollowupAction(form)]
        current = state.progress(tracker)
        if current is None:
            return events
        turn = engine.show(services.guides()[current.guide], current)
        dispatcher.utter_message(response="utter_back_to_guide")
        state.say(dispatcher, turn.lines)
        return events + state.progress_events(tracker, turn.progress)


class ActionAskAgain(Action):  # type: ignore[misc]
    """After thanks, praise or a greeting: only the open question, without the step before it."""

    def name(self) -> str:
        return "action_ask_again"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        return state.understood(tracker) + ask_again(dispatcher, tracker)


class ActionStopFlow(Action):  # type: ignore[misc]
    """The patient wants to stop the guide or form."""

    def name(self) -> str:
        return "action_stop_flow"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        busy = state.progress(tracker) is not None or state.active_form(tracker)
        dispatcher.utter_message(
            response="utter_guide_stopped" if busy else "utter_nothing_to_stop"
        )
        return state.understood(tracker) + state.leave_everything(tracker)


class ActionLeaveFlow(Action):  # type: ignore[misc]
    """Ends guide and form without a word: after danger, and after goodbye."""

    def name(self) -> str:
        return "action_leave_flow"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        return state.understood(tracker) + state.leave_everything(tracker)


def ask_again(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Asks the question that is open, if one is."""
    form = state.active_form(tracker)
    if form:
        return [FollowupAction(form)]
    current = state.progress(tracker)
    if current is not None:
        state.say(dispatcher, engine.ask_again(services.guides()[current.guide], current).lines)
    elif tracker.get_slot("open_offer") == "return":
        dispatcher.utter_message(response="utter_offer_return")
    return []
