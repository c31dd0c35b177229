"""The telephones that the page shows."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.appointments.test_opening_hours import WEEKDAYS, oslo
from videohjelp.appointments.phone_lines import PhoneLine, PhoneLines, read_phone_lines
from videohjelp.appointments.wording import Language
from videohjelp.settings import ROOT

LINES = read_phone_lines(ROOT / "data" / "channels" / "phone_lines.yml")


def line(name: str) -> PhoneLine:
    """The telephone with this id."""
    return next(one for one in LINES.lines if one.id == name)


def test_danger_to_life_comes_first() -> None:
    assert isinstance(LINES, PhoneLines)
    assert [one.number for one in LINES.lines] == ["113", "116 117", "55 97 65 51", None]


@pytest.mark.parametrize(
    ("now", "language", "said"),
    [
        (oslo(2026, 11, 27, 7, 0), "nb", ("closed", "Stengt nå. Åpner igjen i dag kl. 8.")),
        (oslo(2026, 11, 27, 8, 0), "nb", ("open", "Åpent til kl. 15.30")),
        (
            oslo(2026, 11, 27, 15, 30),
            "nb",
            ("closed", "Stengt nå. Åpner igjen mandag 30. november kl. 8."),
        ),
        (oslo(2026, 11, 29, 20, 0), "nn", ("closed", "Stengt no. Opnar igjen i morgon kl. 8.")),
        (oslo(2026, 11, 27, 9, 0), "en", ("open", "Open until 15:30")),
    ],
)
def test_the_departments_hours(now: datetime, language: Language, said: tuple[str, str]) -> None:
    assert LINES.status_of(line("department"), WEEKDAYS, now, language) == said


def test_the_emergency_number_is_always_open() -> None:
    now = oslo(2026, 12, 25, 3, 0)
    assert LINES.status_of(line("emergency"), None, now, "nn") == ("open", "Heile døgnet")


@pytest.mark.parametrize("name", ["ikt", "urgent_care"])
def test_nothing_is_claimed_of_hours_that_are_not_known(name: str) -> None:
    assert LINES.status_of(line(name), None, oslo(2026, 11, 27, 9, 0), "nb") == ("unknown", "")
