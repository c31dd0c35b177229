"""What inbox and outbox have in common: one worker at a time has a row, and in order per sender.

A worker claims a row with a lease, in a compare-and-swap on the row's token. When the lease is over
another one may claim it; the token is then another, so the first can change nothing any more.
A row is claimed only when no earlier one of its sender is open. Rows of one sender get their ids in
the order in which they are committed (Inbox.accept sees to it), so the first open one stays the
first until it is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from videohjelp.sms.tables import OPEN, TAKEN, WAITING

Record = TypeVar("Record")

#: How many rows are looked at in one go: several workers find one each.
_HEADS = 16


class LostLeaseError(Exception):
    """The lease was over and somebody else has the row: nothing was changed."""


def claim(
    engine: Engine, table: sa.Table, states: tuple[str, ...], now: datetime, lease: timedelta
) -> Mapping[str, Any] | None:
    """The longest waiting row that is due in one of the states, as it is then; None without one.

    now: with a time zone. It is the caller's until `now + lease`.
    """
    columns = table.c
    earlier = table.alias("earlier")
    blocked = (
        sa.select(earlier.c.id)
        .where(earlier.c.sender_id == columns.sender_id)
        .where(earlier.c.id < columns.id)
        .where(earlier.c.state.in_(OPEN))
        .exists()
    )
    heads = (
        sa.select(columns.id, columns.token)
        .where(columns.state.in_(states), columns.available_at <= now, ~blocked)
        .order_by(columns.id)
        .limit(_HEADS)
    )
    take = (
        sa.update(table)
        .where(columns.state.in_(states))
        .values(
            state=TAKEN,
            available_at=now + lease,
            token=columns.token + 1,
            attempts=columns.attempts + 1,
        )
    )
    if engine.dialect.name == "postgresql":
        return _claim_unlocked(engine, table, heads, take)
    while True:
        with engine.connect() as connection:
            found = connection.execute(heads).all()
        if not found:
            return None
        # Whoever fails on all of them was slower than others, who got something done.
        for row in found:
            taken = _take(engine, table, take, row.id, row.token)
            if taken is not None:
                return taken


def _claim_unlocked(
    engine: Engine, table: sa.Table, heads: sa.sql.Select, change: sa.sql.dml.Update
) -> Mapping[str, Any] | None:
    """One row that nobody else is claiming at this moment: no two workers try the same one.

    https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE
    """
    with engine.begin() as connection:
        free = heads.limit(1).with_for_update(skip_locked=True, of=table)
        found = connection.execute(free).first()
        if found is None:
            return None
        own = table.c.id == found.id
        connection.execute(change.where(own))
        row: Mapping[str, Any] = connection.execute(sa.select(table).where(own)).mappings().one()
        return row


def _take(
    engine: Engine, table: sa.Table, change: sa.sql.dml.Update, row_id: int, token: int
) -> Mapping[str, Any] | None:
    own = table.c.id == row_id
    with engine.begin() as connection:
        if connection.execute(change.where(own, table.c.token == token)).rowcount != 1:
            return None
        row: Mapping[str, Any] = connection.execute(sa.select(table).where(own)).mappings().one()
        return row


def oldest_open(engine: Engine, table: sa.Table, made_at: sa.Column[Any]) -> datetime | None:
    """When the longest open row was made (UTC); None when none is open."""
    query = sa.select(made_at).where(table.c.state.in_(OPEN)).order_by(made_at).limit(1)
    with engine.connect() as connection:
        found: datetime | None = connection.execute(query).scalar()
    return found


def set_right(engine: Engine, table: sa.Table, now: datetime, longest: timedelta) -> int:
    """Brings back what is due later than it can have been meant; gives how much that was.

    What nobody has tried yet is due at once. What was tried, or is taken, is due after `longest`
    at the latest: whoever has it keeps it. now: with a time zone.
    """
    columns = table.c
    untried = sa.and_(columns.state == WAITING, columns.attempts == 0)
    with engine.begin() as connection:
        at_once = sa.update(table).where(untried, columns.available_at > now)
        later = sa.update(table).where(
            columns.state.in_(OPEN), ~untried, columns.available_at > now + longest
        )
        changed = connection.execute(at_once.values(available_at=now)).rowcount
        changed += connection.execute(later.values(available_at=now + longest)).rowcount
    return int(changed)


class Claimed(Protocol):
    """A row as it was claimed."""

    @property
    def id(self) -> int:
        """Which row it is."""

    @property
    def token(self) -> int:
        """What tells this claim from all others of the row."""


def change_taken(connection: Connection, table: sa.Table, row: Claimed, **values: Any) -> None:
    """Changes a row that the caller has claimed.

    Raises LostLeaseError when it is not the caller's any more.
    """
    columns = table.c
    change = (
        sa.update(table)
        .where(columns.id == row.id, columns.token == row.token, columns.state == TAKEN)
        .values(**values)
    )
    if connection.execute(change).rowcount != 1:
        raise LostLeaseError("the lease was over and somebody else has the row")


def record(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """A row as a dataclass whose fields are named like columns."""
    return kind(**{name: row[name] for name in kind.__annotations__})
