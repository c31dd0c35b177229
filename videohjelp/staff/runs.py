"""Runs of the stories: started as a process of their own, kept with what came of each case."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from videohjelp import clock
from videohjelp.appointments.wording import Language
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact
from videohjelp.settings import ROOT
from videohjelp.staff.tables import run_cases, runs

log = structlog.get_logger("videohjelp.staff")

#: Longest line of the runner: a case with all its turns.
_LONGEST_LINE = 1_000_000
_COMMAND = (sys.executable, "-m", "videohjelp", "stories", "run", "--events", "--jobs=1")

#: Seconds between two signs of life of a process that runs stories.
SIGN_EVERY = 10.0
#: Whose process has given none for so long has ended: killed, or its machine is off. The clocks of
#: several machines may differ by less.
SILENT_FOR = timedelta(seconds=60)

State = Literal["running", "ended", "failed", "abandoned"]


class RunningError(Exception):
    """A run is going on already."""


@dataclass(frozen=True)
class RunCase:
    """What came of one story. turns: as the runner tells them."""

    name: str
    file: str
    line: int
    passed: bool
    seconds: float
    turns: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Run:
    """A run. Times are UTC.

    state: running, ended, failed when the runner broke, abandoned when the process that ran it has
    ended. reason: why it failed, in the words of the runner; "" when it said nothing.
    """

    id: int
    account: str
    selection: str
    begun_at: datetime
    ended_at: datetime | None
    state: State
    model: str
    expected: int
    passed: int
    failed: int
    reason: str


class RunStore:
    """The runs of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, account: str, selection: str) -> int:
        """Keeps a new run; gives its id."""
        now = clock.now()
        values = {
            "account": account,
            "selection": selection,
            "begun_at": now,
            "seen_at": now,
            "state": "running",
            "model": "",
            "expected": 0,
        }
        with self._engine.begin() as connection:
            done = connection.execute(sa.insert(runs).values(values))
            return int(done.inserted_primary_key[0])

    def take(self, run_id: int, number: int, event: dict[str, Any]) -> None:
        """Keeps what the runner said. number: of the case, from 0."""
        if event["event"] == "start":
            self.change(run_id, model=str(event["model"]), expected=int(event["cases"]))
        elif event["event"] == "failed":
            self.change(run_id, reason=str(event["reason"]))
        elif event["event"] == "case":
            names = ("name", "file", "line", "passed", "seconds", "turns")
            values = {"run": run_id, "number": number, **{name: event[name] for name in names}}
            with self._engine.begin() as connection:
                connection.execute(sa.insert(run_cases).values(values))

    def change(self, run_id: int, **values: Any) -> None:
        """Changes a run."""
        with self._engine.begin() as connection:
            connection.execute(sa.update(runs).where(runs.c.id == run_id).values(**values))

    def all(self, limit: int) -> list[Run]:
        """The newest runs."""
        return self._runs(sa.select(runs).order_by(runs.c.id.desc()).limit(limit))

    def get(self, run_id: int) -> Run | None:
        """One run."""
        found = self._runs(sa.select(runs).where(runs.c.id == run_id))
        return found[0] if found else None

    def cases(self, run_id: int) -> list[RunCase]:
        """What came of each case of a run, in order."""
        query = sa.select(run_cases).where(run_cases.c.run == run_id).order_by(run_cases.c.number)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            RunCase(row.name, row.file, row.line, row.passed, row.seconds, row.turns)
            for row in rows
        ]

    def give_sign(self, run_id: int) -> None:
        """The process that runs it lives."""
        self.change(run_id, seen_at=clock.now())

    def _runs(self, query: Any) -> list[Run]:
        passed = sa.func.sum(sa.case((run_cases.c.passed, 1), else_=0))
        counts = sa.select(
            run_cases.c.run, passed.label("passed"), sa.func.count().label("all")
        ).group_by(run_cases.c.run)
        with self._engine.connect() as connection:
            counted = {row.run: (int(row[1]), int(row[2])) for row in connection.execute(counts)}
            rows = connection.execute(query).all()
        return [
            Run(
                id=row.id,
                account=row.account,
                selection=row.selection,
                begun_at=row.begun_at,
                ended_at=row.ended_at,
                state=_state(row.state, row.seen_at),
                model=row.model,
                expected=row.expected,
                passed=counted.get(row.id, (0, 0))[0],
                failed=counted.get(row.id, (0, 0))[1] - counted.get(row.id, (0, 0))[0],
                reason=row.reason or "",
            )
            for row in rows
        ]


def _state(stored: State, seen_at: datetime | None) -> State:
    """What became of a run: no process ends another's, each only stops giving signs of life."""
    if stored == "running" and (seen_at is None or clock.now() - seen_at > SILENT_FOR):
        return "abandoned"
    return stored


def delete_runs_before(engine: Engine, moment: datetime) -> int:
    """Deletes the runs begun before a moment (with a time zone); gives how many they were."""
    is_old = runs.c.begun_at < moment
    with engine.begin() as connection:
        of_old = run_cases.c.run.in_(sa.select(runs.c.id).where(is_old))
        connection.execute(sa.delete(run_cases).where(of_old))
        return int(connection.execute(sa.delete(runs).where(is_old)).rowcount)


class Runner:
    """Starts runs, one at a time. command: the runner, whose lines are its events as JSON."""

    def __init__(self, store: RunStore, command: Sequence[str] = _COMMAND) -> None:
        self._store = store
        self._command = tuple(command)
        self._task: asyncio.Task[None] | None = None

    async def start(self, account: str, selection: str, language: Language) -> int:
        """Starts a run; gives its id. selection: a part of the names, "" for all stories.
        language: of what was wrong.

        Raises RunningError while another one is going on.
        """
        if self._task is not None and not self._task.done():
            raise RunningError
        # It is kept, and stands in the list of the machine's processes.
        selection = redact(selection, own_numbers())
        run_id = await asyncio.to_thread(self._store.begin, account, selection)
        self._task = asyncio.create_task(self._run(run_id, selection, language))
        return run_id

    async def _run(self, run_id: int, selection: str, language: Language) -> None:
        state: State = "failed"
        living = asyncio.create_task(self._give_signs(run_id))
        try:
            with tempfile.TemporaryDirectory() as folder:
                state = await self._listen(run_id, selection, language, folder)
        except Exception:
            log.exception("run_failed", run=run_id)
        finally:
            living.cancel()
            await asyncio.to_thread(self._store.change, run_id, state=state, ended_at=clock.now())

    async def _give_signs(self, run_id: int) -> None:
        while True:
            await asyncio.sleep(SIGN_EVERY)
            # The database may be away for a while.
            with contextlib.suppress(SQLAlchemyError):
                await asyncio.to_thread(self._store.give_sign, run_id)

    async def _listen(self, run_id: int, selection: str, language: Language, folder: str) -> State:
        chosen = [f"--filter={selection}"] if selection else []
        # What the runner tells is in bokmål or English.
        chosen.append(f"--language={'en' if language == 'en' else 'nb'}")
        # Never the patients' database: what is said in a story is nobody's.
        environment = {**os.environ, "VIDEOHJELP_DATABASE_URL": f"sqlite:///{folder}/stories.db"}
        process = await asyncio.create_subprocess_exec(
            *self._command,
            *chosen,
            cwd=ROOT,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LONGEST_LINE,
        )
        state: State = "failed"
        number = 0
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            async for line in process.stdout:
                event = _event(line)
                if event is None:
                    continue
                await asyncio.to_thread(self._store.take, run_id, number, event)
                number += event["event"] == "case"
                if event["event"] == "end":
                    state = "ended"
            await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
        return state


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and "event" in event else None
