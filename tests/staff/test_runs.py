"""Runs of the stories when several server processes share a database."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from videohjelp import clock
from videohjelp.staff import runs
from videohjelp.staff.runs import Run, Runner, RunStore
from videohjelp.storage.schema import open_database


def runner_that_says(*events: dict[str, object], seconds: float = 0.0) -> tuple[str, ...]:
    """A command in the place of the runner of the stories."""
    lines = "\n".join(json.dumps(event) for event in events)
    return (
        sys.executable,
        "-c",
        f"import time; print({lines!r}, flush=True); time.sleep({seconds})",
    )


STARTED = {"event": "start", "model": "m", "cases": 3}


def run_and_be_killed(url: str) -> None:
    """What a server process does until somebody kills it."""

    async def work() -> None:
        store = RunStore(open_database(url))
        await Runner(store, runner_that_says(STARTED, seconds=60)).start("tore", "", "nb")
        await asyncio.sleep(60)

    asyncio.run(work())


def only_run(engine: Engine) -> Run:
    (run,) = RunStore(engine).all(10)
    return run


async def over(engine: Engine) -> Run:
    """The only run, when it no longer goes on."""
    for _ in range(400):
        if (run := only_run(engine)).state != "running":
            return run
        await asyncio.sleep(0.05)
    raise AssertionError("the run does not end")


def test_a_start_leaves_another_process_run_alone_and_a_killed_ones_is_abandoned(
    database_url: str,
) -> None:
    engine = open_database(database_url)
    other = multiprocessing.get_context("spawn").Process(
        target=run_and_be_killed, args=(database_url,)
    )
    other.start()
    deadline = time.monotonic() + 60
    while not [run for run in RunStore(engine).all(10) if run.expected]:
        assert time.monotonic() < deadline, "the other process has not begun"
        time.sleep(0.1)
    assert only_run(engine).state == "running"
    other.kill()
    other.join()
    assert only_run(engine).state == "running", "nobody can know yet"
    with clock.frozen(clock.now() + runs.SILENT_FOR + timedelta(seconds=1)):
        assert only_run(engine).state == "abandoned"
    engine.dispose()


async def test_a_long_run_gives_signs_of_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "SIGN_EVERY", 0.1)
    monkeypatch.setattr(runs, "SILENT_FOR", timedelta(seconds=0.8))
    engine = open_database(f"sqlite:///{tmp_path / 'runs.db'}")
    end = {"event": "end", "passed": 0, "failed": 0, "seconds": 1}
    runner = Runner(RunStore(engine), runner_that_says(STARTED, end, seconds=2))
    await runner.start("tore", "", "nb")
    for _ in range(10):
        await asyncio.sleep(0.15)
        assert only_run(engine).state == "running"
    assert (await over(engine)).state == "ended"
    engine.dispose()


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([{"event": "failed", "reason": "Ingen samtale passer"}], "Ingen samtale passer"),
        ([STARTED], ""),
    ],
)
async def test_a_run_that_broke_says_why(
    tmp_path: Path, events: list[dict[str, object]], reason: str
) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'runs.db'}")
    await Runner(RunStore(engine), runner_that_says(*events)).start("tore", "", "nb")
    run = await over(engine)
    assert (run.state, run.reason) == ("failed", reason)
    engine.dispose()
