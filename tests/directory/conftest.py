"""The directory the product comes with, and small tables to spoil."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from videohjelp.directory.hospitals import read_hospitals
from videohjelp.directory.reading import COLUMNS, read_directory
from videohjelp.directory.search import Directory

DATA = Path(__file__).parents[2] / "data" / "directory"

GOOD_ROW = {
    "id": "prove-sentralbord",
    "trust": "Helse Prøve",
    "hospital": "Prøve sjukehus",
    "department": "Sentralbord",
    "kind": "switchboard",
    "phone": "55 97 50 00",
    "hours": "",
    "source_url": "https://example.org/kontakt",
    "confidence": "stated",
    "verified": "2026-01-15",
    "aliases": "Prøven;PS",
}

WriteCsv = Callable[..., Path]


@pytest.fixture(scope="session")
def directory() -> Directory:
    """The numbers and hospitals of the product."""
    return Directory(
        read_directory(DATA / "departments.csv"), read_hospitals(DATA / "hospitals.csv")
    )


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """Write rows, each the good row with changes, to a CSV file."""

    def write(
        *changes: dict[str, str],
        name: str = "departments.csv",
        delimiter: str = ",",
        encoding: str = "utf-8",
    ) -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            table = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
            table.writeheader()
            for change in changes:
                table.writerow({**GOOD_ROW, **change})
        return path

    return write
