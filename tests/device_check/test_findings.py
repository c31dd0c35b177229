"""The decision table: from codes to findings."""

from __future__ import annotations

import pytest
import yaml

from tests.device_check.reports import report
from videohjelp.device_check.findings import all_works, findings
from videohjelp.device_check.report import _CODES
from videohjelp.settings import ROOT

GUIDE_OF = {
    "camera": "camera_not_working",
    "microphone": "microphone_not_working",
    "speaker": "no_sound",
    "connection": "poor_connection",
}
FINE = {"works", "moving", "heard", "good", "skipped"}
NO_FAULT_OF_THE_DEVICE = {"policy", "insecure"}


@pytest.mark.parametrize(
    ("part", "code"), [(part, code) for part in GUIDE_OF for code in sorted(_CODES[part])]
)
def test_every_code_of_a_part(part: str, code: str) -> None:
    found = findings(report(**{part: code}))
    if code in FINE:
        assert found == ()
    elif code in NO_FAULT_OF_THE_DEVICE:
        assert [one.guide for one in found] == [None]
    else:
        assert [one.guide for one in found] == [GUIDE_OF[part]]


def test_every_finding_has_its_response() -> None:
    path = ROOT / "data" / "responses" / "device_check.yml"
    responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    named = {
        one.response
        for part, codes in _CODES.items()
        for code in codes
        for one in findings(report(**{part: code}))
    }
    assert len(named) > 20
    assert named <= set(responses)


def test_a_microphone_that_hears_nothing() -> None:
    (found,) = findings(report(sound_level="silent"))
    assert found.response == "utter_device_check_microphone_silent"
    assert found.guide == "microphone_not_working"


@pytest.mark.parametrize("fit", ["in_app", "not_recommended"])
def test_the_browser_comes_first(fit: str) -> None:
    found = findings(report(browser_fit=fit, camera="busy"))
    assert [one.response for one in found] == [
        f"utter_device_check_browser_{fit}",
        "utter_device_check_camera_busy",
    ]


def test_another_browser_that_works_is_no_finding() -> None:
    assert all_works(report(browser_fit="usable"))


def test_nothing_is_said_twice() -> None:
    found = findings(report(camera="policy", microphone="policy"))
    assert [one.response for one in found] == ["utter_device_check_not_possible_here"]


def test_the_order_is_the_same_however_much_fails() -> None:
    found = findings(
        report(camera="denied", microphone="denied", speaker="not_heard", connection="weak")
    )
    assert [one.guide for one in found] == list(GUIDE_OF.values())


@pytest.mark.parametrize("part", ["camera", "microphone", "sound_level", "speaker", "connection"])
def test_what_was_not_checked_does_not_count_as_working(part: str) -> None:
    assert all_works(report())
    assert not all_works(report(**{part: "skipped"}))
    assert findings(report(**{part: "skipped"})) == ()
