"""Fills a database with conversations, copies of one that was really held."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

#: So many conversations are written in one transaction.
_STEP = 5_000


def fill(database: Path, wanted: int) -> int:
    """Copies the shortest stored conversation until there are so many; gives how many there are.

    Works on any tables that have a column sender_id. Raises LookupError when nothing is stored.
    """
    with closing(sqlite3.connect(database)) as connection:
        columns = _tables(connection)
        events = next(name for name in columns if name.endswith("events"))
        counted = f"SELECT sender_id, COUNT(*) FROM {events} GROUP BY sender_id ORDER BY 2"  # noqa: S608
        stored = connection.execute(counted).fetchall()
        if not stored:
            raise LookupError(f"no conversation is stored in {database}")
        original, have = stored[0][0], len(stored)
        while have < wanted:
            many = min(_STEP, wanted - have)
            for table, names in columns.items():
                listed = ", ".join(names)
                connection.execute(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "  # noqa: S608
                    f"INSERT INTO {table} (sender_id, {listed}) "
                    f"SELECT 'copy-' || (? + i), {listed} FROM n, {table} WHERE sender_id = ?",
                    (many, have, original),
                )
            connection.commit()
            have += many
            print(f"    {have} conversations stored", flush=True)
    return have


def _tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The tables of conversations with their columns beside sender_id and a counted id."""
    found = {}
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        names = [name for _, name, *_ in columns]
        if "sender_id" in names:
            found[table] = [name for name in names if name not in ("sender_id", "id")]
    return found
