"""Keep cases, and which of them the staff's system has not been told about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.reference_code import InvalidCodeError, make_code, normalise
from videohjelp.handoff.tables import (
    handoff_cases,
    solved_cases,
    webhook_deliveries,
)

_CODE_TRIES = 20
_MAX_ERROR = 200
#: How long one process has a delivery for itself; longer than sending a batch can take.
LEASE = timedelta(minutes=2)


class CaseStoreError(Exception):
    """A case could not be stored."""


class DeliveryState(Enum):
    """How far a case has come on its way to the staff's system; KEPT is not to be sent."""

    DELIVERED = "delivered"
    WAITING = "waiting"
    FAILED = "failed"
    KEPT = "kept"


@dataclass(frozen=True)
class Delivery:
    """One case's way to the staff's system; times are UTC.

    `next_try_at` is None when nothing more will be tried. `last_error` never holds what the
    receiver answered, only what kind of error it was.
    """

    case_code: str
    attempts: int
    next_try_at: datetime | None
    delivered_at: datetime | None
    last_error: str | None


class CaseStore:
    """Cases in any database SQLAlchemy knows."""

    def __init__(self, engine: Engine, new_code: Callable[[], str] = make_code) -> None:
        """Take the database; `new_code` makes another code when one is taken."""
        self._engine = engine
        self._new_code = new_code

    def save(self, case: HandoffCase, *, deliver: bool = True) -> HandoffCase:
        """Store a new case, and with `deliver` that it must be delivered, both or neither.

        Gives the case as stored: with another code when its own was taken. Raises CaseStoreError
        when no free code is found.
        """
        for _ in range(_CODE_TRIES):
            try:
                with self._engine.begin() as connection:
                    _insert(connection, case, deliver)
            except IntegrityError:
                if self.get(case.code) is None:
                    raise
                case = replace(case, code=self._new_code())
            else:
                return case
        raise CaseStoreError("no free reference code found")

    def get(self, code: str) -> HandoffCase | None:
        """Give the case with this code, in any way of writing; None when there is none."""
        try:
            wanted = normalise(code)
        except InvalidCodeError:
            return None
        query = sa.select(handoff_cases).where(handoff_cases.c.code == wanted)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        return HandoffCase(
            code=row["code"],
            created_at=row["created_at"],
            topic=row["topic"],
            device=row["device"],
            browser=row["browser"],
            tried=tuple(row["tried"]),
            device_check=row["device_check"],
            channel=row["channel"],
            language=row["language"],
        )

    def delivery(self, code: str) -> Delivery | None:
        """Give how far the case with this exact code has come; None when it is not to be sent."""
        query = sa.select(webhook_deliveries).where(webhook_deliveries.c.case_code == code)
        found = self._deliveries(query)
        return found[0] if found else None

    def due_deliveries(self, now: datetime, limit: int = 20) -> tuple[Delivery, ...]:
        """Give what should be tried at `now` (with a time zone), the longest due first."""
        due = webhook_deliveries.c.next_try_at
        query = (
            sa.select(webhook_deliveries)
            .where(due <= now)
            .order_by(due, webhook_deliveries.c.case_code)
            .limit(limit)
        )
        return self._deliveries(query)

    def claim(self, delivery: Delivery, now: datetime) -> bool:
        """Reserve a due delivery for two minutes, so that no other process sends it as well.

        Gives False when another one was first. A process that dies loses nothing: the delivery is
        due again when the time is up.
        """
        table = webhook_deliveries
        change = (
            sa.update(table)
            .where(table.c.case_code == delivery.case_code)
            .where(table.c.next_try_at == delivery.next_try_at)
            .values(next_try_at=now + LEASE)
        )
        with self._engine.begin() as connection:
            return bool(connection.execute(change).rowcount == 1)

    def mark_delivered(self, code: str, now: datetime) -> None:
        """Note that the staff's system has the case."""
        self._mark(code, next_try_at=None, delivered_at=now, last_error=None)

    def mark_retry(self, code: str, next_try_at: datetime, error: str) -> None:
        """Note that a try failed and when to try again."""
        self._mark(code, next_try_at=next_try_at, delivered_at=None, last_error=error)

    def mark_failed(self, code: str, error: str) -> None:
        """Note that a try failed and no other will be made."""
        self._mark(code, next_try_at=None, delivered_at=None, last_error=error)

    def failed_deliveries(self) -> tuple[Delivery, ...]:
        """Give what was given up, for a person to look at."""
        table = webhook_deliveries
        query = (
            sa.select(table)
            .where(table.c.next_try_at.is_(None), table.c.delivered_at.is_(None))
            .order_by(table.c.case_code)
        )
        return self._deliveries(query)

    def delivery_counts(self) -> dict[str, int]:
        """Give how many cases are stored, by DeliveryState."""
        delivery = webhook_deliveries.c
        state: Any = sa.case(
            (delivery.case_code.is_(None), DeliveryState.KEPT.value),
            (delivery.delivered_at.is_not(None), DeliveryState.DELIVERED.value),
            (delivery.next_try_at.is_(None), DeliveryState.FAILED.value),
            else_=DeliveryState.WAITING.value,
        )
        query = (
            sa.select(state, sa.func.count())
            .select_from(handoff_cases.outerjoin(webhook_deliveries))
            .group_by(state)
        )
        with self._engine.connect() as connection:
            return {str(name): int(number) for name, number in connection.execute(query)}

    def oldest_waiting(self) -> datetime | None:
        """Give when the oldest case was made that is still to be delivered; None without one."""
        query = (
            sa.select(sa.func.min(handoff_cases.c.created_at))
            .select_from(handoff_cases.join(webhook_deliveries))
            .where(webhook_deliveries.c.next_try_at.is_not(None))
        )
        with self._engine.connect() as connection:
            moment: datetime | None = connection.execute(query).scalar()
        return moment

    def delete_before(self, moment: datetime) -> int:
        """Delete the cases made before `moment` (with a time zone), delivered or not.

        Gives how many they were.
        """
        cases, deliveries = handoff_cases, webhook_deliveries
        old = sa.select(cases.c.code).where(cases.c.created_at < moment)
        with self._engine.begin() as connection:
            for about in (deliveries, solved_cases):
                connection.execute(sa.delete(about).where(about.c.case_code.in_(old)))
            result = connection.execute(sa.delete(cases).where(cases.c.created_at < moment))
            return int(result.rowcount)

    def _mark(
        self,
        code: str,
        *,
        next_try_at: datetime | None,
        delivered_at: datetime | None,
        last_error: str | None,
    ) -> None:
        table = webhook_deliveries
        change = (
            sa.update(table)
            .where(table.c.case_code == code)
            .values(
                attempts=table.c.attempts + 1,
                next_try_at=next_try_at,
                delivered_at=delivered_at,
                last_error=None if last_error is None else last_error[:_MAX_ERROR],
            )
        )
        with self._engine.begin() as connection:
            connection.execute(change)

    def _deliveries(self, query: sa.sql.Select) -> tuple[Delivery, ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            Delivery(
                case_code=row["case_code"],
                attempts=row["attempts"],
                next_try_at=row["next_try_at"],
                delivered_at=row["delivered_at"],
                last_error=row["last_error"],
            )
            for row in rows
        )


def _insert(connection: Connection, case: HandoffCase, deliver: bool) -> None:
    values = {
        "code": case.code,
        "created_at": case.created_at,
        "topic": case.topic,
        "device": case.device,
        "browser": case.browser,
        "tried": list(case.tried),
        "device_check": None if case.device_check is None else dict(case.device_check),
        "channel": case.channel,
        "language": case.language,
    }
    connection.execute(sa.insert(handoff_cases).values(values))
    if deliver:
        connection.execute(
            sa.insert(webhook_deliveries).values(
                case_code=case.code, attempts=0, next_try_at=case.created_at
            )
        )
