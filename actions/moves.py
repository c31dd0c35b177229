"""Yes, no, next, back, why: through a guide, and as answers to what was offered."""

from __future__ import annotations

from typing import cast

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import danger, state
from actions.forms import FORMS
from actions.guides import (
    UNSPECIFIED,
    after,
    begin_guide,
    choose_device,
    offer_waiting,
    take_move,
)
from actions.handoff import HANDED_OFF, hand_off
from actions.not_understood import DID_YOU_MEAN, ActionNotUnderstood
from videohjelp.guides import engine
from videohjelp.guides.engine import Progress
from videohjelp.guides.model import Move
from videohjelp.numbered_answers import number_in

#: What is said to a move when no guide is going on.
WITHOUT_GUIDE: dict[str, str] = {
    "affirm": "utter_affirm_without_question",
    "deny": "utter_deny_without_question",
    "dont_know": "utter_silence",
}
#: A "yes" less sure than this (0 to 1) is none: "the blue one" is like no topic, and so like it.
SURE_OF_YES = 0.65


class ActionMoveInGuide(Action):
    """Yes, no, next, back, why, don't know: a move in the guide, or an answer to an offer."""

    def name(self) -> str:
        return "action_move_in_guide"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        move = cast(Move, state.intent(tracker))
        current = state.progress(tracker)
        if move == "affirm" and _is_no_yes(tracker):
            return await _answer_no_yes(dispatcher, tracker, domain, current)
        if DID_YOU_MEAN in state.last_responses(tracker) and move in WITHOUT_GUIDE:
            return _answer_suggestions(dispatcher, tracker, current, move)
        if current is not None and state.entity(tracker, "device") and state.is_correction(tracker):
            return await choose_device(dispatcher, tracker, current)  # "no, I meant the PC"
        meant = state.guide_meant(tracker)
        if meant is not None:
            return await begin_guide(dispatcher, tracker, meant)  # "no, I meant the sound"
        if current is not None:
            return await take_move(dispatcher, tracker, current, move)
        return await _answer_offer(dispatcher, tracker, move)


def _is_no_yes(tracker: Tracker) -> bool:
    """Whether it was hardly taken for a yes, or chooses by a number."""
    unsure = state.confidence(tracker) < SURE_OF_YES
    return unsure or number_in(state.text(tracker)) is not None


async def _answer_no_yes(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    domain: DomainDict,
    current: Progress | None,
) -> list[EventType]:
    """ "The second one", where there is nothing to choose from, or "the blue one"."""
    numbered = number_in(state.text(tracker)) is not None
    suggested = DID_YOU_MEAN in state.last_responses(tracker)
    if suggested and numbered:
        return _answer_suggestions(dispatcher, tracker, current, "affirm")
    if suggested:
        return await ActionNotUnderstood().run(dispatcher, tracker, domain)
    if current is not None:
        state.say(dispatcher, engine.ask_again(state.guide_of(tracker, current), current).lines)
    elif state.paused(tracker):
        offer_waiting(dispatcher, state.paused(tracker))
    elif numbered:
        dispatcher.utter_message(response="utter_silence")
    else:
        return await ActionNotUnderstood().run(dispatcher, tracker, domain)
    return []


async def _answer_offer(
    dispatcher: CollectingDispatcher, tracker: Tracker, move: Move
) -> list[EventType]:
    """Outside guides: an answer to what was offered last, if anything was."""
    offer = tracker.get_slot("open_offer")
    if offer == "return":
        return await _answer_return(dispatcher, tracker, move)
    if offer == "department" and move in ("affirm", "next_step"):
        events = [SlotSet("open_offer", None), *state.understood(tracker)]
        return [*events, FollowupAction("department_form")]
    if offer == "department" and move in ("deny", "dont_know"):
        dispatcher.utter_message(response="utter_use_letter_contact")
        return [SlotSet("open_offer", None), *state.understood(tracker)]
    if move == "deny" and HANDED_OFF in state.last_responses(tracker):
        # "It still does not work", after all was tried: whom to phone, not what else to ask.
        again = await hand_off(dispatcher, tracker, UNSPECIFIED, state.tried(tracker))
        return [*state.understood(tracker), *again]
    if danger.say_again_to_move(dispatcher, tracker, move):
        return state.understood(tracker)
    if move in WITHOUT_GUIDE or not state.active_form(tracker):
        dispatcher.utter_message(response=WITHOUT_GUIDE.get(move, "utter_no_guide"))
    return state.understood(tracker)


async def _answer_return(
    dispatcher: CollectingDispatcher, tracker: Tracker, move: Move
) -> list[EventType]:
    waiting = state.paused(tracker)
    events = state.understood(tracker) + state.changed(tracker, {"open_offer": None})
    # "Back" is a yes here: the question was whether to go back.
    if move not in ("affirm", "next_step", "previous_step") or not waiting:
        dispatcher.utter_message(response="utter_nothing_to_stop")
        return events + state.paused_events(tracker, [])
    current = waiting.pop()
    if current.guide in FORMS:
        return [*events, *state.paused_events(tracker, waiting), FollowupAction(current.guide)]
    guide = state.guide_of(tracker, current)
    if current.step is None and not current.asking_device:
        turn = engine.start(guide, current.device, current.tried)
    else:
        dispatcher.utter_message(response="utter_back_to_guide")
        turn = engine.show(guide, current)
    return events + await after(dispatcher, tracker, turn, waiting)


def _answer_suggestions(
    dispatcher: CollectingDispatcher, tracker: Tracker, current: Progress | None, move: Move
) -> list[EventType]:
    """ "Did you mean one of these?" - "yes" does not say which, "no" asks for another question."""
    if move == "affirm":
        buttons = state.last_buttons(tracker, DID_YOU_MEAN)
        dispatcher.utter_message(response="utter_choose_one", buttons=buttons)
    elif current is not None:
        dispatcher.utter_message(response="utter_back_to_guide")
        state.say(dispatcher, engine.show(state.guide_of(tracker, current), current).lines)
    else:
        dispatcher.utter_message(response="utter_none_of_these")
    # Nothing is understood yet: the next misunderstanding is the second one.
    return []
