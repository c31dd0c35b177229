"""What the database holds, why, how long and who sees it: data/privacy/inventory.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError, root_validator

from videohjelp.settings import ROOT, Settings

INVENTORY = ROOT / "data" / "privacy" / "inventory.yml"


class InventoryError(ValueError):
    """The inventory cannot be read. The text says what is wrong."""


class StoredTable(BaseModel):
    """A table as a data-protection officer sees it; texts in bokmål.

    setting: the setting that says how long rows are kept, in days or hours as its name ends.
    kept: how long, when no setting does. columns: each column with what it holds.
    """

    title: str
    purpose: str
    about: str
    seen_by: str
    setting: str | None = None
    kept: str | None = None
    note: str = ""
    columns: dict[str, str]

    @root_validator
    def _one_way(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        setting, kept = values.get("setting"), values.get("kept")
        if (setting is None) == (kept is None):
            raise ValueError("give either 'setting' or 'kept'")
        if setting is not None and setting not in Settings.__fields__:
            raise ValueError(f"there is no setting '{setting}'")
        return values

    class Config:
        extra = "forbid"


def read_inventory(path: Path = INVENTORY) -> dict[str, StoredTable]:
    """Every table by its name, in the order of the file. Raises InventoryError."""
    try:
        tables = yaml.safe_load(path.read_text(encoding="utf-8"))["tables"]
        return {name: StoredTable(**values) for name, values in tables.items()}
    except (OSError, yaml.YAMLError, ValidationError, KeyError, TypeError) as error:
        raise InventoryError(f"{path} cannot be read: {error}") from error
