"""Mistakes in the settings."""

from __future__ import annotations

import pytest

from .conftest import Project

PATH = "data/settings.yml"
MONDAY = 'monday: ["08:00-15:30"]'


def test_an_unknown_setting(project: Project) -> None:
    at = project.append(PATH, "colour: red\n")
    [wrong] = project.found()
    assert wrong.startswith(f"{PATH}:{at}: the setting 'colour' is wrong (")


def test_a_setting_that_is_no_number(project: Project) -> None:
    at = project.append(PATH, "port: many\n")
    [wrong] = project.found()
    assert wrong.startswith(f"{PATH}:{at}: the setting 'port' is wrong (")


def test_a_mistake_inside_a_setting(project: Project) -> None:
    at = project.replace(PATH, "dates: []", "dates: [tomorrow]")
    [wrong] = project.found()
    assert wrong.startswith(f"{PATH}:{at}: the setting 'closed_days.dates.0' is wrong (")


def test_a_day_that_does_not_exist(project: Project) -> None:
    project.replace(PATH, "dates: []", "dates: [2026-13-45]")
    [wrong] = project.found()
    assert wrong.startswith(f"{PATH}: the settings cannot be read (")


def test_hours_are_required(project: Project) -> None:
    project.replace(PATH, "phone_hours:\n", "ikt_hours:\n")
    wrong = project.found()
    assert any(one.startswith(f"{PATH}: the setting 'phone_hours' is wrong (") for one in wrong)


@pytest.mark.parametrize(
    "hours", ["8:00-15:30", "08.00-15.30", "08:00–15:30", "15:30-08:00", "08:00-24:00", "08:00"]
)
def test_hours_that_cannot_be_read(project: Project, hours: str) -> None:
    at = project.replace(PATH, MONDAY, f'monday: ["{hours}"]')
    assert project.found() == [
        f"{PATH}:{at}: '{hours}' in phone_hours is no time from an earlier to a later hour"
    ]


def test_hours_that_overlap(project: Project) -> None:
    at = project.replace(PATH, MONDAY, 'monday: ["08:00-12:00", "11:00-15:30"]')
    assert project.found() == [
        f"{PATH}:{at}: '11:00-15:30' in phone_hours is no time from an earlier to a later hour"
    ]


def test_a_pause_at_noon_is_right(project: Project) -> None:
    project.replace(PATH, MONDAY, 'monday: ["08:00-11:30", "12:00-15:30"]')
    assert project.found() == []


def test_a_weekday_that_is_none(project: Project) -> None:
    at = project.replace(PATH, MONDAY, 'mandag: ["08:00-15:30"]')
    assert project.found() == [f"{PATH}:{at}: 'mandag' in phone_hours is no weekday"]


def test_the_hours_of_the_customer_centre_are_read_too(project: Project) -> None:
    at = project.replace(PATH, "ikt_phone_hours: null", 'ikt_phone_hours: {monday: ["7-15"]}')
    assert project.found() == [
        f"{PATH}:{at}: '7-15' in ikt_phone_hours is no time from an earlier to a later hour"
    ]


def test_no_settings(project: Project) -> None:
    (project.root / PATH).unlink()
    assert project.found() == [
        f"{PATH}: the settings cannot be read ({PATH} is missing; restore it from git)"
    ]
