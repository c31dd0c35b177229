"""After everything the channel can do, the patient's number is nowhere in clear."""

from __future__ import annotations

import io
import logging
import re
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Engine

from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact
from videohjelp.sms.answers import Option
from videohjelp.sms.consent import Consent, start, stop
from videohjelp.sms.dead_letters import CannotResendError, DeadLetters
from videohjelp.sms.inbox import InboxMessage, NotStoredError
from videohjelp.sms.limits import Limits, Verdict
from videohjelp.sms.outbox import Reply
from videohjelp.sms.phone_ids import PhoneIds, UnreadableNumberError
from videohjelp.sms.queue import LostLeaseError
from videohjelp.sms.reports import Delivery, Reports
from videohjelp.sms.retention import Retention
from videohjelp.sms.sessions import Session, Sessions, save
from videohjelp.sms.tables import Change, metadata

from .messages import LEASE, NOW, NUMBER, PROVIDER, SECOND, SERVICE, TIMEOUT, Channel

#: "99887766" with anything but letters and digits between its digits.
SHOWN = re.compile(rb"[^0-9a-zA-Z]{0,3}".join(str(d).encode() for d in NUMBER.removeprefix("+47")))
TEXT = "Ring meg på 998 87 766 eller +4799887766, rom 123456"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged by anybody, down to the database's own result rows."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, database = logging.getLogger(), logging.getLogger("sqlalchemy.engine")
    before = (root.level, database.level)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    database.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before[0])
    database.setLevel(before[1])


def _live(channel: Channel, shown: list[object]) -> None:
    """Everything that can happen to a patient's messages; what could be shown is collected."""
    engine = channel.engine
    sessions = Sessions(engine, pause=timedelta(days=1))
    limits = Limits(engine, messages=20, window=timedelta(minutes=10), daily_segments=100)
    retention = Retention(
        engine, numbers=timedelta(days=3), messages=timedelta(days=30), limit_window=timedelta(1)
    )
    for nth, text in enumerate((TEXT, "MER", "STOPP", "START", TEXT)):
        # Some gateways have the number in their ids.
        channel.receive(redact(text, own_numbers()), message_id=f"4799887766-{nth} {TEXT}")
    for nth, consent in enumerate((None, None, stop, start, None)):
        message = channel.claimed()
        own = message.sender_id
        found = sessions.load(message)
        shown += [message, found, limits.verdict(message)]
        kept = Session(found.conversation_id, False, "nn", (Option("Ja", "/affirm"),), ("Side",))
        changes: list[Change] = [partial(save, sender_id=own, session=kept, received_at=NOW)]
        if consent is stop:
            changes.append(
                partial(stop, service_number=SERVICE, sender_id=own, now=NOW + nth * SECOND)
            )
        elif consent is start:
            changes.append(partial(start, service_number=SERVICE, sender_id=own))
        reply = Reply(f"Svar {nth}", 1)
        channel.inbox.finish(message, [reply], NOW + nth * SECOND, changes=changes)
        shown.append(reply)
    later = NOW + 10 * SECOND
    tried = channel.outgoing(later)
    channel.outbox.retry(tried, later, TIMEOUT)
    given_up = channel.outgoing(later)
    channel.outbox.dead(given_up, "HTTP 400")
    letters = DeadLetters(engine)
    shown += [tried, given_up, *letters.all()]
    letters.resend(given_up.id, later)
    channel.outgoing(later)
    uncertain = channel.outbox.uncertain(later + LEASE, LEASE)
    assert uncertain is not None
    channel.outbox.dead(uncertain, "uncertain")
    assert len(channel.send_all(later)) == 2
    Reports(engine).note(PROVIDER, "PM1", Delivery.FAILED, NOW, "30003")
    channel.receive(redact(TEXT, own_numbers()))  # and it stays unanswered
    shown += [channel.inbox.counts(), channel.outbox.counts(), limits.counts(NOW)]
    shown += [Consent(engine).count(), channel.ids, retention.delete_old(NOW)]


def _errors(channel: Channel, done: InboxMessage) -> str:
    """What the errors of the stores show, their causes included."""
    shown: list[str] = []
    failing: tuple[Callable[[], object], ...] = (
        lambda: channel.ids.sender_id("99887766#"),
        lambda: channel.ids.decrypt("99887766"),
        lambda: PhoneIds(["another-key-" * 4]).decrypt(channel.ids.encrypt(NUMBER)),
        lambda: channel.inbox.retry(done, NOW, TIMEOUT),
        lambda: DeadLetters(channel.engine).resend(4711, NOW),
        lambda: channel.receive(service_number=None),  # type: ignore[arg-type]
    )
    for fail in failing:
        try:
            fail()
        except (
            ValueError,
            UnreadableNumberError,
            LostLeaseError,
            CannotResendError,
            NotStoredError,
            sa.exc.SQLAlchemyError,
        ) as error:
            # What a log may show: the errors of the chain, not the lines of code of this test.
            trace: traceback.TracebackException | None
            trace = traceback.TracebackException.from_exception(error)
            while trace is not None:
                shown += trace.format_exception_only()
                trace = trace.__cause__ or (
                    None if trace.__suppress_context__ else trace.__context__
                )
    assert len(shown) >= len(failing)
    return "\n".join(shown)


def test_the_pattern_finds_a_number_in_any_form() -> None:
    for form in (b"99887766", b"+4799887766", b"998 87 766", b"99-88-77-66"):
        assert SHOWN.search(b"x" + form)
    assert not SHOWN.search(b"99887755")


def test_the_number_is_nowhere(
    channel: Channel, engine: Engine, tmp_path: Path, logged: io.StringIO
) -> None:
    shown: list[object] = []
    log = structlog.get_logger("videohjelp.sms")
    _live(channel, shown)
    errors = _errors(channel, next(one for one in shown if isinstance(one, InboxMessage)))
    log.info("shown", shown=shown, errors=errors)
    assert len(logged.getvalue()) > 20_000, "the log has what the database did"
    with engine.connect() as connection:
        rows = str([connection.execute(sa.select(one)).all() for one in metadata.sorted_tables])
    assert channel.ids.sender_id(NUMBER) in rows
    for text in (logged.getvalue(), errors, repr(shown), str(shown), rows):
        assert not SHOWN.search(text.encode())
    if engine.dialect.name == "sqlite":
        files = sorted(tmp_path.glob("test.db*"))
        assert [file.name for file in files] == ["test.db", "test.db-shm", "test.db-wal"]
        content = b"".join(file.read_bytes() for file in files)
        assert channel.ids.sender_id(NUMBER).encode() in content
        assert not SHOWN.search(content)


def test_reprs_hide_even_what_is_encrypted_or_redacted(channel: Channel) -> None:
    shown: list[object] = []
    _live(channel, shown)
    assert not re.search(r"gAAAA|Svar|rom|Side|affirm", repr(shown))
    assert Verdict.ALLOW in shown
