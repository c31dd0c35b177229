"""All tables of the code, to compare them with those of a database."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import videohjelp


def all_tables() -> list[sa.MetaData]:
    """The tables of every videohjelp/<package>/tables.py."""
    package = Path(videohjelp.__file__).parent
    names = sorted(file.parent.name for file in package.glob("*/tables.py"))
    return [importlib.import_module(f"videohjelp.{name}.tables").metadata for name in names]


def is_compared(name: str | None, kind: str, _parents: Mapping[Any, str | None]) -> bool:
    """Whether a thing in a database is compared: what SQLite keeps for itself is not."""
    return not (kind == "table" and name == "sqlite_sequence")
