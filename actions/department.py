"""Finds a department's phone number in the hospital's directory. No number comes from elsewhere."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import digressions, mentions, services, state
from actions.not_understood import ActionNotUnderstood
from actions.second_topic import say_before_question
from videohjelp.directory.answer import DirectoryAnswer
from videohjelp.directory.entries import DirectoryEntry
from videohjelp.directory.mentions import DEPARTMENT, answer_to
from videohjelp.guides import engine

#: Intents whose message is taken as the name of a place when the assistant has asked for one.
ANSWERS = {"inform_place", "nlu_fallback", "dont_know", "deny", "department_phone", "affirm"}
SURE = 0.6
#: What asks which department is meant.
CHOOSE = "utter_department_phone_choose"


class ValidateDepartmentForm(FormValidationAction):
    """Ends the form as soon as a place was named, or the patient does not know."""

    def name(self) -> str:
        return "validate_department_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Before the first question, takes up what else the message asked."""
        events: list[EventType] = []
        if state.intent(tracker) == "department_phone" and not state.active_form(tracker):
            waiting = say_before_question(dispatcher, tracker, state.paused(tracker))
            events = state.paused_events(tracker, waiting)
        events += await super().run(dispatcher, tracker, domain)
        return events

    async def extract_department_place(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """ "given" when the latest message names a place, "unknown" when it is an answer without
        one. The patient's words themselves are not kept."""
        intent = state.intent(tracker)
        if intent not in ANSWERS and state.confidence(tracker) >= SURE:
            return {}
        answer = _answer(tracker)
        if answer.matches or answer.hospital:
            return {"department_place": "given"}
        asked = tracker.get_slot("requested_slot") == "department_place"
        return {"department_place": "unknown"} if asked and intent != "affirm" else {}


class ActionDepartmentPhone(Action):
    """Says the number, offers several, or says where the number stands."""

    def name(self) -> str:
        return "action_department_phone"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if _is_a_guess(tracker):
            return await ActionNotUnderstood().run(dispatcher, tracker, domain)
        found = _offered_at(tracker, _answer(tracker))
        entry = found.matches[0] if found.certain and found.matches else None
        answered = True
        if state.intent(tracker) in ("dont_know", "deny") and not found.matches:
            dispatcher.utter_message(response="utter_use_letter_contact")
        else:
            answered = say_answer(dispatcher, found)
        events = [*state.understood(tracker), SlotSet("department_place", None)]
        if entry is not None:
            events.append(SlotSet("known_department", entry.id))
        if not answered:
            return events
        return events + digressions.resume(dispatcher, tracker, ended=_was_offered(tracker))


def _is_a_guess(tracker: Tracker) -> bool:
    """Whether nobody asked for a place, and a word that is none was hardly taken for one."""
    asked = tracker.get_slot("department_place") is not None
    unsure = state.intent(tracker) == "inform_place" and state.confidence(tracker) < SURE
    return unsure and not asked and not mentions.places(tracker)


def _was_offered(tracker: Tracker) -> bool:
    """Whether the guide's open question was if the number should be found."""
    current = state.progress(tracker)
    if current is None:
        return False
    return engine.offers_department(state.guide_of(tracker, current), current)


def _answer(tracker: Tracker) -> DirectoryAnswer:
    """What the directory says to the places that the latest message names."""
    return answer_to(mentions.places(tracker), services.directory())


def _offered_at(tracker: Tracker, found: DirectoryAnswer) -> DirectoryAnswer:
    """The numbers just offered that are the named hospital's, if it was named to choose by."""
    named = mentions.places(tracker)
    if found.hospital is None or any(one.kind == DEPARTMENT for one in named):
        return found
    offered = [
        entry
        for payload in state.offered_payloads(tracker, CHOOSE)
        for entry in services.directory().entries
        if f'"{entry.id}"' in payload
    ]
    own = {entry.id for entry in services.directory().numbers_of(found.hospital.id)}
    theirs = tuple(entry for entry in offered if entry.id in own)
    if not theirs:
        return found
    return DirectoryAnswer(theirs, found.hospital, found.switchboard, certain=len(theirs) == 1)


def known_department(entry_id: str | None) -> DirectoryEntry | None:
    """The department's entry; None for national services and for what the directory lacks."""
    entry = services.directory().entry(entry_id) if entry_id else None
    return entry if entry is not None and entry.is_department else None


def say_answer(dispatcher: CollectingDispatcher, answer: DirectoryAnswer) -> bool:
    """Utters what the directory found; a number only when there is one clear match.

    Gives False when that was a question, which department is meant.
    """
    if answer.certain and answer.matches:
        say_number(dispatcher, answer.matches[0])
    elif answer.matches:
        dispatcher.utter_message(
            response=CHOOSE,
            buttons=[
                {
                    "title": f"{entry.department} ({entry.hospital})",
                    "payload": f'/inform_place{{"department": "{entry.id}"}}',
                }
                for entry in answer.matches
            ],
        )
        return False
    elif answer.switchboard is not None:
        unverified = "_unverified" if answer.switchboard.needs_check else ""
        dispatcher.utter_message(
            response=f"utter_department_phone_switchboard{unverified}",
            hospital=answer.switchboard.hospital,
            phone=answer.switchboard.phone,
        )
    else:
        dispatcher.utter_message(response="utter_department_phone_unknown")
    return True


def say_number(dispatcher: CollectingDispatcher, entry: DirectoryEntry) -> None:
    """Utters one number with its hours, and to check it where nobody has verified it."""
    dispatcher.utter_message(
        response="utter_department_phone_unverified"
        if entry.needs_check
        else "utter_department_phone_found",
        department=entry.department,
        hospital=entry.hospital,
        phone=entry.phone,
        hours=f" ({entry.hours})" if entry.hours else "",
    )
