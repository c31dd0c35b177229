"""Takes the patient into a guide and through it (data/guides)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import services, state
from actions.forms import FORMS
from actions.handoff import HANDED_OFF, hand_off
from actions.second_topic import say_before_question
from videohjelp.guides import engine
from videohjelp.guides.engine import Progress, Turn
from videohjelp.guides.model import Ending, Kind, Move
from videohjelp.numbered_answers import number_in

#: What is said to a move when no guide is going on.
WITHOUT_GUIDE: dict[str, str] = {
    "affirm": "utter_affirm_without_question",
    "deny": "utter_deny_without_question",
    "dont_know": "utter_silence",
}
#: What is said to whoever is in danger, and the moves after which it is said again. A "no" to 113
#: mostly means that nothing is wrong.
DANGER: dict[str, frozenset[str]] = {
    "utter_medical_emergency": frozenset({"affirm", "dont_know"}),
    "utter_mental_health_crisis": frozenset({"affirm", "deny", "dont_know"}),
}
#: A "yes" less sure than this (0 to 1) is none: "the blue one" is like no topic, and so like it.
SURE_OF_YES = 0.5
#: "Something does not work", without saying what.
UNSPECIFIED = "technical_problem"


class ActionStartGuide(Action):
    """Starts the guide that has the latest message's intent as its name."""

    def name(self) -> str:
        return "action_start_guide"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        topic = state.intent(tracker)
        current = state.progress(tracker)
        kind = state.guide_of(tracker, current).kind if current is not None else None
        if topic == UNSPECIFIED:
            if current is not None and kind is not Kind.QUESTIONS:
                # "It still does not work", "I cannot do it".
                return await take_move(dispatcher, tracker, current, "deny")
            return await _ask_what_is_wrong(dispatcher, tracker)
        if current is not None and current.guide == topic and not state.active_form(tracker):
            if kind is Kind.TROUBLESHOOTING:
                # "The camera still does not work": the step did not help.
                return await take_move(dispatcher, tracker, current, "deny")
            if kind is Kind.QUESTIONS:
                state.say(
                    dispatcher, engine.ask_again(state.guide_of(tracker, current), current).lines
                )
                return state.understood(tracker)
        return await begin_guide(dispatcher, tracker, topic)


class ActionMoveInGuide(Action):
    """Yes, no, next, back, why, don't know: a move in the guide, or an answer to an offer."""

    def name(self) -> str:
        return "action_move_in_guide"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        move = cast(Move, state.intent(tracker))
        current = state.progress(tracker)
        if "utter_did_you_mean" in state.last_responses(tracker) and move in WITHOUT_GUIDE:
            return _answer_suggestions(dispatcher, tracker, current, move)
        doubtful = state.confidence(tracker) < SURE_OF_YES
        if move == "affirm" and (doubtful or number_in(state.text(tracker)) is not None):
            return _choose_nothing(dispatcher, tracker, current)
        if current is not None and state.entity(tracker, "device") and state.is_correction(tracker):
            return await _choose_device(dispatcher, tracker, current)  # "no, I meant the PC"
        meant = state.guide_meant(tracker)
        if meant is not None:
            return await begin_guide(dispatcher, tracker, meant)  # "no, I meant the sound"
        if current is not None:
            return await take_move(dispatcher, tracker, current, move)
        return await _answer_offer(dispatcher, tracker, move)


class ActionChooseDevice(Action):
    """The patient says which device they use (the entity has filled the slot already)."""

    def name(self) -> str:
        return "action_choose_device"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        form = state.active_form(tracker)
        if form:
            return [*state.understood(tracker), FollowupAction(form)]
        current = state.progress(tracker)
        if current is None:
            dispatcher.utter_message(response="utter_device_noted")
            return state.understood(tracker)
        if state.entity(tracker, "device") is None and not current.asking_device:
            # "sms", "the new one": no device that we know, and nobody asked for one.
            state.say(dispatcher, engine.show(state.guide_of(tracker, current), current).lines)
            return state.understood(tracker)
        return await _choose_device(dispatcher, tracker, current)


async def begin_guide(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    topic: str,
    *,
    second: bool = False,
    also: Sequence[str] = (),
) -> list[EventType]:
    """Starts a topic's guide. What it interrupts waits, unless the patient took that back.

    second: whether the topic is the second one of the message, the first being answered.
    also: topics that came up with it; their guides wait, the first to be offered next.
    """
    turn = engine.start(state.guide(tracker, topic), state.device(tracker), state.tried(tracker))
    interrupted = [] if state.is_correction(tracker) else _interrupted(tracker, topic)
    if interrupted:
        dispatcher.utter_message(response="utter_new_guide_first")
    waiting = [one for one in state.paused(tracker) if one.guide not in (topic, *also)]
    waiting += [one for one in interrupted if one.guide not in also]
    waiting += [Progress(guide) for guide in reversed(also)]
    if not second:
        waiting = say_before_question(dispatcher, tracker, waiting)
    return state.leave_form(tracker) + await _after(dispatcher, tracker, turn, waiting)


async def take_move(
    dispatcher: CollectingDispatcher, tracker: Tracker, current: Progress, move: Move
) -> list[EventType]:
    """Says what the move leads to, and gives the events that store it."""
    turn = engine.move(state.guide_of(tracker, current), current, move)
    if turn.stuck and engine.STUCK in state.last_responses(tracker):
        # The same list a second time would help nobody.
        dispatcher.utter_message(response="utter_talk_to_human")
        return state.understood(tracker)
    return await _after(dispatcher, tracker, turn, state.paused(tracker))


def _choose_nothing(
    dispatcher: CollectingDispatcher, tracker: Tracker, current: Progress | None
) -> list[EventType]:
    """ "The second one", where there is nothing to choose from, or "the blue one": no "yes"."""
    if current is not None:
        state.say(dispatcher, engine.ask_again(state.guide_of(tracker, current), current).lines)
    elif state.paused(tracker):
        offer_waiting(dispatcher, state.paused(tracker))
    else:
        dispatcher.utter_message(response="utter_silence")
    return []


def offer_waiting(dispatcher: CollectingDispatcher, waiting: list[Progress]) -> None:
    """Asks whether to go on with what waits: begun and interrupted, or mentioned only."""
    begun = waiting and (waiting[-1].step or waiting[-1].asking_device)
    interrupted_form = waiting and waiting[-1].guide in FORMS
    dispatcher.utter_message(
        response="utter_offer_return" if begun or interrupted_form else "utter_also_mentioned"
    )


async def _choose_device(
    dispatcher: CollectingDispatcher, tracker: Tracker, current: Progress
) -> list[EventType]:
    guide = state.guide_of(tracker, current)
    turn = engine.choose_device(guide, current, state.device(tracker) or "unknown")
    return await _after(dispatcher, tracker, turn, state.paused(tracker))


async def _after(
    dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn, waiting: list[Progress]
) -> list[EventType]:
    state.say(dispatcher, turn.lines)
    events = state.understood(tracker)
    if turn.ending is None:
        events += state.progress_events(tracker, turn.progress)
        return events + state.paused_events(tracker, waiting)
    guide = state.guide_of(tracker, turn.progress)
    events += state.changed(
        tracker, {"tried_steps": list(turn.progress.tried), "device": turn.progress.device}
    )
    events += state.progress_events(tracker, None)
    if turn.ending is Ending.DEPARTMENT:
        events += state.paused_events(tracker, [])
        if guide.kind is not Kind.TROUBLESHOOTING:
            return [*events, FollowupAction("department_form")]
        dispatcher.utter_message(response="utter_unsolved_department")
        dispatcher.utter_message(response="utter_offer_department")
        return [*events, SlotSet("open_offer", "department")]
    if turn.ending is Ending.HANDOFF:
        events += await hand_off(dispatcher, tracker, guide.id, turn.progress.tried)
        # Kundesenteret takes over what is technical; what else was asked is not lost.
        waiting = [one for one in waiting if not _is_technical(one)]
    elif turn.ending is Ending.SOLVED and guide.kind is Kind.TROUBLESHOOTING:
        dispatcher.utter_message(response="utter_solved")
    elif turn.ending is Ending.FINISHED and guide.kind is Kind.WALKTHROUGH and not turn.lines:
        dispatcher.utter_message(response="utter_walkthrough_finished")
    if waiting:
        offer_waiting(dispatcher, waiting)
        events.append(SlotSet("open_offer", "return"))
    return events + state.paused_events(tracker, waiting)


async def _ask_what_is_wrong(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    if tracker.get_slot("case_code"):
        return await hand_off(dispatcher, tracker, UNSPECIFIED, state.tried(tracker))
    dispatcher.utter_message(response="utter_technical_problem")
    waiting = [*state.paused(tracker), *_interrupted(tracker, UNSPECIFIED)]
    events = state.progress_events(tracker, None) + state.leave_form(tracker)
    return state.understood(tracker) + events + state.paused_events(tracker, waiting)


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
    for response in state.last_responses(tracker):
        if move in DANGER.get(response, ()):
            # Never "fine, anything else?", but the numbers again.
            dispatcher.utter_message(response=response)
            return state.understood(tracker)
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
    return events + await _after(dispatcher, tracker, turn, waiting)


def _answer_suggestions(
    dispatcher: CollectingDispatcher, tracker: Tracker, current: Progress | None, move: Move
) -> list[EventType]:
    """ "Did you mean one of these?" - "yes" does not say which, "no" asks for another question."""
    if move == "affirm":
        buttons = [
            button
            for event in state.last_said(tracker)
            for button in (event.get("data") or {}).get("buttons") or []
        ]
        dispatcher.utter_message(response="utter_choose_one", buttons=buttons)
    elif current is not None:
        dispatcher.utter_message(response="utter_back_to_guide")
        state.say(dispatcher, engine.show(state.guide_of(tracker, current), current).lines)
    else:
        dispatcher.utter_message(response="utter_none_of_these")
    # Nothing is understood yet: the next misunderstanding is the second one.
    return []


def _interrupted(tracker: Tracker, topic: str) -> list[Progress]:
    current = state.progress(tracker)
    form = state.active_form(tracker)
    guides = [current] if current is not None and current.guide != topic else []
    return [*guides, *([Progress(form)] if form else [])]


def _is_technical(waiting: Progress) -> bool:
    guide = services.guides().get(waiting.guide)
    return guide is not None and guide.kind is not Kind.QUESTIONS
