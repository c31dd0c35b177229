"""What was put into a queue before its clock was set back, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from sqlalchemy.engine import Engine

from tests.sms.messages import Channel
from videohjelp.sms import queue_clock
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.queue_clock import QueueClock
from videohjelp.sms.tables import inbox
from videohjelp.storage.moment import database_now

LEASE = timedelta(seconds=7)
FAST = timedelta(hours=3)
RIGHT = datetime(2026, 10, 25, 0, 59, tzinfo=timezone.utc)


class Clocked:
    """A queue whose clock is three hours fast, until it is set."""

    def __init__(self, channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
        self.channel = channel
        self._time = RIGHT + FAST
        # Both databases' clocks: PostgreSQL's own cannot be set here.
        monkeypatch.setattr(queue_clock, "database_now", lambda _: self._time)
        monkeypatch.setattr(queue_clock, "monotonic", lambda: 0.0)
        self.clock = QueueClock(channel.engine, inbox, LEASE)
        self.clock.now()

    def set(self, moment: datetime) -> None:
        self._time = moment

    def claim(self) -> InboxMessage | None:
        return self.channel.inbox.claim(self.clock.now(), LEASE)


@pytest.fixture
def clocked(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> Clocked:
    return Clocked(channel, monkeypatch)


def test_a_message_that_waited_is_answered_at_once(clocked: Clocked) -> None:
    assert clocked.channel.receive(at=RIGHT + FAST)
    clocked.set(RIGHT)
    assert clocked.claim() is not None


def test_what_is_put_in_by_a_turn_that_began_before_is_answered_at_once(clocked: Clocked) -> None:
    clocked.set(RIGHT)
    assert clocked.claim() is None
    assert clocked.channel.receive(at=RIGHT + FAST)
    assert clocked.claim() is not None


def test_a_message_of_a_process_that_was_killed_is_free_after_its_lease(clocked: Clocked) -> None:
    assert clocked.channel.receive(at=RIGHT + FAST)
    assert clocked.claim() is not None
    clocked.set(RIGHT)
    assert clocked.claim() is None, "whoever has it may be at it still"
    clocked.set(RIGHT + LEASE)
    assert clocked.claim() is not None


def test_a_new_process_looks_as_well(clocked: Clocked) -> None:
    assert clocked.channel.receive(at=RIGHT + FAST)
    clocked.set(RIGHT)
    clocked.clock = QueueClock(clocked.channel.engine, inbox, LEASE)
    assert clocked.claim() is not None


def test_what_is_due_a_little_later_stays(clocked: Clocked) -> None:
    assert clocked.channel.receive(at=RIGHT + FAST)
    message = clocked.claim()
    assert message is not None
    clocked.channel.inbox.retry(message, RIGHT + FAST + timedelta(seconds=2), "Kind")
    assert clocked.claim() is None
    clocked.set(RIGHT + FAST + timedelta(seconds=2))
    assert clocked.claim() is not None


def test_machines_whose_clocks_differ_have_the_databases(engine: Engine) -> None:
    with time_machine.travel(RIGHT, tick=False):
        found = database_now(engine)
    is_own = engine.dialect.name == "sqlite"
    assert (found == RIGHT) is is_own
    assert found.tzinfo is not None


def test_a_kept_message_is_nobody_elses(clocked: Clocked) -> None:
    inbox_of = clocked.channel.inbox
    assert clocked.channel.receive(at=RIGHT)
    message = inbox_of.claim(RIGHT, LEASE)
    assert message is not None
    inbox_of.keep(message, RIGHT + 2 * LEASE)
    assert inbox_of.claim(RIGHT + LEASE, LEASE) is None
    assert inbox_of.claim(RIGHT + 2 * LEASE, LEASE) is not None
