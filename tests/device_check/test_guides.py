"""Which steps the check leaves in the guides of the data, and in which order."""

from __future__ import annotations

import functools

import pytest

from tests.device_check.reports import report
from videohjelp.device_check.guides import adapted
from videohjelp.guides.model import Guide, Kind
from videohjelp.guides.reading import read_guides
from videohjelp.settings import ROOT

CAMERA_IN_JOIN = ["allow_camera", "camera_not_muted", "choose_camera"]
MICROPHONE_IN_JOIN = ["allow_microphone", "microphone_not_muted", "choose_microphone"]


@functools.lru_cache(maxsize=1)
def guides() -> dict[str, Guide]:
    return read_guides(ROOT / "data" / "guides")


def steps(guide: str, keep: str | None = None, **codes: str) -> list[str]:
    return [step.id for step in adapted(guides()[guide], report(**codes), keep).steps]


@pytest.mark.parametrize(
    ("guide", "codes", "left"),
    [
        ("camera_not_working", {}, CAMERA_IN_JOIN),
        ("camera_not_working", {"browser_fit": "usable"}, [*CAMERA_IN_JOIN, "browser"]),
        (
            "camera_not_working",
            {"camera": "busy"},
            ["close_other_programs", *CAMERA_IN_JOIN, "restart"],
        ),
        (
            "camera_not_working",
            {"camera": "failed"},
            ["close_other_programs", "restart", *CAMERA_IN_JOIN],
        ),
        ("camera_not_working", {"camera": "none"}, ["restart", "close_other_programs"]),
        (
            "camera_not_working",
            {"camera": "denied", "browser_fit": "in_app"},
            ["browser", *CAMERA_IN_JOIN, "close_other_programs", "restart"],
        ),
        (
            "camera_not_working",
            {"camera": "not_seen"},
            [
                "choose_camera",
                "allow_camera",
                "camera_not_muted",
                "close_other_programs",
                "restart",
            ],
        ),
        ("microphone_not_working", {}, MICROPHONE_IN_JOIN),
        ("microphone_not_working", {"microphone": "none"}, ["restart", "close_other_programs"]),
        (
            "microphone_not_working",
            {"sound_level": "silent"},
            [
                "choose_microphone",
                "allow_microphone",
                "microphone_not_muted",
                "close_other_programs",
                "restart",
            ],
        ),
        ("no_sound", {}, ["choose_sound_source", "restart"]),
        ("no_sound", {"speaker": "not_heard"}, ["turn_up_sound", "choose_sound_source", "restart"]),
        ("poor_connection", {}, ["reconnect", "restart"]),
        (
            "poor_connection",
            {"connection": "weak"},
            ["check_wireless", "near_router", "reconnect", "restart"],
        ),
    ],
)
def test_what_is_left_to_try(guide: str, codes: dict[str, str], left: list[str]) -> None:
    assert steps(guide, **codes) == left


def test_the_step_the_patient_is_at_stays() -> None:
    assert "restart" in steps("camera_not_working", keep="restart")


def test_a_permission_given_here_says_nothing_of_join() -> None:
    assert "allow_camera" in steps("camera_not_working")
    assert "allow_microphone" in steps("microphone_not_working")


def test_no_other_guide_changes() -> None:
    for guide in guides().values():
        if guide.kind is not Kind.TROUBLESHOOTING or guide.id == "link_not_working":
            assert adapted(guide, report(camera="busy", browser_fit="in_app")) is guide
