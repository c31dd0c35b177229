"""Guides that exist in tests only, one of each kind, so that the data may change freely."""

from __future__ import annotations

from typing import Any

from videohjelp.guides.model import Ending, Guide, Kind, Step, Target

#: Two things to try; the second differs by device. Ends with Kundesenteret.
CAMERA = Guide(
    "camera_not_working",
    Kind.TROUBLESHOOTING,
    (
        Step("allow", "utter_sample_allow", why="utter_sample_why_allow"),
        Step(
            "restart",
            {
                "iphone": "utter_sample_restart_iphone",
                "android": "utter_sample_restart_android",
                "computer": "utter_sample_restart_computer",
                "unknown": "utter_sample_restart_any",
            },
        ),
    ),
)
#: One thing to try, the same as the camera's last.
SOUND = Guide(
    "no_sound",
    Kind.TROUBLESHOOTING,
    (Step("turn_up", "utter_sample_turn_up"), Step("restart", "utter_sample_restart_any")),
)
#: One thing to try; ends with the department.
ROOM = Guide(
    "room_number_or_pin_rejected",
    Kind.TROUBLESHOOTING,
    (Step("check_digits", "utter_sample_check_digits"),),
    unsolved=Ending.DEPARTMENT,
)
#: Two things to do, in order.
CONNECT = Guide(
    "how_to_connect",
    Kind.WALKTHROUGH,
    (Step("open_link", "utter_sample_open_link"), Step("enter_name", "utter_sample_enter_name")),
    opening="utter_sample_opening",
)
#: One question.
DELAYED = Guide(
    "patient_delayed",
    Kind.QUESTIONS,
    (
        Step(
            "offer",
            "utter_sample_delayed",
            answers={
                "affirm": Target(None, "department"),
                "deny": Target("utter_sample_use_letter", "finished"),
            },
        ),
    ),
)
GUIDES = {guide.id: guide for guide in (CAMERA, SOUND, ROOM, CONNECT, DELAYED)}


def in_guide(guide: Guide, step: str | None, **slots: Any) -> dict[str, Any]:
    """The slots of a patient who is at a step of a guide."""
    return {
        "guide": guide.id,
        "guide_step": step,
        "guide_asking_device": False,
        "tried_steps": [],
        **slots,
    }
