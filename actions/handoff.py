"""Hands the patient over to Kundesenteret i Helse Vest IKT, with a case that can be looked up.

Source: the problem-solving table, «Du har tekniske problemer med videoløsningen».
"""

from __future__ import annotations

import asyncio
from datetime import timezone

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.exc import SQLAlchemyError

from actions import danger, services, state
from videohjelp import clock
from videohjelp.appointments.wording import say_coming, say_time
from videohjelp.guides.model import Ending, Kind
from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.reference_code import make_code, spoken
from videohjelp.handoff.store import CaseStoreError

#: What tells number and code.
HANDED_OFF = "utter_handoff"
#: What offers to find the department's number.
DEPARTMENT_OFFERS = {"utter_offer_department", "utter_find_number"}

log = structlog.get_logger("videohjelp.handoff")


class ActionHandoff(Action):
    """The patient asks for Kundesenteret or a person: whom to phone, and a case when something
    was tried."""

    def name(self) -> str:
        return "action_handoff"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if danger.say_again_to_who_asks_for_a_person(dispatcher, tracker):
            return state.leave_everything(tracker) + state.understood(tracker)
        tried = state.tried(tracker)
        current = state.progress(tracker)
        guide = state.guide_of(tracker, current) if current is not None else None
        technical = guide is not None and guide.kind is Kind.TROUBLESHOOTING
        theirs = technical and guide is not None and guide.unsolved is Ending.HANDOFF
        events = state.leave_everything(tracker) + state.understood(tracker)
        asked_whom = state.intent(tracker) == "talk_to_human"
        if asked_whom and DEPARTMENT_OFFERS.intersection(state.last_responses(tracker)):
            # "Whom do I phone?", just after the department's number was offered.
            return [*events, FollowupAction("department_form")]
        if state.intent(tracker) == "talk_to_human" and not theirs:
            dispatcher.utter_message(response="utter_talk_to_human")
            return [*events, SlotSet("open_offer", "department")]
        if not technical and not tried and not tracker.get_slot("case_code"):
            dispatcher.utter_message(response="utter_ikt_support_phone")
            say_opening_hours(dispatcher, tracker)
            return events
        topic = guide.id if guide is not None else "technical_problem"
        return events + await hand_off(dispatcher, tracker, topic, tried)


async def hand_off(
    dispatcher: CollectingDispatcher, tracker: Tracker, topic: str, tried: tuple[str, ...]
) -> list[EventType]:
    """Stores a case and tells the patient number, code and what to say.

    A case with the same steps tried and the same device check is not stored twice. It holds
    nothing that identifies the patient. When it cannot be stored, the patient gets the number
    without a code.
    """
    code = tracker.get_slot("case_code")
    report = state.device_check(tracker)
    checks = None if report is None else report.to_case()
    if not code or not await _holds(code, tried, checks):
        try:
            case = HandoffCase(
                code=make_code(),
                created_at=clock.now().astimezone(timezone.utc),
                topic=topic,
                device=state.device(tracker),
                browser=tracker.get_slot("browser"),
                tried=tried,
                device_check=checks,
                channel=tracker.get_latest_input_channel() or "web",
                language=state.language(tracker),
            )
            code = (await asyncio.to_thread(services.cases_of_conversation().save, case)).code
        except (SQLAlchemyError, CaseStoreError, ValueError):
            log.exception("case_not_stored", topic=topic)
            dispatcher.utter_message(response="utter_handoff_without_code")
            return []
    dispatcher.utter_message(
        response=HANDED_OFF, code=code, spoken_code=spoken(code, state.language(tracker))
    )
    say_opening_hours(dispatcher, tracker)
    return [SlotSet("case_code", code)]


def say_opening_hours(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Says whether Kundesenteret answers now; nothing when its hours are not set."""
    hours = services.ikt_phone_hours()
    if hours is None:
        return
    now, language = clock.now(), state.language(tracker)
    closes = hours.closes_at(now)
    if closes is not None:
        dispatcher.utter_message(
            response="utter_ikt_open", closes=say_time(closes.time(), language)
        )
    else:
        opens = say_coming(hours.next_opening(now), now, language)
        dispatcher.utter_message(response="utter_ikt_closed", opens=opens)


async def _holds(code: str, tried: tuple[str, ...], checks: dict[str, str] | None) -> bool:
    """Whether the case with this code tells of all that was tried and checked."""
    try:
        case = await asyncio.to_thread(services.cases_of_conversation().get, code)
    except SQLAlchemyError:
        return True  # the code the patient has is better than none
    return case is not None and (case.tried, case.device_check) == (tried, checks)
