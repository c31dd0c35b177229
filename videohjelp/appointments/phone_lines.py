"""The telephones a patient is shown, and whether they are answered now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import yaml

from videohjelp.appointments.opening_hours import OpeningHours
from videohjelp.appointments.wording import Language, say_coming, say_time

Hours = Literal["always", "phone_hours", "ikt_phone_hours", "unknown"]
Status = Literal["open", "closed", "unknown"]
Texts = Mapping[Language, str]


@dataclass(frozen=True)
class PhoneLine:
    """One telephone. number: as it is read; None when it stands in the patient's letter."""

    id: str
    number: str | None
    hours: Hours
    name: Texts
    purpose: Texts


@dataclass(frozen=True)
class PhoneLines:
    """The telephones of data/channels/phone_lines.yml, and how their hours are said."""

    lines: tuple[PhoneLine, ...]
    status: Mapping[Literal["always", "open", "closed"], Texts]

    def status_of(
        self, line: PhoneLine, hours: OpeningHours | None, now: datetime, language: Language
    ) -> tuple[Status, str]:
        """Whether it is answered now, and that in words ("" when it is not known).

        hours: those that the line's `hours` names; None when they are not known. now: with a time
        zone.
        """
        if line.hours == "always":
            return "open", self.status["always"][language]
        if hours is None:
            return "unknown", ""
        closes = hours.closes_at(now)
        if closes is not None:
            text = self.status["open"][language]
            return "open", text.format(time=say_time(closes.time(), language))
        opens = say_coming(hours.next_opening(now), now, language)
        return "closed", self.status["closed"][language].format(opens=opens)


def read_phone_lines(path: Path) -> PhoneLines:
    """Reads the file. Its form is checked by the content linter. Raises OSError, KeyError."""
    value: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    lines = (
        PhoneLine(one["id"], one["number"], one["hours"], one["name"], one["purpose"])
        for one in value["lines"]
    )
    return PhoneLines(tuple(lines), value["status"])
