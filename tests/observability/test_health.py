"""Whether the process lives and is ready: a real server, and checks that fail or hang."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest
from redis.asyncio import Redis

from tests.observability.watched import Watched
from tests.redis_server import RedisServer
from videohjelp.server import health
from videohjelp.server.health import (
    Blocking,
    Readiness,
    database_answers,
    redis_answers,
    tell_forever,
)
from videohjelp.storage.engine import create_engine


def test_a_server_that_is_ready_names_its_checks(watched: Watched) -> None:
    assert watched.ready is not None
    assert watched.live is not None
    assert watched.ready.status_code == 200
    checks = {"model": "ok", "database": "ok", "lock_store": "ok"}
    assert watched.ready.json() == {"status": "ready", "checks": checks}
    assert watched.ready.headers["cache-control"] == "no-store"
    assert (watched.live.status_code, watched.live.json()) == (200, {"status": "alive"})


def test_a_server_that_stops_says_so_before_it_closes_and_answers_still(watched: Watched) -> None:
    states = [state for _, state, _ in watched.ending]
    assert states[-1] == "draining"
    # Never ready again.
    assert states == sorted(states, key=lambda state: state == "draining")
    assert all((code == 503) == (state == "draining") for code, state, _ in watched.ending)
    assert all(live == 200 for _, _, live in watched.ending)
    assert "lyd" in watched.answered_while_ending.lower()


class _Check:
    def __init__(self, name: str, error: Exception | None = None, seconds: float = 0.0) -> None:
        self.name = name
        self._error = error
        self._seconds = seconds

    async def run(self) -> None:
        await asyncio.sleep(self._seconds)
        if self._error is not None:
            raise self._error


async def test_what_fails_is_named_without_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    secret = ConnectionError("password=hemmelig at db.example.no")
    readiness = Readiness([_Check("a"), _Check("b", secret), _Check("c", seconds=5)])
    assert await readiness.look() == ("not ready", {"a": "ok", "b": "failed", "c": "no answer"})


async def test_without_what_it_can_do_without_a_server_is_degraded_and_ready() -> None:
    gone = _Check("redis", ConnectionError())
    told: list[bool] = []
    readiness = Readiness([_Check("a")], [gone])
    assert await readiness.look() == ("degraded", {"a": "ok", "redis": "failed"})
    telling = asyncio.create_task(tell_forever(readiness, lambda ready, _: told.append(ready)))
    while not told:  # noqa: ASYNC110 - the log's traces may take their time
        await asyncio.sleep(0.02)
    telling.cancel()
    assert told == [True]
    readiness = Readiness([_Check("a", ValueError())], [gone])
    assert (await readiness.look())[0] == "not ready"


async def test_redis_is_asked(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.5)
    async with Redis.from_url(redis_server.url, socket_timeout=1) as redis:
        readiness = Readiness([], [redis_answers(redis)])
        assert await readiness.look() == ("ready", {"redis": "ok"})
        redis_server.pause()
        assert await readiness.look() == ("degraded", {"redis": "no answer"})
        redis_server.resume()
        assert await readiness.look() == ("ready", {"redis": "ok"})
        redis_server.stop()
        assert await readiness.look() == ("degraded", {"redis": "failed"})


def test_a_server_that_has_stopped_has_ended_its_work(watched: Watched) -> None:
    assert "was destroyed" not in watched.log
    assert "task_did_not_end" not in watched.log


async def test_draining_wins() -> None:
    readiness = Readiness([_Check("a", ValueError())])
    readiness.drain()
    assert await readiness.look() == ("draining", {"a": "failed"})


async def test_the_database_is_asked(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    readiness = Readiness([database_answers(create_engine(f"sqlite:///{folder / 'a.db'}"))])
    assert await readiness.look() == ("ready", {"database": "ok"})
    away = create_engine("postgresql://127.0.0.1:9/nobody?connect_timeout=1")
    assert await Readiness([database_answers(away)]).look() == (
        "not ready",
        {"database": "failed"},
    )


async def test_what_hangs_takes_one_thread_however_often_it_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    calls, let_go = [], threading.Event()

    def hang() -> None:
        calls.append(time.monotonic())
        let_go.wait(10)

    readiness = Readiness([Blocking("database", hang)])
    for _ in range(5):
        assert (await readiness.look())[1] == {"database": "no answer"}
    assert len(calls) == 1
    let_go.set()
    await asyncio.sleep(0.05)
    assert await readiness.look() == ("ready", {"database": "ok"})
