"""What the staff get to know when a patient is handed over, and nothing about who it is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TypeAlias

from videohjelp.handoff import reference_code

CheckValue: TypeAlias = str | int | float | bool | None
LANGUAGES = frozenset({"nb", "nn", "en"})

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,63}")
#: "Safari 17.4", "iPad": letters, digits, and what stands in a version number.
_SHORT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9 ._+/-]{0,39}")
#: Identity, phone and room numbers are longer than any version number.
_LONG_NUMBER = re.compile(r"(?:\d[ .-]?){5}")
_MAX_NUMBER = 99_999
_MAX_STEPS = 50
_MAX_CHECKS = 30


@dataclass(frozen=True)
class HandoffCase:
    """One patient's trouble, told without the patient.

    `created_at` has a time zone and is kept as UTC. `topic` is the topic's id, `tried` the ids of
    the guide's steps done, `device_check` the results of the device check by name. `device` and
    `browser` are names such as "ipad" and "Safari 17", None when unknown. `language` is nb, nn or
    en. No field takes free text: a patient's words may hold a name or an identity number. Raises
    ValueError for anything else.
    """

    code: str
    created_at: datetime
    topic: str
    device: str | None = None
    browser: str | None = None
    tried: tuple[str, ...] = ()
    device_check: Mapping[str, CheckValue] | None = None
    channel: str = "web"
    language: str = "nb"

    def __post_init__(self) -> None:
        """Check every field, so that nothing that identifies can be stored or sent."""
        object.__setattr__(self, "code", reference_code.normalise(self.code))
        if self.created_at.tzinfo is None:
            raise ValueError("created_at needs a time zone")
        object.__setattr__(self, "created_at", self.created_at.astimezone(timezone.utc))
        _check_identifier("topic", self.topic)
        _check_identifier("channel", self.channel)
        _check_short_name("device", self.device)
        _check_short_name("browser", self.browser)
        if len(self.tried) > _MAX_STEPS:
            raise ValueError(f"at most {_MAX_STEPS} steps")
        for step in self.tried:
            _check_identifier("tried", step)
        if self.device_check is not None:
            _check_device_check(self.device_check)
            object.__setattr__(self, "device_check", dict(self.device_check))
        if self.language not in LANGUAGES:
            raise ValueError("language is nb, nn or en")

    def to_payload(self) -> dict[str, object]:
        """Give the case as JSON can hold it; the time as "2026-11-23T08:15:00Z"."""
        moment = self.created_at.replace(tzinfo=None).isoformat(timespec="seconds")
        return {
            "code": self.code,
            "created_at": f"{moment}Z",
            "topic": self.topic,
            "device": self.device,
            "browser": self.browser,
            "tried": list(self.tried),
            "device_check": None if self.device_check is None else dict(self.device_check),
            "channel": self.channel,
            "language": self.language,
        }


def _check_identifier(field: str, value: str) -> None:
    # The value is not in the message: it may be what a patient wrote.
    if not _IDENTIFIER.fullmatch(value) or _LONG_NUMBER.search(value):
        raise ValueError(f"{field} is an id of small letters, digits and underscores")


def _check_short_name(field: str, value: str | None) -> None:
    if value is None:
        return
    if not _SHORT_NAME.fullmatch(value) or _LONG_NUMBER.search(value):
        raise ValueError(f"{field} is a short name such as 'Safari 17'")


def _check_device_check(checks: Mapping[str, CheckValue]) -> None:
    if len(checks) > _MAX_CHECKS:
        raise ValueError(f"at most {_MAX_CHECKS} results of the device check")
    for name, value in checks.items():
        _check_identifier("device_check", name)
        if isinstance(value, str):
            _check_short_name("device_check", value)
        elif isinstance(value, bool) or value is None:
            continue
        elif isinstance(value, (int, float)):
            if not math.isfinite(value) or abs(value) > _MAX_NUMBER:
                raise ValueError("a number of the device check is too large")
        else:
            raise ValueError("device_check holds text, numbers, true, false and null only")
