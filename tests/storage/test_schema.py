"""The tables are made and changed in one chain, on both databases, and nothing is lost."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.engine import Engine

from videohjelp.settings import settings
from videohjelp.storage import schema
from videohjelp.storage.engine import create_engine
from videohjelp.storage.migrations.all_tables import all_tables, is_compared
from videohjelp.storage.tables import conversation_events

ROW = {"sender_id": "a", "position": 0, "timestamp": 1.0, "data": '{"event": "user"}'}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty database, without tables."""
    made = create_engine(database_url)
    yield made
    made.dispose()


def tables(engine: Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"sqlite_sequence", schema.VERSION_TABLE}


def differences(engine: Engine) -> list[Any]:
    """What the migrated tables and those of the code differ in."""
    options = {"compare_type": True, "include_name": is_compared}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        found: list[Any] = compare_metadata(context, cast(Any, all_tables()))
    return found


def stored(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(conversation_events)).mappings()]


def test_the_migrated_tables_are_those_of_the_code(engine: Engine) -> None:
    schema.upgrade(engine)
    assert differences(engine) == []
    assert tables(engine) == {name for one in all_tables() for name in one.tables}
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE feedback ADD COLUMN surplus INTEGER")
    assert [one[0] for one in differences(engine)] == ["remove_column"]


def test_what_a_comparison_does_not_see_is_the_same_too(tmp_path: Path) -> None:
    migrated = schema.open_database(f"sqlite:///{tmp_path / 'migrated.db'}")
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    for one in all_tables():
        one.create_all(made)

    def written(engine: Engine) -> dict[str, list[str]]:
        """What each table is made with; a column that was added later stands at its end."""
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master").all()
        return {
            name: sorted(" ".join(part.split()) for part in re.split(r"[,()]", sql or ""))
            for name, sql in rows
            if "alembic" not in name
        }

    # Among them WITHOUT ROWID and AUTOINCREMENT.
    assert written(migrated) == written(made)


def test_it_is_one_chain_and_each_file_is_named_after_its_revision() -> None:
    scripts = ScriptDirectory.from_config(schema.alembic_config())
    chain = [one.revision for one in scripts.walk_revisions()]
    assert scripts.get_heads() == [schema.latest()]
    assert list(reversed(chain)) == schema.known()


def test_forward_back_and_forward_again(engine: Engine) -> None:
    schema.upgrade(engine)
    schema.downgrade(engine, "base")
    assert (tables(engine), schema.revision(engine)) == (set(), None)
    schema.upgrade(engine)
    assert (differences(engine), schema.revision(engine)) == ([], schema.latest())


@pytest.mark.parametrize("kept", ["some", "all"])
def test_a_database_from_before_the_migrations_goes_on(engine: Engine, kept: str) -> None:
    if kept == "all":
        schema.upgrade(engine, schema.known()[0])
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE {schema.VERSION_TABLE}")
    else:
        conversation_events.create(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(conversation_events).values(ROW))

    schema.ensure_tables(engine)

    assert schema.revision(engine) == schema.latest()
    assert differences(engine) == []
    assert stored(engine) == [ROW]


def test_a_failed_step_leaves_everything_as_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(conversation_events).values(ROW))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as broken:
        # Runs after the tables are dropped and before the revision is noted.
        broken.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", fail)
        with pytest.raises(RuntimeError, match="in the middle"):
            schema.downgrade(engine, "base")
    assert schema.revision(engine) == schema.latest()
    assert stored(engine) == [ROW]


def _start(database_url: str) -> str | None:
    return schema.revision(schema.open_database(database_url))


def test_processes_that_start_together_all_find_the_tables(
    database_url: str, engine: Engine
) -> None:
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(_start, [database_url] * 4))
    assert found == [schema.latest()] * 4
    assert differences(engine) == []


def test_a_start_may_not_change_the_tables_when_that_is_turned_off(
    database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "database_migrate", False)
    with pytest.raises(schema.SchemaError, match="database upgrade"):
        schema.open_database(database_url)
    assert tables(engine) == set()
    schema.upgrade(engine)
    assert schema.revision(schema.open_database(database_url)) == schema.latest()


def test_an_older_version_does_not_run_on_the_tables_of_a_newer_one(engine: Engine) -> None:
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(schema.SchemaError, match="newer version"):
        schema.ensure_tables(engine)


def test_an_unknown_revision_changes_nothing(engine: Engine) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        schema.upgrade(engine, "nowhere")
    assert tables(engine) == set()
