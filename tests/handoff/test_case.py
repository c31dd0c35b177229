"""Cases hold what helps, and nothing about who the patient is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.reference_code import make_code

from .conftest import new_case


def test_payload() -> None:
    code = "K7M-4RT9"
    payload = new_case(code).to_payload()
    assert payload == {
        "code": code,
        "created_at": "2026-11-23T08:15:00Z",
        "topic": "camera_not_working",
        "device": "ipad",
        "browser": "Safari 17.4",
        "tried": ["restart_device", "allow_camera"],
        "device_check": {"camera": "denied", "microphone": True, "width": 1024, "speaker": None},
        "channel": "web",
        "language": "nn",
    }
    assert json.loads(json.dumps(payload)) == payload


def test_least_case() -> None:
    case = HandoffCase(make_code(), datetime.now(tz=timezone.utc), "talk_to_human")
    assert case.to_payload()["device_check"] is None


def test_times_become_utc() -> None:
    oslo = timezone(timedelta(hours=1))
    case = replace(new_case(), created_at=datetime(2026, 11, 23, 9, 15, tzinfo=oslo))
    assert case == replace(case, created_at=new_case().created_at)
    assert case.to_payload()["created_at"] == "2026-11-23T08:15:00Z"


@pytest.mark.parametrize(
    "change",
    [
        {"created_at": datetime(2026, 11, 23)},
        {"code": "K7M-4RTK"},
        {"topic": "Kari Nordmann"},
        {"topic": "01017012345"},
        {"topic": "topic_01017012345"},
        {"device": "01017012345"},
        {"device": "iPad til Kari Nordmann, født 1970, som bor i Bergen"},
        {"browser": "Safari 55 97 50 00"},
        {"browser": "kari@example.org"},
        {"browser": "Chrome\nX"},
        {"tried": ("jeg heter Kari",)},
        {"tried": ("step",) * 51},
        {"device_check": {"camera": "01017012345"}},
        {"device_check": {"camera": 1017012345}},
        {"device_check": {"camera": float("nan")}},
        {"device_check": {"Kari": True}},
        {"device_check": {"camera": {"label": "Kari"}}},
        {"channel": "sms:+4799999999"},
        {"language": "sv"},
    ],
)
def test_refuses_what_may_identify(change: dict[str, object]) -> None:
    with pytest.raises(ValueError) as caught:
        replace(new_case(), **change)  # type: ignore[arg-type]
    assert "Kari" not in str(caught.value)
    assert "01017012345" not in str(caught.value)


def test_later_changes_of_the_check_do_not_reach_the_case() -> None:
    check = {"camera": True}
    case = replace(new_case(), device_check=check)
    check["camera"] = False
    assert case.device_check == {"camera": True}
