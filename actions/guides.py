"""Takes the patient into a guide and through it (data/guides)."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import services, state
from actions.forms import FORMS
from actions.handoff import hand_off
from actions.second_topic import say_before_question
from videohjelp.guides import engine
from videohjelp.guides.engine import Progress, Turn
from videohjelp.guides.model import Ending, Kind, Move

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
        return await choose_device(dispatcher, tracker, current)


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
    return state.leave_form(tracker) + await after(dispatcher, tracker, turn, waiting)


async def take_move(
    dispatcher: CollectingDispatcher, tracker: Tracker, current: Progress, move: Move
) -> list[EventType]:
    """Says what the move leads to, and gives the events that store it."""
    turn = engine.move(state.guide_of(tracker, current), current, move)
    if turn.stuck and engine.STUCK in state.last_responses(tracker):
        # The same list a second time would help nobody.
        dispatcher.utter_message(response="utter_talk_to_human")
        return state.understood(tracker)
    return await after(dispatcher, tracker, turn, state.paused(tracker))


def offer_waiting(dispatcher: CollectingDispatcher, waiting: list[Progress]) -> None:
    """Asks whether to go on with what waits: begun and interrupted, or mentioned only."""
    begun = waiting and (waiting[-1].step or waiting[-1].asking_device)
    interrupted_form = waiting and waiting[-1].guide in FORMS
    dispatcher.utter_message(
        response="utter_offer_return" if begun or interrupted_form else "utter_also_mentioned"
    )


async def choose_device(
    dispatcher: CollectingDispatcher, tracker: Tracker, current: Progress
) -> list[EventType]:
    """Goes on with the device in the slot, and gives the events that store where that is."""
    guide = state.guide_of(tracker, current)
    turn = engine.choose_device(guide, current, state.device(tracker) or "unknown")
    return await after(dispatcher, tracker, turn, state.paused(tracker))


async def after(
    dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn, waiting: list[Progress]
) -> list[EventType]:
    """Says a turn and what follows from how the guide ended; gives the events that store it.

    waiting: the guides and forms that were interrupted, the next to take up last.
    """
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


def _interrupted(tracker: Tracker, topic: str) -> list[Progress]:
    current = state.progress(tracker)
    form = state.active_form(tracker)
    guides = [current] if current is not None and current.guide != topic else []
    return [*guides, *([Progress(form)] if form else [])]


def _is_technical(waiting: Progress) -> bool:
    guide = services.guides().get(waiting.guide)
    return guide is not None and guide.kind is not Kind.QUESTIONS
