"""The directory of phone numbers, data/directory."""

from __future__ import annotations

from datetime import date

from videohjelp.content.problem import Problem
from videohjelp.content.yaml_lines import Content
from videohjelp.directory.entries import DirectoryEntry
from videohjelp.directory.hospitals import read_hospitals
from videohjelp.directory.problems import DirectoryError
from videohjelp.directory.reading import read_directory

DEPARTMENTS = "data/directory/departments.csv"
HOSPITALS = "data/directory/hospitals.csv"


def check_directory(content: Content) -> tuple[tuple[DirectoryEntry, ...] | None, list[Problem]]:
    """Gives the directory's entries (None when it cannot be used) and the mistakes in it."""
    entries: tuple[DirectoryEntry, ...] | None = None
    problems: list[Problem] = []
    try:
        entries = read_directory(content.root / DEPARTMENTS)
    except DirectoryError as error:
        problems.extend(_as_problems(DEPARTMENTS, error))
    try:
        read_hospitals(content.root / HOSPITALS)
    except DirectoryError as error:
        problems.extend(_as_problems(HOSPITALS, error))
    return entries, problems


def check_verified_days(content: Content, today: date) -> list[Problem]:
    """Gives the mistakes in the directory, with numbers verified on a day yet to come among them.

    today: in Norway. It is not asked at each start, when only the machine's clock may be wrong.
    """
    try:
        read_directory(content.root / DEPARTMENTS, today)
    except DirectoryError as error:
        return _as_problems(DEPARTMENTS, error)
    return []


def _as_problems(path: str, error: DirectoryError) -> list[Problem]:
    return [
        Problem(
            path,
            one.line,
            f"column {one.column}: {one.wrong.rstrip('.')}",
            one.todo.rstrip("."),
        )
        for one in error.problems
    ]
