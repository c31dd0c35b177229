"""docs/privacy.md, written for a data-protection officer from the inventory and the settings."""

from __future__ import annotations

import jinja2

from videohjelp.privacy.inventory import StoredTable, read_inventory
from videohjelp.settings import ROOT, Settings

DOCUMENT = ROOT / "docs" / "privacy.md"
TEMPLATE = ROOT / "data" / "privacy" / "document.md.jinja"


def document() -> str:
    """The document's text, with the times that hold unless somebody sets others.

    Raises InventoryError.
    """
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - Markdown, and nobody's words but ours
    )
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        tables=read_inventory(), how_long=how_long, variable=variable, default=default
    )


def how_long(table: StoredTable) -> str:
    """How long a table's rows are kept, in words."""
    if table.setting is None:
        return table.kept or ""
    unit = "timer" if table.setting.endswith("_hours") else "dager"
    return f"{default(table.setting)} {unit} (`{variable(table.setting)}`)"


def variable(setting: str) -> str:
    """The environment variable of a setting."""
    return f"VIDEOHJELP_{setting.upper()}"


def default(setting: str) -> object:
    """What holds unless somebody sets something else."""
    return Settings.__fields__[setting].default
