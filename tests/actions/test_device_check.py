"""What the assistant says to the result of a device check, and where it goes on."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.device_check import ActionDeviceCheck, ActionKeepDeviceCheck
from actions.handoff import ActionHandoff
from tests.actions.case import create_tracker, run_action, said, slots_set
from tests.device_check.reports import ALL_WORKS
from videohjelp.handoff.store import CaseStore

AT_RESTART = {"guide": "camera_not_working", "guide_step": "restart", "device": "iphone"}
AT_ALLOW = {"guide": "camera_not_working", "guide_step": "allow_camera", "device": "iphone"}


def checked(slots: dict[str, Any] | None = None, **codes: str) -> Tracker:
    """A conversation in which the result has been kept."""
    kept = {"device": "iphone", "device_check": {**ALL_WORKS, **codes}}
    return create_tracker("", "device_check_result", slots={**kept, **(slots or {})})


async def test_the_result_fills_device_and_browser() -> None:
    tracker = create_tracker("", "device_check_result", entities={"device_check": ALL_WORKS})
    assert slots_set(await run_action(ActionKeepDeviceCheck(), tracker)) == {
        "device_check": ALL_WORKS,
        "device": "iphone",
        "browser": "Safari 17",
    }


async def test_a_device_that_was_not_recognised_does_not_replace_a_known_one() -> None:
    value = {**ALL_WORKS, "device": "unknown"}
    tracker = create_tracker("", "device_check_result", entities={"device_check": value})
    assert "device" not in slots_set(await run_action(ActionKeepDeviceCheck(), tracker))


async def test_what_is_no_result_is_not_kept() -> None:
    tracker = create_tracker("", "device_check_result", entities={"device_check": {"camera": "x"}})
    with pytest.raises(ValueError, match="fields"):
        await run_action(ActionKeepDeviceCheck(), tracker)


async def test_all_works() -> None:
    outcome = await run_action(ActionDeviceCheck(), checked())
    assert said(outcome) == ["utter_device_check_all_works", "utter_device_check_offer_connecting"]


async def test_all_works_in_the_middle_of_a_guide() -> None:
    outcome = await run_action(ActionDeviceCheck(), checked(AT_ALLOW))
    assert said(outcome) == [
        "utter_device_check_all_works",
        "utter_back_to_guide",
        "utter_step_allow_camera",
        "utter_ask_helped_or_check",
    ]


async def test_a_step_that_the_check_makes_needless_is_left() -> None:
    outcome = await run_action(ActionDeviceCheck(), checked(AT_RESTART))
    assert said(outcome)[:2] == ["utter_device_check_all_works", "utter_step_allow_camera"]


async def test_what_fails_starts_its_guide_with_the_step_that_fits() -> None:
    outcome = await run_action(ActionDeviceCheck(), checked(camera="busy"))
    assert said(outcome) == [
        "utter_device_check_microphone_works",
        "utter_device_check_camera_busy",
        "utter_step_close_other_programs",
        "utter_ask_helped",
    ]
    assert slots_set(outcome)["guide_step"] == "close_other_programs"


async def test_all_that_fails_is_named_and_waits_its_turn() -> None:
    outcome = await run_action(
        ActionDeviceCheck(), checked(microphone="denied", speaker="not_heard", connection="weak")
    )
    assert said(outcome)[:4] == [
        "utter_device_check_camera_works",
        "utter_device_check_microphone_denied",
        "utter_device_check_speaker_not_heard",
        "utter_device_check_connection_weak",
    ]
    assert slots_set(outcome)["guide"] == "microphone_not_working"
    waiting = slots_set(outcome)["paused_guides"]
    assert [one["guide"] for one in waiting] == ["poor_connection", "no_sound"]


async def test_the_page_at_fault_starts_no_guide() -> None:
    outcome = await run_action(ActionDeviceCheck(), checked(camera="policy", microphone="policy"))
    assert said(outcome) == ["utter_device_check_not_possible_here"]
    assert "guide" not in slots_set(outcome)


async def test_a_check_that_was_cut_short() -> None:
    outcome = await run_action(ActionDeviceCheck(), checked(speaker="skipped"))
    assert said(outcome) == [
        "utter_device_check_camera_and_microphone_work",
        "utter_device_check_not_all",
    ]


async def test_the_case_carries_the_result(cases: CaseStore) -> None:
    tracker = checked({**AT_ALLOW, "browser": "Safari 17"}, camera="denied")
    tracker.latest_message["intent"] = {"name": "ikt_support_phone", "confidence": 1.0}
    code = slots_set(await run_action(ActionHandoff(), tracker))["case_code"]
    case = cases.get(code)
    assert case is not None
    assert case.device_check == {**ALL_WORKS, "camera": "denied"}
    assert case.browser == "Safari 17"


async def test_a_new_check_makes_another_case(cases: CaseStore) -> None:
    first = checked(AT_ALLOW, camera="denied")
    first.latest_message["intent"] = {"name": "ikt_support_phone", "confidence": 1.0}
    code = slots_set(await run_action(ActionHandoff(), first))["case_code"]
    for camera, same in (("denied", True), ("busy", False)):
        again = checked({**AT_ALLOW, "case_code": code}, camera=camera)
        again.latest_message["intent"] = {"name": "ikt_support_phone", "confidence": 1.0}
        assert (slots_set(await run_action(ActionHandoff(), again))["case_code"] == code) is same
