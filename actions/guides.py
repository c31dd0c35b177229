"""Takes the patient into a guide and through it (data/guides)."""

from __future__ import annotations

from typing import Any, cast

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import services, state
from actions.handoff import hand_off
from videohjelp.guides import engine
from videohjelp.guides.engine import Progress, Turn
from videohjelp.guides.model import Ending, Kind, Move

#: What is said to a move when no guide is going on.
WITHOUT_GUIDE: dict[str, str] = {
    "affirm": "utter_affirm_without_question",
    "deny": "utter_deny_without_question",
    "dont_know": "utter_silence",
}


class ActionStartGuide(Action):  # type: ignore[misc]
    """Starts the guide that has the latest message's intent as its name."""

    def name(self) -> str:
        return "action_start_guide"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        guide = services.guides()[state.intent(tracker)]
        current = state.progress(tracker)
        if current is not None and current.guide == guide.id and guide.kind is Kind.TROUBLESHOOTING:
            # "The camera still does not work": the step did not help.
            return await take_move(dispatcher, tracker, current, "deny")
        turn = engine.start(guide, state.device(tracker), state.tried(tracker))
        waiting = state.paused(tracker)
        if current is not None and current.guide != guide.id and not _is_correction(tracker):
            waiting = [*(one for one in waiting if one.guide != guide.id), current]
            dispatcher.utter_message(response="utter_new_guide_first")
        return await _after(dispatcher, tracker, turn, waiting)


class ActionMoveInGuide(Action):  # type: ignore[misc]
    """Yes, no, next, back, why, don't know: a move in the guide, or an answer to an offer."""

    def name(self) -> str:
        return "action_move_in_guide"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        move = cast(Move, state.intent(tracker))
        current = state.progress(tracker)
        if current is not None:
            return await take_move(dispatcher, tracker, current, move)
        offer = tracker.get_slot("open_offer")
        if offer == "return":
            return _answer_offer(dispatcher, tracker, move)
        if offer == "department" and move in ("affirm", "next_step"):
            return [SlotSet("open_offer", None), FollowupAction("department_form")]
        dispatcher.utter_message(response=WITHOUT_GUIDE.get(move, "utter_no_guide"))
        return state.understood(tracker)


class ActionChooseDevice(Action):  # type: ignore[misc]
    """The patient says which device they use (the entity has filled the slot already)."""

    def name(self) -> str:
        return "action_choose_device"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        current = state.progress(tracker)
        if current is None:
            dispatcher.utter_message(response="utter_device_noted")
            return state.understood(tracker)
        guide = services.guides()[current.guide]
        named = state.entity(tracker, "device")
        known = state.device(tracker) if named else None
        turn = engine.choose_device(guide, current, known or "unknown")
        return await _after(dispatcher, tracker, turn, state.paused(tracker))


async def take_move(
    dispatcher: CollectingDispatcher, tracker: Tracker, current: Progress, move: Move
) -> list[EventType]:
    """Says what the move leads to, and gives the events that store it."""
    turn = engine.move(services.guides()[current.guide], current, move)
    return await _after(dispatcher, tracker, turn, state.paused(tracker))


async def _after(
    dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn, waiting: list[Progress]
) -> list[EventType]:
    state.say(dispatcher, turn.lines)
    events = state.understood(tracker)
    if turn.ending is None:
        events += state.progress_events(tracker, turn.progress)
        return events + state.paused_events(tracker, waiting)
    guide = services.guides()[turn.progress.guide]
    events += state.changed(tracker, {"tried_steps": list(turn.progress.tried)})
    events += state.progress_events(tracker, None)
    if turn.ending is Ending.HANDOFF:
        events += await hand_off(dispatcher, tracker, guide.id, turn.progress.tried)
        return events + state.paused_events(tracker, [])
    if turn.ending is Ending.DEPARTMENT:
        if guide.kind is Kind.TROUBLESHOOTING:
            dispatcher.utter_message(response="utter_unsolved_department")
        events += state.paused_events(tracker, [])
        return [*events, FollowupAction("department_form")]
    if turn.ending is Ending.SOLVED and guide.kind is Kind.TROUBLESHOOTING:
        dispatcher.utter_message(response="utter_solved")
    if turn.ending is Ending.FINISHED and guide.kind is Kind.WALKTHROUGH and not turn.lines:
        dispatcher.utter_message(response="utter_walkthrough_finished")
    if waiting:
        dispatcher.utter_message(response="utter_offer_return")
        events.append(SlotSet("open_offer", "return"))
    return events + state.paused_events(tracker, waiting)


def _answer_offer(
    dispatcher: CollectingDispatcher, tracker: Tracker, move: Move
) -> list[EventType]:
    waiting = state.paused(tracker)
    events = state.understood(tracker) + state.changed(tracker, {"open_offer": None})
    if move not in ("affirm", "next_step") or not waiting:
        dispatcher.utter_message(response="utter_nothing_to_stop")
        return events + state.paused_events(tracker, [])
    current = waiting.pop()
    turn = engine.show(services.guides()[current.guide], current)
    dispatcher.utter_message(response="utter_back_to_guide")
    state.say(dispatcher, turn.lines)
    events += state.progress_events(tracker, turn.progress)
    return events + state.paused_events(tracker, waiting)


def _is_correction(tracker: Tracker) -> bool:
    """Whether the patient takes back what they said before ("no, I meant the sound")."""
    entities: list[dict[str, Any]] = tracker.latest_message.get("entities") or []
    return any(found.get("entity") == "correction" for found in entities)
