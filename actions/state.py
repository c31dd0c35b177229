"""Reads where the patient is from the tracker's slots, and writes it back as events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import services
from actions.forms import FORMS
from videohjelp.appointments.wording import Language
from videohjelp.device_check.guides import adapted
from videohjelp.device_check.report import Report, read_report
from videohjelp.guides.engine import Line, Progress
from videohjelp.guides.model import DEVICES, Device, Guide

#: Slots that say where in a guide the patient is.
GUIDE_SLOTS = ("guide", "guide_step", "guide_asking_device", "open_offer")
#: Slots that a form fills.
FORM_SLOTS = ("appointment_date", "appointment_time", "department_place")


def language(tracker: Tracker) -> Language:
    """The language the patient is answered in."""
    return cast(Language, tracker.get_slot("language") or "nb")


def intent(tracker: Tracker) -> str:
    """The name of the latest message's intent, "" when it has none."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def confidence(tracker: Tracker) -> float:
    """How sure the classifier is of the latest message's intent, 0 to 1."""
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0.0)


def text(tracker: Tracker) -> str:
    """What the patient wrote last; "" for the press of a button."""
    written = str(tracker.latest_message.get("text") or "")
    return "" if written.startswith("/") else written


def entity(tracker: Tracker, name: str) -> str | None:
    """The value of an entity of the latest message."""
    return next(tracker.get_latest_entity_values(name), None)


def is_correction(tracker: Tracker) -> bool:
    """Whether the patient takes back what they said before ("no, I meant the sound")."""
    return entity(tracker, "correction") is not None


def guide_meant(tracker: Tracker) -> str | None:
    """The guide that is meant by a correction that was understood as a mere "no"."""
    if intent(tracker) != "deny" or not is_correction(tracker):
        return None
    ranking: list[dict[str, Any]] = tracker.latest_message.get("intent_ranking") or []
    topics = [entry["name"] for entry in ranking]
    return next((topic for topic in topics if topic in services.guides()), None)


def active_form(tracker: Tracker) -> str | None:
    """The name of the form that is being filled in."""
    loop: dict[str, Any] = tracker.active_loop or {}
    return cast("str | None", loop.get("name"))


def is_busy(tracker: Tracker) -> bool:
    """Whether the patient is in the middle of a guide or a form."""
    return progress(tracker) is not None or active_form(tracker) is not None


def device(tracker: Tracker) -> Device | None:
    """The patient's device, None when it was neither named nor asked for."""
    value = tracker.get_slot("device")
    return cast(Device, value) if value in DEVICES else None


def device_check(tracker: Tracker) -> Report | None:
    """What the check of the patient's device found, None when it was not made."""
    kept = tracker.get_slot("device_check")
    return None if kept is None else read_report(kept)


def guide(tracker: Tracker, topic: str) -> Guide:
    """A topic's guide as it fits this patient: without what the device check shows needless.

    Raises KeyError when the topic has no guide.
    """
    return _adapted(tracker, topic, keep=None)


def guide_of(tracker: Tracker, current: Progress) -> Guide:
    """The guide the patient is in; the step they are at stays in it, needless or not."""
    return _adapted(tracker, current.guide, keep=current.step)


def _adapted(tracker: Tracker, topic: str, keep: str | None) -> Guide:
    found, report = services.guides()[topic], device_check(tracker)
    return found if report is None else adapted(found, report, keep)


def tried(tracker: Tracker) -> tuple[str, ...]:
    """The ids of the troubleshooting steps done in this conversation."""
    return tuple(tracker.get_slot("tried_steps") or ())


def paused(tracker: Tracker) -> list[Progress]:
    """The guides and forms that another one interrupted, the next to take up last.

    A form stands here by its name, without a step.
    """
    entries = [
        Progress(
            guide=entry["guide"],
            step=entry["step"],
            asking_device=entry["asking_device"],
            device=device(tracker),
            tried=tried(tracker),
        )
        for entry in tracker.get_slot("paused_guides") or []
    ]
    there = [one if one.guide in FORMS else _still_there(one) for one in entries]
    return [one for one in there if one is not None]


def progress(tracker: Tracker) -> Progress | None:
    """Where the patient is in a guide; None outside guides."""
    guide = tracker.get_slot("guide")
    if not guide:
        return None
    return _still_there(
        Progress(
            guide=guide,
            step=tracker.get_slot("guide_step"),
            asking_device=bool(tracker.get_slot("guide_asking_device")),
            device=device(tracker),
            tried=tried(tracker),
        )
    )


def _still_there(current: Progress) -> Progress | None:
    """Where that is now: guides are edited while conversations go on.

    None when the guide is gone; before its first step when the step is (what was tried is known).
    """
    found = services.guides().get(current.guide)
    if found is None or current.step in (None, *(step.id for step in found.steps)):
        return current if found is not None else None
    return replace(current, step=None, asking_device=False)


def progress_events(tracker: Tracker, new: Progress | None) -> list[EventType]:
    """Events that store where the patient is now; None leaves the guide."""
    values: dict[str, Any] = dict.fromkeys(GUIDE_SLOTS)
    if new is not None:
        values |= {
            "guide": new.guide,
            "guide_step": new.step,
            "guide_asking_device": new.asking_device,
            "tried_steps": list(new.tried),
            "device": new.device,
        }
    return changed(tracker, values)


def paused_events(tracker: Tracker, guides: list[Progress]) -> list[EventType]:
    """Events that store which guides are interrupted."""
    entries = [
        {"guide": one.guide, "step": one.step, "asking_device": one.asking_device} for one in guides
    ]
    return changed(tracker, {"paused_guides": entries or None})


def leave_everything(tracker: Tracker) -> list[EventType]:
    """Events that end the guide, the interrupted ones and the form."""
    return progress_events(tracker, None) + paused_events(tracker, []) + leave_form(tracker)


def leave_form(tracker: Tracker) -> list[EventType]:
    """Events that end the form and forget what it had been told, if one is being filled in."""
    events = changed(tracker, dict.fromkeys(FORM_SLOTS))
    if active_form(tracker):
        events += [ActiveLoop(None), SlotSet("requested_slot", None)]
    return events


def last_said(tracker: Tracker) -> list[dict[str, Any]]:
    """The assistant's messages between the two latest messages of the patient, in order."""
    said: list[dict[str, Any]] = []
    patient_messages = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            patient_messages += 1
            if said:
                break
        elif event.get("event") == "bot" and patient_messages:
            said.append(event)
    return said[::-1]


def last_responses(tracker: Tracker) -> list[str]:
    """The names of the responses that the assistant's last messages were made of."""
    return [str((event.get("metadata") or {}).get("utter_action")) for event in last_said(tracker)]


def earlier_intents(tracker: Tracker, messages: int) -> list[str]:
    """The intents of the patient's messages before the one that is answered, the latest first.

    messages: how many are looked at.
    """
    said = [event for event in reversed(tracker.events) if event.get("event") == "user"]
    parsed = [event.get("parse_data") or {} for event in said[1 : messages + 1]]
    return [str((one.get("intent") or {}).get("name") or "") for one in parsed]


def last_buttons(tracker: Tracker, response: str) -> list[dict[str, Any]]:
    """The buttons of a response among the assistant's last ones, as they were offered."""
    return [
        button
        for event in last_said(tracker)
        if (event.get("metadata") or {}).get("utter_action") == response
        for button in (event.get("data") or {}).get("buttons") or []
    ]


def offered_payloads(tracker: Tracker, response: str) -> list[str]:
    """What the buttons of a response among the assistant's last ones send."""
    return [str(button["payload"]) for button in last_buttons(tracker, response)]


def understood(tracker: Tracker) -> list[EventType]:
    """The event that forgets how often the assistant did not understand, if it did."""
    return changed(tracker, {"misunderstood": 0})


def changed(tracker: Tracker, values: dict[str, Any]) -> list[EventType]:
    """Slot events for those values that differ from the present ones."""
    return [
        SlotSet(name, value) for name, value in values.items() if tracker.get_slot(name) != value
    ]


def say(dispatcher: CollectingDispatcher, lines: tuple[Line, ...]) -> None:
    """Utters a guide's lines."""
    for line in lines:
        if line.step is None:
            dispatcher.utter_message(response=line.response)
        else:
            dispatcher.utter_message(response=line.response, step=line.step, steps=line.steps)
