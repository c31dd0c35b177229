from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy.engine import Engine

from videohjelp.sms.consent import stop
from videohjelp.sms.dead_letters import CannotResendError, DeadLetter, DeadLetters
from videohjelp.sms.inbox import InboxMessage

from .messages import NOW, NUMBER, SECOND, SERVICE, Channel


@pytest.fixture
def letters(engine: Engine) -> DeadLetters:
    return DeadLetters(engine)


def _given_up(channel: Channel, texts: tuple[str, ...] = ("Svar",)) -> InboxMessage:
    channel.receive()
    message = channel.handle(texts)
    for _ in texts:
        channel.outbox.dead(channel.outgoing(), "HTTP 400")
    return message


def test_they_are_listed_the_newest_first(channel: Channel, letters: DeadLetters) -> None:
    assert letters.all() == ()
    sender_id = _given_up(channel, ("1", "2")).sender_id
    newest, oldest = letters.all()
    assert newest.id > oldest.id
    assert newest == DeadLetter(
        id=newest.id,
        created_at=NOW,
        provider="console",
        service_number=SERVICE,
        sender_id=sender_id,
        segments=1,
        attempts=1,
        error="HTTP 400",
        has_number=True,
    )
    assert letters.all(limit=1) == (newest,)


def test_one_is_sent_again_after_what_came_later(channel: Channel, letters: DeadLetters) -> None:
    _given_up(channel)
    channel.receive()
    channel.handle(["senere"])
    (letter,) = letters.all()
    copy = letters.resend(letter.id, NOW + SECOND)
    assert copy > letter.id
    assert letters.all() == ()
    first, again = channel.send_all(NOW + SECOND)
    assert (first.text, again.text) == ("senere", "Svar")
    assert channel.ids.decrypt(again.number) == NUMBER
    assert again.attempts == 1
    assert channel.numbers_kept() == 0
    assert channel.outbox.counts() == {"resent": 1, "sent": 2}


def test_it_is_sent_again_once(channel: Channel, letters: DeadLetters) -> None:
    _given_up(channel)
    (letter,) = letters.all()
    letters.resend(letter.id, NOW)
    for wrong in (letter.id, letter.id + 1, 4711):
        with pytest.raises(CannotResendError):
            letters.resend(wrong, NOW)
    assert channel.outbox.counts() == {"resent": 1, "waiting": 1}


def test_not_to_somebody_who_wants_no_messages(channel: Channel, letters: DeadLetters) -> None:
    message = _given_up(channel)
    channel.receive("STOPP")
    channel.handle([], changes=[partial(stop, service_number=SERVICE,
                                        sender_id=message.sender_id, now=NOW)])  # fmt: skip
    (letter,) = letters.all()
    with pytest.raises(CannotResendError, match="opted out"):
        letters.resend(letter.id, NOW)
    assert letters.all() == (letter,)
