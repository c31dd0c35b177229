"""Until when an appointment can be cancelled, and how: asks for day and hour, then says it.

Source: «Før videokonsultasjonen», first point (two working days; phone Mon-Fri 08.00-15.30).
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import digressions, mentions, services, state
from actions.department import known_department, say_number
from actions.not_understood import ActionNotUnderstood
from actions.second_topic import say_before_question
from videohjelp import clock
from videohjelp.appointments.appointment_text import AppointmentText
from videohjelp.appointments.deadline import CancellationAdvice, cancellation_advice
from videohjelp.appointments.mentions import appointment_of, hour_of_answer
from videohjelp.appointments.oslo import at_oslo
from videohjelp.appointments.wording import Language, say_day, say_moment, say_time

#: The value of a slot whose answer the patient does not know.
UNKNOWN = "unknown"

#: Intents that can be an answer to "when is it?"; any other one, if sure, is a new question.
ANSWERS = {"inform_appointment", "nlu_fallback", "affirm", "dont_know", "deny"}
#: Intents that an answer with a day in it may be taken for.
MOVES = {"next_step", "previous_step", "repeat"}
#: Intents that start the form: their message may hold the day already.
STARTS = {"cancel_or_change_appointment", "want_in_person"}
#: What the assistant says about a day it cannot use.
PROBLEMS = {
    "no_date": "utter_appointment_not_understood",
    "past": "utter_appointment_past",
    "impossible": "utter_appointment_impossible",
    "too_far": "utter_appointment_too_far",
}
#: Says how the time limit was counted.
ADVICE = {"utter_cancellation_reasoning", "utter_cancellation_reasoning_future"}
#: Asks which of several days is meant.
WHICH_DAY = "utter_appointment_ambiguous"
SURE = 0.6


class ValidateCancellationForm(FormValidationAction):
    """Takes day and hour from what the patient's own words name."""

    def name(self) -> str:
        return "validate_cancellation_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Before the first question, takes up what else the message asked."""
        events: list[EventType] = []
        if state.intent(tracker) in STARTS and not state.active_form(tracker):
            waiting = say_before_question(dispatcher, tracker, state.paused(tracker))
            events = state.paused_events(tracker, waiting)
        events += await super().run(dispatcher, tracker, domain)
        return events

    async def extract_appointment_date(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """The day as ISO date, "unknown", None to ask again, or nothing for another question."""
        if _is_new_question(tracker):
            return {}
        said = _said(tracker)
        requested = tracker.get_slot("requested_slot")
        # "09.05" answers the question for the hour; it is not the ninth of May.
        only_hour = requested == "appointment_time" and said.at is None and _hour(tracker)
        if said.problem == "none" and said.day is not None and not only_hour:
            return {"appointment_date": said.day.isoformat()}
        if requested == "appointment_date":
            return _without_day(tracker, said)
        # At the hour: a day that was taken back for one that cannot be used is asked for again.
        taken_back = requested == "appointment_time" and said.problem != "no_date"
        return {"appointment_date": None} if taken_back and not only_hour else {}

    async def extract_appointment_time(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """The hour as "HH:MM", "unknown", or nothing."""
        if tracker.get_slot("appointment_date") == UNKNOWN:
            return {"appointment_time": UNKNOWN}
        if _is_new_question(tracker):
            return {}
        asked = tracker.get_slot("requested_slot") == "appointment_time"
        hour = _hour(tracker) if asked else _said(tracker).at
        if hour is not None:
            return {"appointment_time": hour.isoformat("minutes")}
        if tracker.get_slot("appointment_date") is None:
            return {}
        # No hour in the answer: the deadline is then counted from the start of the day.
        return {"appointment_time": UNKNOWN} if asked else {}


class ActionTakeAppointment(Action):
    """A day or an hour that nobody asked for: probably that of an appointment to be cancelled."""

    def name(self) -> str:
        return "action_take_appointment"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        named = any(one.role is None for one in mentions.times(tracker))
        if not named and len(state.text(tracker).split()) == 1:
            # "12345", "early": by itself it says nothing about an appointment.
            return await ActionNotUnderstood().run(dispatcher, tracker, domain)
        current = state.progress(tracker)
        if current is not None and _said(tracker).problem == "no_date":
            # "It was at half past seven", where somebody is late: nothing to cancel.
            return digressions.ask_again(dispatcher, tracker)
        return [*_day_said_before(tracker), FollowupAction("cancellation_form")]


class ActionAskAppointmentDate(Action):
    """Asks for the day; says what was wrong with the day that was given."""

    def name(self) -> str:
        return "action_ask_cancellation_form_appointment_date"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        said = _said(tracker)
        answered = tracker.get_slot("requested_slot") == "appointment_date"
        if _is_new_question(tracker) or (said.problem == "no_date" and not answered):
            dispatcher.utter_message(response="utter_ask_cancellation_form_appointment_date")
        elif said.problem == "ambiguous" and said.candidates:
            dispatcher.utter_message(
                response=WHICH_DAY,
                buttons=_day_buttons(said.candidates, state.language(tracker)),
            )
        elif said.problem == "no_date" and (which := _days_to_choose_from(tracker)):
            # "At nine", to "which day do you mean?": the day is still open.
            dispatcher.utter_message(response=WHICH_DAY, buttons=which)
        elif said.problem == "no_date" and said.at is not None:
            dispatcher.utter_message(response="utter_ask_cancellation_form_appointment_date")
        else:
            dispatcher.utter_message(response=PROBLEMS.get(said.problem, PROBLEMS["no_date"]))
        return []


class ActionCancellationAdvice(Action):
    """Says the deadline and how to tell the hospital; in doubt, to phone."""

    def name(self) -> str:
        return "action_cancellation_advice"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        day = tracker.get_slot("appointment_date")
        at = tracker.get_slot("appointment_time")
        forget: list[EventType] = [
            SlotSet("appointment_date", None),
            SlotSet("appointment_time", None),
            *state.understood(tracker),
        ]
        if not day or day == UNKNOWN:
            dispatcher.utter_message(response="utter_cancel_or_change_appointment")
            return forget + digressions.resume(dispatcher, tracker)
        appointment = date.fromisoformat(day)
        hour = time.fromisoformat(at) if at and at != UNKNOWN else None
        advice = cancellation_advice(
            appointment, hour, clock.now(), services.calendar(), services.phone_hours()
        )
        say_advice(dispatcher, advice, appointment, hour, state.language(tracker))
        if state.progress(tracker) is not None or state.paused(tracker):
            return forget + digressions.resume(dispatcher, tracker)
        if advice.way == "phone":
            department = known_department(tracker.get_slot("known_department"))
            if department is not None:
                say_number(dispatcher, department)
                return forget
            dispatcher.utter_message(response="utter_find_number")
            forget.append(SlotSet("open_offer", "department"))
        return forget


def say_advice(
    dispatcher: CollectingDispatcher,
    advice: CancellationAdvice,
    appointment: date,
    hour: time | None,
    language: Language,
) -> None:
    """Utters the advice and, in one line, how the deadline was counted."""
    deadline = _moment(advice.deadline, language)
    when = _moment(at_oslo(appointment, hour or time(0, 0)), language)
    if advice.way == "message":
        dispatcher.utter_message(response="utter_cancellation_message", deadline=deadline)
        dispatcher.utter_message(
            response="utter_cancellation_reasoning_future", deadline=deadline, appointment=when
        )
        return
    if advice.phone_open and advice.phone_closes_at is not None:
        dispatcher.utter_message(
            response="utter_cancellation_phone_open",
            closes=say_time(advice.phone_closes_at.timetz().replace(tzinfo=None), language),
        )
    elif advice.phone_opens_at is not None:
        too_late = advice.phone_opens_at >= at_oslo(appointment, hour or time(23, 59))
        dispatcher.utter_message(
            response="utter_cancellation_phone_closed_before"
            if too_late
            else "utter_cancellation_phone_closed",
            opens=say_moment(advice.phone_opens_at, language),
        )
    else:
        dispatcher.utter_message(response="utter_cancel_or_change_appointment")
    dispatcher.utter_message(
        response="utter_cancellation_reasoning", deadline=deadline, appointment=when
    )


def _day_said_before(tracker: Tracker) -> list[EventType]:
    """ "Half past eight", just after the advice: the hour of the day it was about."""
    said = _said(tracker)
    just_advised = not ADVICE.isdisjoint(state.last_responses(tracker))
    if not just_advised or said.problem != "no_date" or said.at is None:
        return []
    # The slot is empty by now; the conversation's events still hold what it was.
    days = (one["value"] for one in reversed(tracker.events) if _sets_day(one))
    return [SlotSet("appointment_date", next(days, None))]


def _sets_day(event: dict[str, Any]) -> bool:
    return event.get("name") == "appointment_date" and bool(event.get("value"))


def _said(tracker: Tracker) -> AppointmentText:
    return appointment_of(mentions.times(tracker), clock.now())


def _without_day(tracker: Tracker, said: AppointmentText) -> dict[str, Any]:
    """What the slots become when the answer to "when is it?" holds no day to be used."""
    without_day = said.problem == "no_date" and said.at is None
    gives_up = without_day and state.intent(tracker) in ("dont_know", "deny")
    # Whoever was told once what is wrong with the day is not told again: in doubt, phone.
    if gives_up or PROBLEMS.get(said.problem) in state.last_responses(tracker):
        return {"appointment_date": UNKNOWN, "appointment_time": UNKNOWN}
    return {"appointment_date": None}


def _days_to_choose_from(tracker: Tracker) -> list[dict[str, Any]]:
    """The buttons of the days just offered, when the answer names an hour; else none."""
    return [] if _said(tracker).at is None else state.last_buttons(tracker, WHICH_DAY)


def _hour(tracker: Tracker) -> time | None:
    return hour_of_answer(mentions.times(tracker))


def _is_new_question(tracker: Tracker) -> bool:
    if _said(tracker).problem == "no_date" and state.guide_meant(tracker) is not None:
        return True  # "no, I meant that the link does not work"
    intent = state.intent(tracker)
    if intent in MOVES and _said(tracker).problem != "no_date":
        return False  # "next Sunday"
    return intent not in ANSWERS | STARTS and state.confidence(tracker) >= SURE


def _moment(moment: datetime, language: Language) -> str:
    """A moment in words; midnight stands for a day without an hour."""
    if (moment.hour, moment.minute) == (0, 0):
        return say_day(moment.date(), language)
    return say_moment(moment, language)


def _day_buttons(days: tuple[date, ...], language: Language) -> list[dict[str, str]]:
    return [
        {
            "title": say_day(day, language),
            "payload": f'/inform_appointment{{"date": "{day.isoformat()}"}}',
        }
        for day in days
    ]
