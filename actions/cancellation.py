"""Until when an appointment can be cancelled, and how: asks for day and hour, then says it.

Source: «Før videokonsultasjonen», first point (two working days; phone Mon-Fri 08.00-15.30).
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import services, state
from videohjelp import clock
from videohjelp.appointments.deadline import CancellationAdvice, cancellation_advice
from videohjelp.appointments.oslo import at_oslo
from videohjelp.appointments.spoken_dates import AppointmentText, parse_appointment
from videohjelp.appointments.wording import Language, say_day, say_moment, say_time

#: The value of a slot whose answer the patient does not know.
UNKNOWN = "unknown"

#: Intents that can be an answer to "when is it?"; any other one, if sure, is a new question.
ANSWERS = {"inform_appointment", "nlu_fallback", "affirm", "dont_know", "deny"}
#: Intents that start the form: their message may hold the day already.
STARTS = {"cancel_or_change_appointment", "want_in_person"}
SURE = 0.6


class ValidateCancellationForm(FormValidationAction):  # type: ignore[misc]
    """Reads day and hour from the patient's own words."""

    def name(self) -> str:
        return "validate_cancellation_form"

    async def extract_appointment_date(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """The day as ISO date, "unknown", None to ask again, or nothing for another question."""
        chosen = state.entity(tracker, "appointment_date")
        if chosen:
            return {"appointment_date": chosen}
        asked = tracker.get_slot("requested_slot") == "appointment_date"
        if asked and state.intent(tracker) in ("dont_know", "deny"):
            return {"appointment_date": UNKNOWN, "appointment_time": UNKNOWN}
        if _is_new_question(tracker):
            return {}
        said = _said(tracker)
        if said.problem == "none" and said.day is not None:
            return {"appointment_date": said.day.isoformat()}
        return {"appointment_date": None} if asked else {}

    async def extract_appointment_time(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """The hour as "HH:MM", "unknown", or nothing."""
        if tracker.get_slot("appointment_date") == UNKNOWN:
            return {"appointment_time": UNKNOWN}
        if _is_new_question(tracker):
            return {}
        said = _said(tracker)
        if said.at is not None:
            return {"appointment_time": said.at.isoformat("minutes")}
        asked = tracker.get_slot("requested_slot") == "appointment_time"
        # No hour in the answer: the deadline is then counted from the start of the day.
        return {"appointment_time": UNKNOWN} if asked else {}


class ActionAskAppointmentDate(Action):  # type: ignore[misc]
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
                response="utter_appointment_ambiguous",
                buttons=_day_buttons(said.candidates, state.language(tracker)),
            )
        elif said.problem in ("past", "impossible", "too_far"):
            dispatcher.utter_message(response=f"utter_appointment_{said.problem}")
        elif said.at is not None:
            dispatcher.utter_message(response="utter_ask_cancellation_form_appointment_date")
        else:
            dispatcher.utter_message(response="utter_appointment_not_understood")
        return []


class ActionCancellationAdvice(Action):  # type: ignore[misc]
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
            return forget
        appointment = date.fromisoformat(day)
        hour = time.fromisoformat(at) if at and at != UNKNOWN else None
        advice = cancellation_advice(
            appointment, hour, clock.now(), services.calendar(), services.phone_hours()
        )
        say_advice(dispatcher, advice, appointment, hour, state.language(tracker))
        if advice.way == "phone":
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


def _said(tracker: Tracker) -> AppointmentText:
    return parse_appointment(state.text(tracker), clock.now())


def _is_new_question(tracker: Tracker) -> bool:
    intent = state.intent(tracker)
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
            "payload": f'/inform_appointment{{"appointment_date": "{day.isoformat()}"}}',
        }
        for day in days
    ]
