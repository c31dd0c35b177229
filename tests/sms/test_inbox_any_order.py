"""Any order of messages, workers, crashes and late workers: what always holds of the inbox."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.outbox import Reply
from videohjelp.sms.queue import LostLeaseError
from videohjelp.sms.tables import outbox
from videohjelp.storage.schema import open_database

from .messages import LEASE, NOW, TIMEOUT, Channel

NUMBERS = ("+4799887701", "+4799887702", "+4799887703")


@dataclass
class Expected:
    """What the test knows of a message. due: when it may be claimed (again)."""

    number: str
    text: str
    due: timedelta
    closed: bool = False


@dataclass
class Held:
    """A claim of a worker; it counts only while it is the message's last one."""

    message: InboxMessage
    expected: Expected
    counts: bool = field(default=True)


class AnyOrder(RuleBasedStateMachine):
    """The inbox, beside a plain list that says how it must behave."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.channel = Channel(open_database(f"sqlite:///{Path(self.folder.name) / 'sms.db'}"))
        self.passed = timedelta()
        self.expected: list[Expected] = []
        self.held: list[Held] = []
        self.answers: list[tuple[str, str]] = []

    def teardown(self) -> None:
        if hasattr(self, "channel"):
            self.channel.engine.dispose()
            self.folder.cleanup()

    @rule(number=st.sampled_from(NUMBERS), again=st.booleans())
    def receive(self, number: str, again: bool) -> None:
        text = str(len(self.expected))
        at = NOW + self.passed
        assert self.channel.receive(text, number=number, message_id=text, at=at)
        if again:
            assert not self.channel.receive(text, number=number, message_id=text, at=at)
        self.expected.append(Expected(number, text, self.passed))

    @rule(seconds=st.sampled_from([1, 30, 60, 61]))
    def wait(self, seconds: int) -> None:
        self.passed += timedelta(seconds=seconds)

    @rule()
    def claim(self) -> None:
        first = {one.number: one for one in reversed(self.expected) if not one.closed}
        due = [one for one in first.values() if one.due <= self.passed]
        message = self.channel.inbox.claim(NOW + self.passed, LEASE)
        if message is None:
            assert not due
            return
        wanted = min(due, key=lambda one: int(one.text))
        assert message.text == wanted.text
        assert self.channel.ids.decrypt(message.number) == wanted.number
        for held in self.held:
            held.counts &= held.expected is not wanted
        self.held.append(Held(message, wanted))
        wanted.due = self.passed + LEASE

    @precondition(lambda self: self.held)
    @rule(data=st.data(), end=st.sampled_from(["finish", "bury", "retry"]))
    def end(self, data: st.DataObject, end: str) -> None:
        held = data.draw(st.sampled_from(self.held))
        message, expected, now = held.message, held.expected, NOW + self.passed
        reply = Reply(f"svar {expected.text}", 1)
        try:
            if end == "finish":
                self.channel.inbox.finish(message, [reply], now)
            elif end == "bury":
                self.channel.inbox.bury(message, [reply], now, TIMEOUT)
            else:
                self.channel.inbox.retry(message, now, TIMEOUT)
        except LostLeaseError:
            assert not held.counts
            return
        assert held.counts, "a worker that was overtaken changed something"
        held.counts = False
        if end == "retry":
            expected.due = self.passed
        else:
            expected.closed = True
            self.answers.append((message.sender_id, reply.text))

    @invariant()
    def answers_are_those_expected(self) -> None:
        if not hasattr(self, "channel"):
            return
        with self.channel.engine.connect() as connection:
            query = sa.select(outbox.c.sender_id, outbox.c.text).order_by(outbox.c.id)
            assert [tuple(row) for row in connection.execute(query)] == self.answers
        for number in NUMBERS:
            sender_id = self.channel.ids.sender_id(number)
            own = [int(text.split()[1]) for sender, text in self.answers if sender == sender_id]
            assert own == sorted(set(own))


AnyOrder.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyOrder = AnyOrder.TestCase
