from __future__ import annotations

import asyncio

import pytest

from videohjelp.channels.web.turns import LateError, Turns

LONG = 5.0


async def test_work_of_one_conversation_is_done_in_order() -> None:
    turns = Turns(LONG)
    done: list[str] = []

    async def work(name: str, pause: float) -> str:
        done.append(f"{name} begins")
        await asyncio.sleep(pause)
        done.append(f"{name} ends")
        return name

    given = await asyncio.gather(
        turns.run("web-a", lambda: work("first", 0.05)),
        turns.run("web-a", lambda: work("second", 0.0)),
        turns.run("web-b", lambda: work("other", 0.0)),
    )
    assert list(given) == ["first", "second", "other"]
    own = [line for line in done if "other" not in line]
    assert own == ["first begins", "first ends", "second begins", "second ends"]
    assert done.index("other ends") < done.index("first ends")


async def test_what_takes_too_long_goes_on() -> None:
    turns, finished = Turns(0.01), asyncio.Event()

    async def slow() -> None:
        await asyncio.sleep(0.05)
        finished.set()

    with pytest.raises(LateError):
        await turns.run("web-a", slow)
    await asyncio.wait_for(finished.wait(), LONG)


async def test_the_next_message_waits_for_what_was_late() -> None:
    turns, release = Turns(0.05), asyncio.Event()
    done: list[str] = []

    async def late() -> None:
        await release.wait()
        done.append("late")

    async def next_one() -> None:
        done.append("next")

    with pytest.raises(LateError):
        await turns.run("web-a", late)
    with pytest.raises(LateError):
        await turns.run("web-a", next_one)
    assert done == []
    release.set()
    await turns.run("web-a", next_one)
    assert done == ["late", "next", "next"]


async def test_work_goes_on_when_whoever_asked_has_gone() -> None:
    turns, finished = Turns(LONG), asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0.05)
        finished.set()

    asking = asyncio.create_task(turns.run("web-a", work))
    await asyncio.sleep(0.01)
    asking.cancel()
    await asyncio.wait_for(finished.wait(), LONG)


async def test_an_error_reaches_whoever_asked_and_nobody_else() -> None:
    turns = Turns(LONG)

    async def broken() -> None:
        raise ValueError("broken")

    async def sound() -> str:
        return "sound"

    with pytest.raises(ValueError, match="broken"):
        await turns.run("web-a", broken)
    assert await turns.run("web-a", sound) == "sound"


async def test_the_same_message_sent_again_meanwhile_is_the_same_work() -> None:
    turns, release = Turns(0.05), asyncio.Event()
    begun: list[str] = []

    async def work() -> str:
        begun.append("work")
        await release.wait()
        return "answer"

    for _ in range(3):
        with pytest.raises(LateError):
            await turns.run("web-a", work, "m-1")
    asyncio.get_running_loop().call_later(0.01, release.set)
    assert await turns.run("web-a", work, "m-1") == "answer"
    assert begun == ["work"]


async def test_what_nobody_can_come_back_for_ends_with_the_patience() -> None:
    turns, ended = Turns(0.05), asyncio.Event()

    async def slow() -> None:
        try:
            await asyncio.sleep(LONG)
        finally:
            ended.set()

    with pytest.raises(LateError):
        await turns.in_time(slow())
    assert ended.is_set()
