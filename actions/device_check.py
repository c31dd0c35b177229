"""What the assistant makes of a check of the patient's device (videohjelp/device_check)."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import state
from actions.digressions import resume
from actions.guides import begin_guide
from videohjelp.device_check.findings import (
    Finding,
    all_works,
    camera_works,
    findings,
    microphone_works,
)
from videohjelp.device_check.report import Report, read_report
from videohjelp.guides.engine import Progress
from videohjelp.guides.model import Guide

#: The entity that carries the result, and the slot that keeps it.
DEVICE_CHECK = "device_check"


class ActionKeepDeviceCheck(Action):
    """Keeps the result, and what it tells of device and browser.

    An action of its own, so that the next one finds the guides adapted to it.
    """

    def name(self) -> str:
        return "action_keep_device_check"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        report = read_report(next(tracker.get_latest_entity_values(DEVICE_CHECK), None))
        events: list[EventType] = [SlotSet(DEVICE_CHECK, report.to_entity())]
        if report.device != "unknown":
            events.append(SlotSet("device", report.device))
        return [*events, SlotSet("browser", report.browser)]


class ActionDeviceCheck(Action):
    """Says what the check found, then goes on: with the guide that helps, or where they were."""

    def name(self) -> str:
        return "action_device_check"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        report = state.device_check(tracker)
        if report is None:
            raise ValueError("there is no result of a device check")
        found = findings(report)
        _say(dispatcher, tracker, report, found)
        guides = list(dict.fromkeys(finding.guide for finding in found if finding.guide))
        if guides:
            return await begin_guide(dispatcher, tracker, guides[0], also=guides[1:])
        current = state.progress(tracker)
        if current is not None and not _has_step(state.guide(tracker, current.guide), current):
            return await begin_guide(dispatcher, tracker, current.guide)
        return state.understood(tracker) + resume(dispatcher, tracker)


def _has_step(guide: Guide, current: Progress) -> bool:
    """Whether the patient's step is still worth trying; where the device is asked for, it is."""
    return current.step is None or any(step.id == current.step for step in guide.steps)


def _say(
    dispatcher: CollectingDispatcher, tracker: Tracker, report: Report, found: tuple[Finding, ...]
) -> None:
    for response in _what_works(report, nothing_found=not found):
        dispatcher.utter_message(response=response)
    for finding in found:
        dispatcher.utter_message(response=finding.response)
    if all_works(report) and not state.is_busy(tracker):
        dispatcher.utter_message(response="utter_device_check_offer_connecting")


def _what_works(report: Report, *, nothing_found: bool) -> list[str]:
    if all_works(report):
        return ["utter_device_check_all_works"]
    if camera_works(report) and microphone_works(report):
        works = ["utter_device_check_camera_and_microphone_work"]
    elif camera_works(report):
        works = ["utter_device_check_camera_works"]
    elif microphone_works(report):
        works = ["utter_device_check_microphone_works"]
    else:
        works = []
    return [*works, "utter_device_check_not_all"] if nothing_found else works
