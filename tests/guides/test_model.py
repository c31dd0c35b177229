from __future__ import annotations

import pytest

from videohjelp.guides.model import DEVICES, Device, Guide, Kind, Step

BY_DEVICE: dict[Device, str] = {device: f"utter_{device}" for device in DEVICES}


def test_a_step_with_one_text_needs_no_device() -> None:
    step = Step("restart", "utter_restart")
    assert not step.needs_device
    assert {step.response_for(device) for device in (None, *DEVICES)} == {"utter_restart"}


def test_a_step_with_a_text_for_each_device_needs_it() -> None:
    step = Step("browser", BY_DEVICE)
    assert step.needs_device
    assert [step.response_for(device) for device in DEVICES] == [
        "utter_iphone",
        "utter_android",
        "utter_computer",
        "utter_unknown",
    ]
    with pytest.raises(KeyError, match="browser"):
        step.response_for(None)


def test_a_step_for_computers_fits_only_them_and_those_who_do_not_know() -> None:
    step = Step("choose", "utter_choose", only_for=("computer",))
    assert step.needs_device
    assert [device for device in (None, *DEVICES) if step.fits(device)] == [
        None,
        "computer",
        "unknown",
    ]


def test_a_step_for_everybody_fits_everybody() -> None:
    assert all(Step("a", "utter_a").fits(device) for device in (None, *DEVICES))


def test_a_guide_finds_its_steps_by_id() -> None:
    guide = Guide("g", Kind.WALKTHROUGH, (Step("a", "utter_a"), Step("b", "utter_b")))
    assert guide.step("b").say == "utter_b"
    with pytest.raises(KeyError, match="guide g has no step c"):
        guide.step("c")
