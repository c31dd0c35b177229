from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy.engine import Engine

from videohjelp.sms.consent import Consent, start, stop
from videohjelp.sms.inbox import InboxMessage

from .messages import LEASE, NOW, NUMBER, OTHER, SECOND, SERVICE, TIMEOUT, Channel

OTHER_SERVICE = "+4757839000"


@pytest.fixture
def consent(engine: Engine) -> Consent:
    return Consent(engine)


def _stop(channel: Channel, *, service_number: str = SERVICE, number: str = NUMBER) -> InboxMessage:
    """The patient writes STOPP and gets the confirmation."""
    channel.receive("STOPP", number=number, service_number=service_number)
    change = partial(
        stop, service_number=service_number, sender_id=channel.ids.sender_id(number), now=NOW
    )
    return channel.handle(["bekreftelse"], changes=[change])


def test_each_pair_has_an_opt_out_of_its_own(channel: Channel, consent: Consent) -> None:
    sender_id = _stop(channel).sender_id
    assert consent.opted_out(SERVICE, sender_id)
    assert not consent.opted_out(OTHER_SERVICE, sender_id)
    assert not consent.opted_out(SERVICE, channel.ids.sender_id(OTHER))
    assert consent.count() == 1
    _stop(channel, service_number=OTHER_SERVICE)
    assert consent.count() == 2


def test_it_survives_a_restart(channel: Channel, engine: Engine, consent: Consent) -> None:
    sender_id = _stop(channel).sender_id
    engine.dispose()
    assert Consent(engine).opted_out(SERVICE, sender_id)


def test_stopping_and_starting_tell_whether_anything_changed(
    channel: Channel, engine: Engine, consent: Consent
) -> None:
    sender_id = channel.ids.sender_id(NUMBER)
    with engine.begin() as connection:
        said = [
            start(connection, SERVICE, sender_id),
            stop(connection, SERVICE, sender_id, NOW),
            stop(connection, SERVICE, sender_id, NOW + SECOND),
            start(connection, SERVICE, sender_id),
            start(connection, SERVICE, sender_id),
            stop(connection, SERVICE, sender_id, NOW),
        ]
    assert said == [False, True, False, True, False, True]
    assert consent.opted_out(SERVICE, sender_id)


def test_an_opt_out_holds_if_its_confirmation_holds(channel: Channel, consent: Consent) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("on purpose")

    channel.receive("STOPP")
    sender_id = channel.ids.sender_id(NUMBER)
    change = partial(stop, service_number=SERVICE, sender_id=sender_id, now=NOW)
    with pytest.raises(RuntimeError):
        channel.handle(["bekreftelse"], changes=[change, fail])
    assert not consent.opted_out(SERVICE, sender_id)
    assert channel.outbox.counts() == {}


def test_nothing_comes_after_the_confirmation(channel: Channel, consent: Consent) -> None:
    channel.receive(at=NOW - SECOND)
    channel.handle(["1", "2"], at=NOW - SECOND)
    channel.receive(number=OTHER, at=NOW - SECOND)
    channel.handle(["andre"], at=NOW - SECOND)
    on_its_way = channel.outgoing()
    _stop(channel)
    assert channel.outbox.counts() == {"taken": 1, "dropped": 1, "waiting": 2}
    # "1" was not taken by the provider: it is not tried again. "2" had not been tried.
    channel.outbox.retry(on_its_way, NOW, TIMEOUT)
    assert [message.text for message in channel.send_all()] == ["andre", "bekreftelse"]
    assert channel.outbox.counts() == {"dropped": 2, "sent": 2}
    assert channel.numbers_kept() == 0


def test_what_was_to_be_tried_again_still_is_for_others(channel: Channel) -> None:
    channel.receive()
    channel.handle(["1"])
    message = channel.outgoing()
    channel.outbox.retry(message, NOW, TIMEOUT)
    assert channel.outbox.claim(NOW, LEASE) is not None
