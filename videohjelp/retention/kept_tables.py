"""Every table of the database, whoever it belongs to."""

from __future__ import annotations

import sqlalchemy as sa

from videohjelp.storage.migrations.all_tables import all_tables as all_metadata


def all_tables() -> tuple[sa.Table, ...]:
    """The tables, those that others refer to first."""
    return tuple(table for metadata in all_metadata() for table in metadata.sorted_tables)
