"""Whoever was counted once is forgotten: nothing grows with the conversations there ever were."""

from __future__ import annotations

import threading
import time

import pytest
from limits import RateLimitItemPerSecond
from limits.strategies import MovingWindowRateLimiter

from videohjelp.coordination import memory_windows
from videohjelp.coordination.memory_windows import ForgettingMemory

ONE_A_SECOND = RateLimitItemPerSecond(1)


def test_a_window_that_is_over_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_windows, "FORGET_EVERY", 0.1)
    memory = ForgettingMemory()
    limiter = MovingWindowRateLimiter(memory)
    for number in range(200):
        assert limiter.hit(ONE_A_SECOND, "message", str(number))
    deadline = time.monotonic() + 10
    while len(memory.events) > 2:
        assert time.monotonic() < deadline, f"{len(memory.events)} are still known"
        time.sleep(0.1)
        limiter.hit(ONE_A_SECOND, "message", "the last one")
    assert len(memory.locks) <= 2


def test_a_window_that_is_not_over_still_counts() -> None:
    memory = ForgettingMemory()
    limiter = MovingWindowRateLimiter(memory)
    assert limiter.hit(ONE_A_SECOND, "message", "a")
    memory.forget()
    assert not limiter.hit(ONE_A_SECOND, "message", "a")


def test_a_window_in_use_keeps_only_what_counts() -> None:
    memory = ForgettingMemory()
    for _ in range(3):
        assert memory.acquire_entry("a", 3, 1)
    assert not memory.acquire_entry("a", 3, 1)
    time.sleep(1.05)
    assert memory.acquire_entry("a", 3, 1)
    assert len(memory.events["a"]) == 1


def test_a_hit_starts_no_thread() -> None:
    memory = ForgettingMemory()
    time.sleep(0.1)  # the library's own first look
    threads = threading.active_count()
    for number in range(20):
        memory.acquire_entry(str(number), 3, 60)
    assert threading.active_count() <= threads
