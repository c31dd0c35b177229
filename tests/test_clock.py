from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
import time_machine

from videohjelp.clock import OSLO, frozen, now


@time_machine.travel("2026-08-20T08:30:00+00:00", tick=False)
def test_it_is_oslo_time_in_summer() -> None:
    assert now().isoformat() == "2026-08-20T10:30:00+02:00"
    assert now().tzinfo is OSLO


@time_machine.travel("2026-12-24T23:30:00+00:00", tick=False)
def test_it_is_oslo_time_in_winter_and_the_next_day() -> None:
    assert now().isoformat() == "2026-12-25T00:30:00+01:00"


@time_machine.travel("2026-10-25T00:30:00+00:00", tick=False)
def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first = now()
    with time_machine.travel("2026-10-25T01:30:00+00:00", tick=False):
        second = now()
    assert first.time() == second.time()
    assert second.timestamp() - first.timestamp() == timedelta(hours=1).total_seconds()


MOMENT = datetime(2026, 12, 22, 13, 0, tzinfo=timezone.utc)


def test_a_frozen_clock_stands_still_and_goes_on_afterwards() -> None:
    with frozen(MOMENT):
        assert now().isoformat() == "2026-12-22T14:00:00+01:00"
        with frozen(None):
            assert now() != MOMENT
        assert now() == MOMENT
    assert now() != MOMENT


async def test_tasks_and_threads_see_the_frozen_clock_and_others_do_not() -> None:
    async def seen() -> datetime:
        await asyncio.sleep(0)
        return now()

    before = asyncio.create_task(seen())
    with frozen(MOMENT):
        assert await asyncio.create_task(seen()) == MOMENT
        assert await asyncio.to_thread(now) == MOMENT
    assert await before != MOMENT


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), frozen(datetime(2026, 12, 22, 14, 0)):
        pass
