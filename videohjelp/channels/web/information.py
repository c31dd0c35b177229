"""What the page shows beside the conversation: telephones, their hours, the hospital's notice."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from actions import services
from videohjelp.appointments.opening_hours import OpeningHours
from videohjelp.appointments.phone_lines import Hours, PhoneLines, read_phone_lines
from videohjelp.appointments.wording import Language
from videohjelp.settings import ROOT, settings

_HOURS: Mapping[Hours, Callable[[], OpeningHours | None]] = {
    "phone_hours": services.phone_hours,
    "ikt_phone_hours": services.ikt_phone_hours,
}


def information(language: Language, now: datetime) -> dict[str, Any]:
    """The Information of openapi.yml. now: with a time zone."""
    telephones = _phone_lines()
    shown = []
    for line in telephones.lines:
        hours = _HOURS.get(line.hours, lambda: None)()
        status, text = telephones.status_of(line, hours, now, language)
        shown.append(
            {
                "id": line.id,
                "name": line.name[language],
                "number": line.number,
                "purpose": line.purpose[language],
                "status": status,
                "text": text,
            }
        )
    notice = settings().notice
    return {"phoneLines": shown, "notice": getattr(notice, language) if notice else ""}


@functools.lru_cache(maxsize=1)
def _phone_lines() -> PhoneLines:
    return read_phone_lines(ROOT / "data" / "channels" / "phone_lines.yml")
