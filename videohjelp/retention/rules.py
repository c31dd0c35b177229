"""What is over its time, table by table, and how it is deleted: for the daily job and the command.

Which table is kept how long stands in data/privacy/inventory.yml; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from videohjelp.feedback.store import FeedbackStore
from videohjelp.feedback.tables import feedback
from videohjelp.handoff.store import CaseStore
from videohjelp.handoff.tables import handoff_cases, solved_cases, webhook_deliveries
from videohjelp.review.marks import delete_marks_before
from videohjelp.review.tables import review_marks
from videohjelp.settings import Settings
from videohjelp.sms.retention import (
    delete_messages_before,
    expire_numbers_before,
    old_messages,
    old_numbers,
)
from videohjelp.staff.looks import AccessLog
from videohjelp.staff.runs import delete_runs_before
from videohjelp.staff.sessions import delete_sessions_before
from videohjelp.staff.tables import looks, run_cases, runs, sessions, trials
from videohjelp.staff.trial_store import delete_trials_before
from videohjelp.storage.deletion import delete_quiet, quiet_since
from videohjelp.storage.schema import ensure_tables
from videohjelp.storage.tables import (
    conversation_checkpoints,
    conversation_events,
    conversation_turns,
    notable_events,
)

#: How long to rest after a deletion, by how long it took: SQLite has one writer at a time.
REST = 2.0
#: The unit of a setting, by how its name ends.
_UNITS = {"days": timedelta(days=1), "hours": timedelta(hours=1)}


@dataclass(frozen=True)
class Kept:
    """The rows of a table under a rule. moment: the column of their age; None: others tell it."""

    table: sa.Table
    is_old: Any
    moment: sa.Column[Any] | None = None


@dataclass(frozen=True)
class Rule:
    """What belongs together and goes together.

    name: what it is. setting: how long it is kept, by this setting. before: what is older goes.
    delete: gives how many conversations, cases, rows … were deleted; where they may be very many,
    after each of its transactions.
    """

    name: str
    setting: str
    before: datetime
    kept: tuple[Kept, ...]
    delete: Callable[[], int | Iterator[int]]


@dataclass(frozen=True)
class Counted:
    """What a table holds under a rule. rows: all; overdue: those that would be deleted now.

    oldest: UTC; None without rows, or when another table tells their age.
    """

    rule: str
    table: str
    setting: str
    rows: int
    overdue: int
    oldest: datetime | None


def rules(engine: Engine, settings: Settings, now: datetime) -> tuple[Rule, ...]:
    """The rules as they are at a moment (with a time zone). Makes tables that are missing.

    Nothing is left out while a part of the program is turned off: what it left grows old too.
    """
    ensure_tables(engine)

    def before(setting: str) -> datetime:
        unit = _UNITS[setting.rpartition("_")[2]]
        length: int = getattr(settings, setting)
        return (now - length * unit).astimezone(timezone.utc)

    def rule(
        name: str,
        setting: str,
        kept: Callable[[datetime], tuple[Kept, ...]],
        delete: Callable[[datetime], int | Iterator[int]],
    ) -> Rule:
        moment = before(setting)
        return Rule(name, setting, moment, kept(moment), lambda: delete(moment))

    def of(table: sa.Table, column: sa.Column[Any]) -> Callable[[datetime], tuple[Kept, ...]]:
        return lambda moment: (Kept(table, column < moment, column),)

    return (
        rule("conversations", "retention_days", _conversations, lambda m: delete_quiet(engine, m)),
        rule(
            "opinions", "retention_days", of(feedback, feedback.c.given_at),
            FeedbackStore(engine).delete_before,
        ),
        rule("cases", "handoff_days", _cases, CaseStore(engine).delete_before),
        rule(
            "marks", "review_days",
            lambda m: (_marks(m),),
            lambda m: delete_marks_before(engine, m),
        ),
        rule(
            "trials", "retention_days", of(trials, trials.c.begun_at),
            lambda m: delete_trials_before(engine, m),
        ),
        rule("runs", "staff_log_days", _runs, lambda m: delete_runs_before(engine, m)),
        rule(
            "sessions", "staff_session_hours", of(sessions, sessions.c.begun_at),
            lambda m: delete_sessions_before(engine, m),
        ),
        rule("looks", "staff_log_days", of(looks, looks.c.at), AccessLog(engine).delete_before),
        rule(
            "numbers", "sms_number_days",
            lambda m: tuple(Kept(*one) for one in old_numbers(m)),
            lambda m: expire_numbers_before(engine, m),
        ),
        rule(
            "messages", "retention_days",
            lambda m: tuple(Kept(*one) for one in old_messages(m)),
            lambda m: delete_messages_before(engine, m),
        ),
    )  # fmt: skip


def count(engine: Engine, rule: Rule) -> list[Counted]:
    """What each table holds under a rule. Raises SQLAlchemyError when the database is away."""
    with engine.connect() as connection:
        return [_counted(connection, rule, kept) for kept in rule.kept]


def delete_overdue(engine: Engine, settings: Settings, now: datetime) -> Iterator[tuple[str, int]]:
    """Deletes what is over its time, some at a time; gives a rule's name and how much it was.

    now: with a time zone. A rule has no, one or many turns; whoever asks for the next one lets
    patients' messages be stored before (REST). When the database fails a rule, the others have
    their turn all the same; then the first SQLAlchemyError is raised.
    """
    failed: list[SQLAlchemyError] = []
    for rule in rules(engine, settings, now):
        try:
            done = rule.delete()
            for number in (done,) if isinstance(done, int) else done:
                yield rule.name, number
        except SQLAlchemyError as error:
            failed.append(error)
    if failed:
        raise failed[0]


def _counted(connection: Connection, rule: Rule, kept: Kept) -> Counted:
    everything = sa.select(sa.func.count()).select_from(kept.table)
    rows = int(connection.execute(everything).scalar() or 0)
    overdue = int(connection.execute(everything.where(kept.is_old)).scalar() or 0)
    oldest = None
    if kept.moment is not None:
        oldest = connection.execute(sa.select(sa.func.min(kept.moment))).scalar()
    return Counted(rule.name, kept.table.name, rule.setting, rows, overdue, _utc(oldest))


def _utc(value: datetime | float | None) -> datetime | None:
    if isinstance(value, (int, float)):
        return datetime.fromtimestamp(value, timezone.utc)
    if value is not None and value.tzinfo is None:
        return value.replace(tzinfo=timezone.utc)
    return value


def _conversations(before: datetime) -> tuple[Kept, ...]:
    quiet = quiet_since(before)
    return tuple(
        Kept(table, table.c.sender_id.in_(quiet), moment)
        for table, moment in (
            (conversation_events, conversation_events.c.timestamp),
            (conversation_turns, None),
            (conversation_checkpoints, None),
            (notable_events, notable_events.c.timestamp),
        )
    )


def _cases(before: datetime) -> tuple[Kept, ...]:
    is_old = handoff_cases.c.created_at < before
    old = sa.select(handoff_cases.c.code).where(is_old)
    about = (Kept(one, one.c.case_code.in_(old)) for one in (webhook_deliveries, solved_cases))
    return (Kept(handoff_cases, is_old, handoff_cases.c.created_at), *about)


def _runs(before: datetime) -> tuple[Kept, ...]:
    is_old = runs.c.begun_at < before
    of_old = run_cases.c.run.in_(sa.select(runs.c.id).where(is_old))
    return Kept(runs, is_old, runs.c.begun_at), Kept(run_cases, of_old)


def _marks(before: datetime) -> Kept:
    # This table keeps UTC without saying so.
    is_old = review_marks.c.marked_at < before.replace(tzinfo=None)
    return Kept(review_marks, is_old, review_marks.c.marked_at)
