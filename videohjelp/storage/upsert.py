"""A row that is added, or put in the place of the one with the same key, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def put(connection: Connection, table: sa.Table, values: Mapping[str, Any]) -> None:
    """Adds a row, or changes the one with its primary key; also when others do so at once.

    values: all columns of the key are among them.
    """
    insert: Any = _INSERTS[connection.dialect.name](table).values(**values)
    keys = [column.name for column in table.primary_key]
    changed = {name: insert.excluded[name] for name in values if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=changed))


def add_if_new(connection: Connection, table: sa.Table, values: Mapping[str, Any]) -> None:
    """Adds a row; nothing when there is one with its primary key."""
    insert: Any = _INSERTS[connection.dialect.name](table).values(**values)
    connection.execute(insert.on_conflict_do_nothing(index_elements=list(table.primary_key)))
