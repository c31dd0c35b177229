"""Read the directory file and check every cell of it.

One bad row rejects the whole file: a half-read directory would give a wrong number or none,
without anybody noticing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from videohjelp.directory import phone
from videohjelp.directory.entries import CONFIDENCES, KINDS, DirectoryEntry
from videohjelp.directory.problems import DirectoryError, Problem
from videohjelp.directory.table import WHOLE_FILE, Row, read_rows

COLUMNS = (
    "id",
    "trust",
    "hospital",
    "department",
    "kind",
    "phone",
    "hours",
    "source_url",
    "confidence",
    "verified",
    "aliases",
)
_REQUIRED = ("id", "trust", "hospital", "department", "kind", "phone", "source_url", "confidence")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_CELL = 300


def read_directory(path: Path, today: date | None = None) -> tuple[DirectoryEntry, ...]:
    """Read and check the directory in `path` (.csv, comma or semicolon, UTF-8; or .xlsx).

    `today` is the latest day a number can have been verified. Whoever serves patients gives none:
    a server whose clock is behind must know the numbers all the same.
    Gives the entries in the file's order. Raises DirectoryError with all mistakes found.
    """
    rows, problems = read_rows(path, COLUMNS)
    for row in rows:
        problems.extend(_check(row, today))
    problems.extend(_check_ids(rows))
    problems.extend(_check_departments(rows))
    if not rows:
        problems.append(
            Problem(0, WHOLE_FILE, "Filen har ingen numre.", "Legg inn minst én linje.")
        )
    if problems:
        raise DirectoryError(path, problems)
    return tuple(_entry(row) for row in rows)


def split_list(cell: str) -> tuple[str, ...]:
    """Give the names of a semicolon-separated cell, trimmed, without empty ones."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def is_identifier(text: str) -> bool:
    """Say whether `text` is an id: small letters a-z and digits, parts joined by a hyphen."""
    return _ID.fullmatch(text) is not None


def check_cells(row: Row, required: tuple[str, ...]) -> Iterator[Problem]:
    """Give the mistakes any table can have: empty required cells, line breaks, long cells."""
    for name, cell in row.cells.items():
        if name in required and not cell:
            yield Problem(row.line, name, "Cellen er tom.", "Fyll den ut.")
        if any(ord(character) < ord(" ") for character in cell):
            yield Problem(
                row.line, name, "Cellen har linjeskift eller tabulator.", "Skriv alt på én linje."
            )
        if len(cell) > _MAX_CELL:
            yield Problem(
                row.line, name, f"Cellen har over {_MAX_CELL} tegn.", "Skriv det kortere."
            )


def _check(row: Row, latest: date | None) -> Iterator[Problem]:
    cells = row.cells
    yield from check_cells(row, _REQUIRED)
    if cells["id"] and not is_identifier(cells["id"]):
        yield Problem(
            row.line,
            "id",
            f'"{cells["id"]}" kan ikke brukes som id.',
            'Bruk små bokstaver a-z, siffer og bindestrek, for eksempel "haukeland-sentralbord".',
        )
    yield from _check_choice(row, "kind", KINDS)
    yield from _check_choice(row, "confidence", CONFIDENCES)
    if cells["phone"]:
        yield from _check_phone(row)
    if cells["source_url"]:
        yield from _check_url(row)
    if cells["verified"]:
        yield from _check_verified(row, latest)


def _check_choice(row: Row, column: str, known: frozenset[str]) -> Iterator[Problem]:
    value = row.cells[column]
    if value and value not in known:
        yield Problem(
            row.line,
            column,
            f'"{value}" er ikke en kjent verdi.',
            f"Bruk en av: {', '.join(sorted(known))}.",
        )


def _check_phone(row: Row) -> Iterator[Problem]:
    value = row.cells["phone"]
    try:
        expected = phone.formatted(value)
    except phone.PhoneError as error:
        yield Problem(
            row.line,
            "phone",
            f'"{value}": {error}',
            'Kontroller nummeret mot kilden og skriv det som "55 97 50 00" eller "116 117".',
        )
        return
    if value != expected:
        yield Problem(
            row.line,
            "phone",
            f'"{value}" er ikke skrevet som de andre numrene.',
            f'Skriv "{expected}".',
        )


def _check_url(row: Row) -> Iterator[Problem]:
    value = row.cells["source_url"]
    try:
        parts = urlsplit(value)
        usable = parts.scheme == "https" and "." in (parts.hostname or "") and " " not in value
    except ValueError:
        usable = False
    if not usable:
        yield Problem(
            row.line,
            "source_url",
            f'"{value}" er ikke en adresse som begynner med https://.',
            "Lim inn hele adressen til siden der nummeret står.",
        )


def _check_verified(row: Row, latest: date | None) -> Iterator[Problem]:
    value = row.cells["verified"]
    day = _iso_date(value)
    if day is None:
        yield Problem(
            row.line,
            "verified",
            f'"{value}" er ikke en dato.',
            "Skriv år-måned-dag, for eksempel 2026-11-22, eller la cellen stå tom.",
        )
    elif latest is not None and day > latest:
        yield Problem(
            row.line,
            "verified",
            f"Datoen {value} er ikke kommet ennå.",
            "Skriv dagen nummeret sist ble kontrollert, eller la cellen stå tom.",
        )


def _iso_date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Newer Pythons also read "20261122", which people do not.
    return day if day.isoformat() == text else None


def _check_ids(rows: list[Row]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in rows:
        value = row.cells["id"]
        if value and value in first:
            yield Problem(
                row.line,
                "id",
                f'Id-en "{value}" er brukt også i linje {first[value]}.',
                "Gi en av linjene en annen id.",
            )
        first.setdefault(value, row.line)


def _check_departments(rows: list[Row]) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.cells["hospital"].casefold(), row.cells["department"].casefold())
        if all(key) and key in first:
            yield Problem(
                row.line,
                "department",
                f"Avdelingen står også i linje {first[key]}, ved samme sykehus.",
                "Slett den ene linjen, eller gi dem ulike navn.",
            )
        first.setdefault(key, row.line)


def _entry(row: Row) -> DirectoryEntry:
    cells = row.cells
    return DirectoryEntry(
        id=cells["id"],
        trust=cells["trust"],
        hospital=cells["hospital"],
        department=cells["department"],
        kind=cells["kind"],
        phone=cells["phone"],
        hours=cells["hours"],
        source_url=cells["source_url"],
        confidence=cells["confidence"],
        verified=_iso_date(cells["verified"]) if cells["verified"] else None,
        aliases=split_list(cells["aliases"]),
    )
