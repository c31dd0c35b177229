"""Everything that is stored is in the inventory, and in docs/privacy.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from videohjelp.privacy.document import DOCUMENT, document
from videohjelp.privacy.inventory import InventoryError, read_inventory
from videohjelp.retention.kept_tables import all_tables
from videohjelp.settings import Settings, settings


def test_every_table_and_column_is_in_the_inventory() -> None:
    stored = {table.name: [one.name for one in table.columns] for table in all_tables()}
    listed = {name: list(table.columns) for name, table in read_inventory().items()}
    assert {name: sorted(columns) for name, columns in stored.items()} == {
        name: sorted(columns) for name, columns in listed.items()
    }


def test_the_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), (
        "write it again: python -m videohjelp privacy --write"
    )


def test_the_document_tells_of_every_table_and_its_time() -> None:
    text = document()
    for name, table in read_inventory().items():
        assert f"### {name}\n" in text
        if table.setting is not None:
            time = Settings.__fields__[table.setting].default
            assert f"{time} " in text
            assert f"VIDEOHJELP_{table.setting.upper()}" in text


def test_the_times_in_the_document_are_those_of_the_settings_file() -> None:
    """The file may set others than the code does; what comes with the program sets the same."""
    for table in read_inventory().values():
        if table.setting is not None:
            default = Settings.__fields__[table.setting].default
            assert getattr(settings(), table.setting) == default


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("setting: no_such_days", "there is no setting 'no_such_days'"),
        ("setting: retention_days\n    kept: alltid", "give either"),
        ("unknown: x", "extra fields"),
    ],
)
def test_a_mistake_in_the_inventory_is_told(tmp_path: Path, wrong: str, told: str) -> None:
    path = tmp_path / "inventory.yml"
    path.write_text(
        f"tables:\n  x:\n    title: x\n    purpose: x\n    about: x\n    seen_by: x\n    {wrong}\n"
        "    columns: {a: b}\n",
        encoding="utf-8",
    )
    with pytest.raises(InventoryError, match=told):
        read_inventory(path)
