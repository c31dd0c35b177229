"""What the actions work with, made of settings and data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from actions import services
from tests.actions.case import DOMAIN, oslo
from videohjelp.directory.problems import DirectoryError
from videohjelp.guides.reading import GuideError
from videohjelp.handoff.store import CaseStore
from videohjelp.settings import ClosedDays, Settings, settings

CACHED: tuple[Any, ...] = (
    services.guides,
    services.topic_titles,
    services._directory_file,
    services.calendar,
    services.phone_hours,
    services.cases,
)


@pytest.fixture(autouse=True)
def _made_anew() -> Iterator[None]:
    """Each test makes the services itself, and leaves none of its own behind."""
    for service in CACHED:
        service.cache_clear()
    yield
    for service in CACHED:
        service.cache_clear()


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets settings for the test."""

    def set_(**changes: Any) -> None:
        changed: Settings = settings().copy(update=changes)
        monkeypatch.setattr(services, "settings", lambda: changed)

    return set_


# --- the product's own data ---------------------------------------------------------------------


def test_the_guides_are_read_once() -> None:
    assert services.guides()["camera_not_working"].id == "camera_not_working"
    assert services.guides() is services.guides()


def test_every_topic_that_can_be_offered_is_an_intent_with_three_titles() -> None:
    titles = services.topic_titles()
    assert set(titles) <= set(DOMAIN["intents"])
    assert all(set(one) == {"nb", "nn", "en"} for one in titles.values())


def test_the_directory_has_the_number_of_the_hospitals_text() -> None:
    """Kundesenteret i Helse Vest IKT (the problem-solving table)."""
    assert "55 97 65 51" in {one.phone for one in services.directory().services("tech_support")}


# --- the calendar -------------------------------------------------------------------------------


def test_working_days_as_in_the_settings(configure: Callable[..., None]) -> None:
    configure(
        closed_days=ClosedDays(
            christmas_eve=True,
            new_years_eve=False,
            wednesday_before_easter=True,
            dates=[date(2026, 11, 24)],
        ),
        saturday_counts=False,
    )
    calendar = services.calendar()
    working = {
        date(2026, 12, 23): True,
        date(2026, 12, 24): False,
        date(2026, 12, 31): True,
        date(2027, 1, 1): False,
        date(2027, 3, 24): False,  # the Wednesday before Easter
        date(2026, 11, 24): False,  # closed by the hospital
        date(2026, 11, 28): False,  # a Saturday
    }
    assert {day: calendar.is_working_day(day) for day in working} == working


def test_a_saturday_counts_when_the_hospital_says_so(configure: Callable[..., None]) -> None:
    configure(saturday_counts=True)
    assert services.calendar().is_working_day(date(2026, 11, 28))
    assert not services.calendar().is_working_day(date(2026, 11, 29))


# --- the telephone ------------------------------------------------------------------------------


def test_phone_hours_as_in_the_settings(configure: Callable[..., None]) -> None:
    configure(phone_hours={"monday": ["08:00-11:30", "12:00 - 15:30"], "tuesday": []})
    hours = services.phone_hours()
    opened = {
        oslo(2026, 11, 23, 7, 59): False,  # a Monday
        oslo(2026, 11, 23, 8, 0): True,
        oslo(2026, 11, 23, 11, 45): False,
        oslo(2026, 11, 23, 15, 29): True,
        oslo(2026, 11, 23, 15, 30): False,
        oslo(2026, 11, 24, 10, 0): False,
        oslo(2026, 11, 25, 10, 0): False,
    }
    assert {moment: hours.is_open(moment) for moment in opened} == opened


def test_the_telephone_is_closed_on_the_calendars_holidays(configure: Callable[..., None]) -> None:
    configure(phone_hours={"thursday": ["08:00-15:30"]}, closed_days=ClosedDays())
    assert not services.phone_hours().is_open(oslo(2026, 12, 24, 10))  # Christmas Eve, closed
    assert services.phone_hours().is_open(oslo(2026, 12, 17, 10))


@pytest.mark.parametrize(
    "hours",
    [
        {"monday": ["8-15"]},
        {"monday": ["08.00-15.30"]},
        {"monday": ["15:30-08:00"]},
        {"monday": ["hele dagen"]},
        {"måndag": ["08:00-15:30"]},
        {},
    ],
)
def test_hours_that_make_no_sense_are_refused(
    configure: Callable[..., None], hours: dict[str, list[str]]
) -> None:
    configure(phone_hours=hours)
    with pytest.raises(ValueError):
        services.phone_hours()


# --- files that are broken or missing -----------------------------------------------------------


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder in place of the product's own."""
    monkeypatch.setattr(services, "ROOT", tmp_path)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_broken_guide_is_named(root: Path) -> None:
    write(
        root / "data" / "guides" / "camera.yml", "guides:\n  camera:\n    kind: troubleshooting\n"
    )
    with pytest.raises(GuideError, match=r"camera\.yml"):
        services.guides()


def test_a_topic_without_a_title_is_named(root: Path) -> None:
    write(root / "data" / "topics.yml", "topics:\n  payment: {nb: Betaling}\n")
    with pytest.raises(ValueError, match="payment"):
        services.topic_titles()


def test_without_any_directory_there_are_no_numbers(root: Path) -> None:
    write(root / "data" / "directory" / "departments.csv", "telefon\n55 97 50 00\n")
    with pytest.raises(DirectoryError):
        services.directory()


def test_a_directory_that_is_repaired_is_taken_up_without_a_restart(root: Path) -> None:
    path = root / "data" / "directory" / "departments.csv"
    good = Path(__file__).parents[2] / "data" / "directory" / "departments.csv"
    write(path, good.read_text(encoding="utf-8"))
    entries = services.directory().entries
    write(path, "telefon\n")
    assert services.directory().entries == entries, "the last good one stays in force"
    first_line, second_line, *_ = good.read_text(encoding="utf-8").splitlines()
    write(path, f"{first_line}\n{second_line}\n")
    assert len(services.directory().entries) == 1


# --- the cases ----------------------------------------------------------------------------------


def test_the_cases_are_in_the_database_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "cases.db"
    monkeypatch.setenv("VIDEOHJELP_DATABASE_URL", f"sqlite:///{path}")
    assert isinstance(services.cases(), CaseStore)
    assert path.exists()
    assert services.cases() is services.cases()


def test_else_in_the_database_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, configure: Callable[..., None]
) -> None:
    monkeypatch.delenv("VIDEOHJELP_DATABASE_URL", raising=False)
    configure(database_url=f"sqlite:///{tmp_path / 'settings.db'}")
    services.cases()
    assert (tmp_path / "settings.db").exists()
