from __future__ import annotations

import asyncio
import threading
from collections import deque
from contextlib import suppress

import pytest
from structlog.testing import capture_logs

from videohjelp.channels.sms import pump
from videohjelp.channels.sms.pump import Pump


async def run_while(work: Pump[int], seconds: float) -> None:
    """Runs it for a while, and stops it as the server does."""
    running = asyncio.create_task(work.run())
    await asyncio.sleep(seconds)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_so_many_at_once_and_no_more() -> None:
    waiting, at_once, done = deque(range(20)), 0, []
    most = 0

    async def do(number: int) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        at_once -= 1
        done.append(number)

    await run_while(Pump("x", lambda: waiting.popleft() if waiting else None, do, at_once=3), 1)
    assert sorted(done) == list(range(20))
    assert most == 3


async def test_it_takes_no_more_than_it_can_do() -> None:
    """What is claimed and waits is nobody else's, and its lease runs."""
    claimed = []

    def claim() -> int:
        claimed.append(1)
        return 1

    async def do(_: int) -> None:
        await asyncio.sleep(10)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pump, "ENDING", 0.0)
        await run_while(Pump("x", claim, do, at_once=2), 0.3)
    assert len(claimed) == 2


async def test_it_is_rung_at_once_and_looks_by_itself() -> None:
    waiting: deque[int] = deque()
    done = asyncio.Event()

    async def do(_: int) -> None:
        done.set()

    work = Pump("x", lambda: waiting.popleft() if waiting else None, do, at_once=1)
    running = asyncio.create_task(work.run())
    await asyncio.sleep(0.1)
    waiting.append(1)
    work.ring()
    await asyncio.wait_for(done.wait(), 0.5)
    done.clear()
    waiting.append(2)
    await asyncio.wait_for(done.wait(), pump.PAUSE + 1)
    running.cancel()


async def test_errors_end_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pump, "PAUSE_AFTER_ERROR", 0.05)
    answers: deque[int | None] = deque([None, 1, None, 2])
    done = []

    def claim() -> int | None:
        if not answers:
            return None
        answer = answers.popleft()
        if answer is None:
            raise ConnectionError
        return answer

    async def do(number: int) -> None:
        done.append(number)
        raise ValueError

    monkeypatch.setattr(pump, "PAUSE", 0.05)
    # Drawing the traceback of an error can take longer than the second.
    with capture_logs() as logged:
        await run_while(Pump("x", claim, do, at_once=1), 1)
    assert done == [1, 2]
    assert [entry["event"] for entry in logged] == ["queue_does_not_answer", "work_failed"] * 2


async def test_what_is_under_way_may_end() -> None:
    waiting, done = deque([1]), []

    async def do(number: int) -> None:
        await asyncio.sleep(0.5)
        done.append(number)

    await run_while(Pump("x", lambda: waiting.popleft() if waiting else None, do, at_once=1), 0.2)
    assert done == [1]


async def test_the_loop_does_not_wait_for_the_database() -> None:
    blocked = threading.Event()

    async def do(_: int) -> None:
        pass

    def claim() -> None:
        blocked.wait(2)

    running = asyncio.create_task(Pump("x", claim, do, at_once=1).run())
    before = asyncio.get_running_loop().time()
    await asyncio.sleep(0.1)
    assert asyncio.get_running_loop().time() - before < 1
    blocked.set()
    running.cancel()
