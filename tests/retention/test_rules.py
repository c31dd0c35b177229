"""Each table is deleted when data/privacy/inventory.yml says so, and not before."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from tests.retention.filled import fill
from videohjelp.privacy.inventory import read_inventory
from videohjelp.retention.kept_tables import all_tables
from videohjelp.retention.rules import count, delete_overdue, rules
from videohjelp.settings import Settings, settings
from videohjelp.storage.engine import create_engine

NOW = datetime(2026, 11, 23, 8, 15, tzinfo=timezone.utc)
INVENTORY = read_inventory()
#: Short and all different, so that no setting is taken for another.
DAYS = {"retention_days": 20, "handoff_days": 40, "review_days": 60, "staff_log_days": 80}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return create_engine(f"sqlite:///{tmp_path / 'kept.db'}")


@pytest.fixture
def present() -> Settings:
    return settings().copy(update=DAYS)


def _left(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            one.name: int(
                connection.execute(sa.select(sa.func.count()).select_from(one)).scalar() or 0
            )
            for one in all_tables()
        }


def _kept_for(table: str, present: Settings) -> timedelta | None:
    setting = INVENTORY[table].setting
    if setting is None:
        return None
    hours = setting.endswith("_hours")
    return timedelta(**{"hours" if hours else "days": getattr(present, setting)})


@pytest.mark.parametrize("table", sorted(INVENTORY))
def test_a_table_is_deleted_when_the_inventory_says_so(
    engine: Engine, present: Settings, table: str
) -> None:
    kept_for = _kept_for(table, present)
    age = kept_for or timedelta(days=3000)
    fill(engine, "rowone", NOW - age - timedelta(minutes=1))
    fill(engine, "rowtwo", NOW - age + timedelta(minutes=1))
    assert _left(engine)[table] == 2
    dict(delete_overdue(engine, present, NOW))
    assert _left(engine)[table] == (2 if kept_for is None else 1)


def test_numbers_of_messages_go_before_the_messages(engine: Engine, present: Settings) -> None:
    fill(engine, "rowone", NOW - timedelta(days=present.sms_number_days, minutes=1))
    fill(engine, "rowtwo", NOW - timedelta(days=present.sms_number_days, minutes=-1))
    assert dict(delete_overdue(engine, present, NOW))["numbers"] == 2
    with engine.connect() as connection:
        for table in ("sms_inbox", "sms_outbox"):
            query = f"SELECT number, text FROM {table} ORDER BY id"  # noqa: S608 - two names
            assert connection.exec_driver_sql(query).all() == [(None, None), ("rowtwo", "rowtwo")]


def test_what_is_counted_is_what_is_deleted(engine: Engine, present: Settings) -> None:
    for nth, days in enumerate((1, 30, 50, 70, 90)):
        fill(engine, f"row{'abcde'[nth]}", NOW - timedelta(days=days))
    before = _left(engine)
    counted = [one for rule in rules(engine, present, NOW) for one in count(engine, rule)]
    overdue = {one.table: one.overdue for one in counted if one.rule != "numbers"}
    assert overdue["conversation_events"] == 4
    assert overdue["handoff_cases"] == 3
    assert overdue["staff_looks"] == 1
    assert {one.oldest for one in counted if one.table == "review_marks"} == {
        NOW - timedelta(days=90)
    }
    dict(delete_overdue(engine, present, NOW))
    after = _left(engine)
    assert {name: before[name] - after[name] for name in overdue} == overdue
    again = [one for rule in rules(engine, present, NOW) for one in count(engine, rule)]
    assert [one.overdue for one in again] == [0] * len(again)


def test_an_empty_database_has_nothing_over_its_time(engine: Engine, present: Settings) -> None:
    assert {number for _, number in delete_overdue(engine, present, NOW)} == {0}


def test_what_the_database_fails_keeps_no_other_rule_from_its_turn(
    engine: Engine, present: Settings
) -> None:
    fill(engine, "rowone", NOW - timedelta(days=400))
    steps = delete_overdue(engine, present, NOW)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER kept BEFORE DELETE ON conversation_turns "
            "BEGIN SELECT RAISE(ABORT, 'kept'); END"
        )
    deleted: list[tuple[str, int]] = []
    with pytest.raises(IntegrityError, match="kept"):
        deleted.extend(steps)
    assert "conversations" not in dict(deleted)
    assert {"opinions": 1, "cases": 1, "numbers": 2}.items() <= dict(deleted).items()
    left = _left(engine)
    assert (left["conversation_events"], left["handoff_cases"]) == (1, 0)
