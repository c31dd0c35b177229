from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.sms import tables
from videohjelp.sms.consent import Consent, stop
from videohjelp.sms.dead_letters import CannotResendError, DeadLetters
from videohjelp.sms.limits import Limits, Verdict
from videohjelp.sms.outbox import Reply
from videohjelp.sms.phone_ids import PhoneIds
from videohjelp.sms.queue import LostLeaseError
from videohjelp.sms.reports import Delivery, Reports
from videohjelp.sms.retention import Deleted, Retention
from videohjelp.sms.sessions import Session, Sessions, save

from .messages import LEASE, NOW, NUMBER, OTHER, SECOND, SERVICE, Channel

NUMBERS, MESSAGES, WINDOW = timedelta(days=3), timedelta(days=30), timedelta(minutes=10)


@pytest.fixture
def retention(engine: Engine) -> Retention:
    return Retention(engine, numbers=NUMBERS, messages=MESSAGES, limit_window=WINDOW)


def _answered(channel: Channel, number: str = NUMBER, at: datetime = NOW) -> str:
    """A whole turn: answered, sent, delivered, session kept. Gives the sender id."""
    channel.receive("Hei", number=number, at=at)
    message = channel.claimed(at)
    session = Session(f"{message.sender_id}-{message.id}", is_new=False, language="nn")
    keep = partial(save, sender_id=message.sender_id, session=session, received_at=at)
    channel.inbox.finish(message, [Reply("Svar", 2)], at, changes=[keep])
    outgoing = channel.outgoing(at)
    channel.outbox.sent(outgoing.key, f"PM{outgoing.id}", at)
    Reports(channel.engine).note("console", f"PM{outgoing.id}", Delivery.DELIVERED, at)
    return message.sender_id


def _delete_me(channel: Channel, at: datetime = NOW) -> None:
    channel.receive("SLETT", at=at, message_id=f"SLETT{at}")
    message = channel.claimed(at)
    channel.inbox.finish(message, [Reply("Slettet", 1)], at, forget=True)


def _rows(engine: Engine, table: sa.Table) -> list[dict[str, object]]:
    with engine.connect() as connection:
        query = sa.select(table).order_by(*table.primary_key)
        return [dict(row) for row in connection.execute(query).mappings()]


def _everything(engine: Engine) -> str:
    return "\n".join(str(_rows(engine, table)) for table in tables.metadata.sorted_tables)


def test_numbers_whose_reply_cannot_be_sent_are_deleted(
    channel: Channel, retention: Retention, engine: Engine
) -> None:
    for text in ("sent", "given up", "being sent", "waiting"):
        channel.receive(text, number=f"+479988770{len(text) % 10}")
    for _ in range(4):
        channel.handle()
    sent, dead, being_sent = (channel.outgoing() for _ in range(3))
    channel.outbox.sent(sent.key, "PM1", NOW)
    channel.outbox.dead(dead, "HTTP 400")
    for _ in range(2):
        channel.receive("never answered", number=OTHER)
    being_answered = channel.claimed()
    assert retention.delete_old(NOW + NUMBERS).numbers == 0
    assert channel.numbers_kept() == 3
    assert retention.delete_old(NOW + NUMBERS + SECOND) == Deleted(numbers=5, messages=0)
    assert channel.numbers_kept() + channel.numbers_kept(tables.inbox) == 0
    assert channel.outbox.counts() == {"sent": 1, "dead": 3}
    assert channel.inbox.counts() == {"done": 4, "dead": 2}
    # Whoever still worked on them can do no harm, and nobody gets them any more.
    with pytest.raises(LostLeaseError):
        channel.inbox.finish(being_answered, [Reply("Svar", 1)], NOW)
    with pytest.raises(LostLeaseError):
        channel.outbox.retry(being_sent, NOW, "timeout")
    assert channel.inbox.claim(NOW + MESSAGES, LEASE) is None
    assert channel.outbox.claim(NOW + MESSAGES, LEASE) is None
    assert channel.outbox.uncertain(NOW + MESSAGES, LEASE) is None
    letters = DeadLetters(engine)
    assert not any(letter.has_number for letter in letters.all())
    with pytest.raises(CannotResendError):
        letters.resend(letters.all()[0].id, NOW)


def test_old_rows_are_deleted_and_opt_outs_are_not(
    channel: Channel, retention: Retention, engine: Engine
) -> None:
    old = _answered(channel)
    channel.receive("STOPP")
    channel.handle([], changes=[partial(stop, service_number=SERVICE, sender_id=old, now=NOW)])
    _answered(channel, OTHER, NOW + timedelta(days=1))
    assert retention.delete_old(NOW + MESSAGES).messages == 0
    # Two messages, a reply, its report, and the sender.
    assert retention.delete_old(NOW + MESSAGES + SECOND).messages == 5
    assert [len(_rows(engine, table)) for table in tables.metadata.sorted_tables] == [1] * 5
    assert Consent(engine).opted_out(SERVICE, old)
    assert old not in _everything(engine).replace(str(_rows(engine, tables.opt_outs)), "")


def test_an_opt_out_is_found_when_all_else_is_deleted_and_the_key_is_changed(
    channel: Channel, retention: Retention, engine: Engine
) -> None:
    sender_id = _answered(channel)
    with engine.begin() as connection:
        stop(connection, SERVICE, sender_id, NOW)
    later = NOW + MESSAGES + SECOND
    retention.delete_old(later)
    assert _rows(engine, tables.inbox) == _rows(engine, tables.senders) == []
    channel.ids = PhoneIds(["the-new-key-" * 3, "only-for-tests-" * 3])
    channel.receive(at=later)
    assert Consent(engine).opted_out(SERVICE, channel.claimed(later).sender_id)


def test_after_slett_nothing_of_the_sender_is_left_but_the_opt_out(
    channel: Channel, retention: Retention, engine: Engine
) -> None:
    other = _answered(channel, OTHER)
    sender_id = _answered(channel)
    with engine.begin() as connection:
        stop(connection, SERVICE, sender_id, NOW)
    later = NOW + timedelta(days=2)
    _delete_me(channel, later)
    assert [message.text for message in channel.send_all(later)] == ["Slettet"]
    messages = _rows(engine, tables.inbox)
    assert [row["sender_id"] for row in messages] == [other, "", sender_id]
    retention.delete_old(later + timedelta(hours=25) + SECOND)
    kept_opt_outs = str(_rows(engine, tables.opt_outs))
    assert sender_id in kept_opt_outs
    assert sender_id not in _everything(engine).replace(kept_opt_outs, "")
    for row in _rows(engine, tables.outbox)[1:] + _rows(engine, tables.inbox)[1:]:
        assert {row[name] for name in ("number", "text")} == {None}
        assert row.get("provider_message_id") is None
    assert [row["provider_message_id"] for row in _rows(engine, tables.reports)] == ["PM1"]
    assert [row["sender_id"] for row in _rows(engine, tables.senders)] == [other]
    assert _rows(engine, tables.outbox)[0]["text"] == "Svar", "others' stay"


def test_slett_delivered_twice_is_answered_once(channel: Channel) -> None:
    _delete_me(channel)
    assert not channel.receive("SLETT", message_id=f"SLETT{NOW}")


def test_what_was_written_after_slett_is_answered_in_a_new_conversation(
    channel: Channel, engine: Engine
) -> None:
    sessions = Sessions(engine, pause=timedelta(days=1))
    sender_id = _answered(channel)
    channel.receive("SLETT")
    channel.receive("Hei igjen")
    message = channel.claimed()
    channel.inbox.finish(message, [], NOW, forget=True)
    assert [row["forgotten"] for row in _rows(engine, tables.inbox)] == [True, True, False]
    after = channel.claimed()
    assert (after.text, after.sender_id) == ("Hei igjen", sender_id)
    session = sessions.load(after)
    assert session == Session(f"{sender_id}-{after.id}", is_new=True)
    channel.inbox.finish(after, [Reply("Svar", 1)], NOW)
    assert [message.text for message in channel.send_all()] == ["Svar"]


def test_a_reply_on_its_way_is_sent_and_then_forgotten(
    channel: Channel, retention: Retention, engine: Engine
) -> None:
    channel.receive()
    channel.handle(["på vei"])
    on_its_way = channel.outgoing()
    _delete_me(channel)
    assert channel.outbox.sent(on_its_way.key, "PM1", NOW)
    retention.delete_old(NOW)
    row = _rows(engine, tables.outbox)[0]
    assert (row["sender_id"], row["text"], row["provider_message_id"]) == ("", None, None)
    assert [message.text for message in channel.send_all()] == ["Slettet"]


def test_slett_is_no_way_around_the_limits(channel: Channel, engine: Engine) -> None:
    limits = Limits(engine, messages=2, window=WINDOW, daily_segments=100)
    verdicts = []
    for _ in range(4):
        channel.receive("SLETT")
        message = channel.claimed()
        verdict = limits.verdict(message)
        verdicts.append(verdict)
        replies = [] if verdict is Verdict.SILENT else [Reply("Slettet", 1)]
        channel.inbox.finish(message, replies, NOW, verdict=verdict, forget=True)
    assert verdicts == [Verdict.ALLOW, Verdict.ALLOW, Verdict.TELL_ONCE, Verdict.SILENT]
    channel.send_all()
    assert limits.counts(NOW) == {"told": 1, "silent": 1, "segments": 3}
