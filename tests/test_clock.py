from __future__ import annotations

from datetime import timedelta

import time_machine

from videohjelp.clock import OSLO, now


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
