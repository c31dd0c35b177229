from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from datetime import datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import StatementError

from videohjelp.sms import sessions
from videohjelp.sms.inbox import MAX_ATTEMPTS, Inbox, NotStoredError
from videohjelp.sms.limits import Verdict
from videohjelp.sms.outbox import Reply
from videohjelp.sms.phone_ids import PhoneIds
from videohjelp.sms.queue import LostLeaseError
from videohjelp.sms.sessions import Session
from videohjelp.sms.tables import inbox as table
from videohjelp.sms.tables import senders

from .messages import LEASE, NOW, NUMBER, OTHER, PROVIDER, SECOND, SERVICE, TIMEOUT, Channel


def test_a_message_comes_out_as_it_went_in(channel: Channel) -> None:
    assert channel.receive("Får ikkje lyd")
    message = channel.claimed()
    assert (message.text, message.provider, message.service_number) == (
        "Får ikkje lyd",
        PROVIDER,
        SERVICE,
    )
    assert channel.ids.decrypt(message.number) == NUMBER
    assert message.sender_id == channel.ids.sender_id(NUMBER)
    assert message.received_at == NOW
    assert message.attempts == 1


def test_each_message_of_a_provider_is_taken_in_once(channel: Channel) -> None:
    assert channel.receive("Hei", message_id="SM1")
    assert not channel.receive("Hei", message_id="SM1")
    channel.handle()
    assert not channel.receive("Hei", message_id="SM1"), "nor when it is answered"
    assert channel.inbox.counts() == {"done": 1}
    assert channel.outbox.counts() == {"waiting": 1}


def test_providers_may_use_the_same_ids(channel: Channel) -> None:
    def accept(provider: str) -> bool:
        return channel.inbox.accept(
            provider=provider,
            provider_message_id="1",
            service_number=SERVICE,
            sender_ids=channel.ids.candidates(NUMBER),
            number=channel.ids.encrypt(NUMBER),
            text="Hei",
            received_at=NOW,
        )

    assert [accept(one) for one in ("twilio", "gateway", "twilio")] == [True, True, False]


def test_any_id_and_any_text_can_be_stored(channel: Channel) -> None:
    assert channel.receive("null\x00byte \ud800 🙂", message_id="x" * 5000 + "\ud800\x00")
    assert channel.claimed().text == "nullbyte ? 🙂"
    assert not channel.receive("", message_id="x" * 5000 + "\ud800\x00")


def test_a_mistake_that_is_no_repetition_is_raised(channel: Channel) -> None:
    with pytest.raises(NotStoredError) as raised:
        channel.inbox.accept(
            provider=PROVIDER,
            provider_message_id="SM1",
            service_number=None,  # type: ignore[arg-type]
            sender_ids=channel.ids.candidates(NUMBER),
            number=channel.ids.encrypt(NUMBER),
            text="hemmelig",
            received_at=NOW,
        )
    assert "hemmelig" not in str(raised.value)
    assert raised.value.__suppress_context__, "nor in the trace"
    assert channel.inbox.counts() == {}
    assert channel.receive(message_id="SM1"), "what was not stored is not known"


def test_messages_of_one_number_are_claimed_in_order(channel: Channel) -> None:
    for text in ("1", "2", "3"):
        channel.receive(text)
    channel.receive("andre", number=OTHER)
    first = channel.claimed()
    assert first.text == "1"
    assert channel.claimed().text == "andre", "others do not wait"
    assert channel.inbox.claim(NOW, LEASE) is None, "2 waits for 1"
    channel.inbox.finish(first, [], NOW)
    second = channel.claimed()
    assert second.text == "2"
    channel.inbox.retry(second, NOW + SECOND, TIMEOUT)
    assert channel.inbox.claim(NOW, LEASE) is None, "3 waits for 2, which is not due"
    second = channel.claimed(NOW + SECOND)
    assert (second.text, second.attempts) == ("2", 2)
    channel.inbox.bury(second, [], NOW, TIMEOUT)
    assert channel.claimed().text == "3", "what was given up holds up nobody"


def test_a_message_belongs_to_one_worker_until_its_lease_is_over(channel: Channel) -> None:
    channel.receive()
    slow = channel.claimed()
    assert channel.inbox.claim(NOW + LEASE - SECOND, LEASE) is None
    quick = channel.claimed(NOW + LEASE)
    assert quick.id == slow.id
    assert quick.token != slow.token
    with pytest.raises(LostLeaseError):
        channel.inbox.finish(slow, [Reply("for sent", 1)], NOW)
    with pytest.raises(LostLeaseError):
        channel.inbox.bury(slow, [Reply("for sent", 1)], NOW, TIMEOUT)
    with pytest.raises(LostLeaseError):
        channel.inbox.retry(slow, NOW, TIMEOUT)
    assert channel.outbox.counts() == {}
    channel.inbox.finish(quick, [Reply("Svar", 1)], NOW)
    with pytest.raises(LostLeaseError):
        channel.inbox.finish(quick, [Reply("Svar", 1)], NOW)
    assert channel.outgoing().text == "Svar"
    assert channel.outbox.claim(NOW, LEASE) is None


def test_who_is_late_but_alone_may_finish(channel: Channel) -> None:
    channel.receive()
    message = channel.claimed()
    channel.inbox.finish(message, [Reply("Svar", 1)], NOW + 10 * LEASE)
    assert channel.outbox.counts() == {"waiting": 1}


def test_two_messages_of_one_number_are_stored_one_after_the_other(
    channel: Channel, engine: Engine
) -> None:
    """So that the later one never gets the lower id and is answered while the earlier one is."""
    channel.receive("1")
    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as connection:
            connection.execute(sa.update(senders).values(received_at=NOW))  # as if storing another
            storing = pool.submit(channel.receive, "2")
            with pytest.raises(TimeoutError):
                storing.result(0.5)
        assert storing.result(10)


def test_the_first_two_messages_of_a_number_may_come_at_the_same_moment(
    channel: Channel, engine: Engine
) -> None:
    sender = {"sender_id": channel.ids.sender_id(NUMBER), "received_at": NOW}
    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as connection:
            connection.execute(sa.insert(senders).values(options=[], pages=[], **sender))
            storing = pool.submit(channel.receive)
            with pytest.raises(TimeoutError):
                storing.result(0.5)
        assert storing.result(10)
    assert channel.inbox.counts() == {"waiting": 1}


def test_a_message_may_come_again_while_it_is_answered(channel: Channel) -> None:
    """Both touch the message and its sender; in two orders PostgreSQL would end one of them."""
    channel.receive(message_id="SM-again")
    session = Session(conversation_id="sms-1", is_new=False)
    with ThreadPoolExecutor(1) as pool:

        def brought_again(_connection: Connection) -> None:
            storing.append(pool.submit(channel.receive, message_id="SM-again"))
            with pytest.raises(TimeoutError):
                storing[0].result(0.5)

        storing: list[Future[bool]] = []
        sender_id = channel.ids.sender_id(NUMBER)
        saved = partial(sessions.save, sender_id=sender_id, session=session, received_at=NOW)
        channel.handle(changes=[brought_again, saved])
        assert storing[0].result(10) is False
    assert channel.inbox.counts() == {"done": 1}
    assert len(channel.send_all()) == 1


def test_an_answer_is_all_or_nothing(channel: Channel) -> None:
    def fail(_: Connection) -> None:
        raise RuntimeError("on purpose")

    channel.receive()
    message = channel.claimed()
    with pytest.raises(RuntimeError):
        channel.inbox.finish(
            message,
            [Reply("Svar", 1)],
            NOW,
            changes=[lambda connection: connection.execute(sa.delete(table)), fail],
        )
    assert channel.outbox.counts() == {}
    assert channel.inbox.counts() == {"taken": 1}
    channel.inbox.finish(message, [Reply("Svar", 1)], NOW)
    assert channel.outbox.counts() == {"waiting": 1}


def test_what_ends_its_workers_gets_an_apology_in_the_end(channel: Channel) -> None:
    channel.receive()
    for attempt in range(MAX_ATTEMPTS):
        message = channel.claimed(NOW + attempt * LEASE)
        assert not message.exhausted
    message = channel.claimed(NOW + MAX_ATTEMPTS * LEASE)
    assert message.exhausted
    channel.inbox.bury(message, [Reply("Beklager", 1)], NOW, "x" * 500)
    assert channel.inbox.counts() == {"dead": 1}
    assert channel.outgoing().text == "Beklager"


def test_number_and_text_go_when_the_message_is_closed(channel: Channel, engine: Engine) -> None:
    for _ in range(2):
        channel.receive("noe privat")
    channel.handle(verdict=Verdict.SILENT, replies=())
    channel.inbox.bury(channel.claimed(), [], NOW, TIMEOUT)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.id)).all()
    assert [(row.state, row.number, row.text) for row in rows] == [
        ("done", None, None),
        ("dead", None, None),
    ]
    assert [row.limited for row in rows] == ["silent", None]
    assert channel.numbers_kept() == 0


def test_it_survives_a_restart(channel: Channel, engine: Engine) -> None:
    channel.receive("før")
    engine.dispose()
    again = Inbox(engine)
    message = again.claim(NOW, LEASE)
    assert message is not None
    assert message.text == "før"


def test_who_wrote_before_the_key_was_changed_stays_who_they_are(channel: Channel) -> None:
    old = channel.ids
    channel.receive(number=NUMBER)
    known = channel.handle().sender_id
    channel.ids = PhoneIds(["the-new-key-" * 3, "only-for-tests-" * 3])
    channel.receive(number=NUMBER)
    channel.receive(number=OTHER)
    assert channel.handle().sender_id == known == old.sender_id(NUMBER)
    newcomer = channel.handle().sender_id
    assert newcomer == channel.ids.sender_id(OTHER) != old.sender_id(OTHER)
    assert [channel.ids.decrypt(one.number) for one in channel.send_all()] == [
        NUMBER,
        NUMBER,
        OTHER,
    ]


def test_nothing_of_the_patient_is_shown(channel: Channel) -> None:
    channel.receive("noe privat")
    message = channel.claimed()
    assert "privat" not in repr(message)
    assert message.number not in repr(message)
    assert "Svar" not in repr(Reply("Svar", 1))


def test_times_without_a_zone_are_refused(channel: Channel) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        channel.receive(at=datetime(2026, 11, 23))


def test_a_message_that_comes_from_the_future_waits(channel: Channel) -> None:
    channel.receive(at=NOW + timedelta(minutes=1))
    assert channel.inbox.claim(NOW, LEASE) is None
    assert channel.claimed(NOW + timedelta(minutes=1))
