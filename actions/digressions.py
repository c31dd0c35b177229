"""Brings the patient back after a question in the middle, and lets them stop."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import danger, language, services, state
from actions.forms import FORM_OF
from actions.guides import begin_guide, offer_waiting
from actions.second_topic import is_information, say_information, second_topic
from videohjelp.guides import engine


class ActionAfterAnswer(Action):
    """After an answer: what else was asked, then back to the step or question, if there is one."""

    def name(self) -> str:
        return "action_after_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        second = second_topic(tracker)
        if second is not None:
            dispatcher.utter_message(response="utter_second_topic")
            if second in services.guides():
                return await begin_guide(dispatcher, tracker, second, second=True)
            if is_information(second) or second == "want_in_person":
                say_information(dispatcher, tracker, second)
            if second in FORM_OF:
                return [*state.understood(tracker), FollowupAction(FORM_OF[second])]
        elif state.intent(tracker) in language.LANGUAGE_OF and not state.is_busy(tracker):
            language.say_in_new_language(dispatcher, tracker)
        return state.understood(tracker) + resume(dispatcher, tracker)


class ActionAskAgain(Action):
    """After thanks, praise or a greeting: only the open question, without the step before it."""

    def name(self) -> str:
        return "action_ask_again"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if state.intent(tracker) == "greet":
            # Who greets in the middle of something is not asked what they need.
            dispatcher.utter_message(
                response="utter_greet_again" if state.is_busy(tracker) else "utter_greet"
            )
        elif danger.say_after_thanks(dispatcher, tracker):
            return state.understood(tracker)
        elif tracker.get_slot("open_offer") == "department":
            # Who thanks for the offer has what they need.
            return state.understood(tracker) + state.changed(tracker, {"open_offer": None})
        return state.understood(tracker) + ask_again(dispatcher, tracker)


class ActionStopFlow(Action):
    """The patient wants to stop the guide or form."""

    def name(self) -> str:
        return "action_stop_flow"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        dispatcher.utter_message(
            response="utter_guide_stopped" if state.is_busy(tracker) else "utter_nothing_to_stop"
        )
        return state.understood(tracker) + state.leave_everything(tracker)


class ActionLeaveFlow(Action):
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
        state.say(dispatcher, engine.ask_again(state.guide_of(tracker, current), current).lines)
    elif tracker.get_slot("open_offer") == "return":
        offer_waiting(dispatcher, state.paused(tracker))
    elif tracker.get_slot("open_offer") == "department":
        dispatcher.utter_message(response="utter_offer_department")
    return []


def resume(
    dispatcher: CollectingDispatcher, tracker: Tracker, *, ended: bool = False
) -> list[EventType]:
    """Goes back to the form, the step or the offer that an answer came in between.

    ended: whether that answer was what the guide's step had offered, so that it is over.
    """
    form = state.active_form(tracker)
    if form:
        return [FollowupAction(form)]
    # An offer that something else was asked after is forgotten: a later "yes" means another thing.
    forgotten: list[EventType] = []
    current = state.progress(tracker)
    if current is not None:
        guide = state.guide_of(tracker, current)
        if not ended and not engine.is_offered_only(guide, current):
            turn = engine.show(guide, current)
            # A second question in a row: the step stands just above, and is not said again.
            said = "utter_back_to_guide" in state.last_responses(tracker)
            dispatcher.utter_message(response="utter_back_to_guide")
            state.say(dispatcher, engine.ask_again(guide, current).lines if said else turn.lines)
            return state.progress_events(tracker, turn.progress)
        forgotten = state.progress_events(tracker, None)
    waiting = state.paused(tracker)
    if waiting and tracker.get_slot("open_offer") != "department":
        offer_waiting(dispatcher, waiting)
        return [*forgotten, *state.changed(tracker, {"open_offer": "return"})]
    return [*forgotten, *state.changed(tracker, {"open_offer": None})]
