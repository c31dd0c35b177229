from __future__ import annotations

import pytest

from videohjelp.sms.queue import LostLeaseError

from .messages import LEASE, NOW, NUMBER, OTHER, SECOND, SERVICE, TIMEOUT, Channel


@pytest.fixture
def filled(channel: Channel) -> Channel:
    """Two parts wait for one patient, one for another."""
    channel.receive(number=NUMBER)
    channel.receive(number=OTHER)
    channel.handle(["1", "2"])
    channel.handle(["andre"])
    return channel


def test_replies_carry_all_that_sending_takes(filled: Channel) -> None:
    message = filled.outgoing()
    assert (message.text, message.segments, message.attempts) == ("1", 1, 1)
    assert (message.provider, message.service_number) == ("console", SERVICE)
    assert filled.ids.decrypt(message.number) == NUMBER
    assert message.created_at == NOW
    assert len(message.key) == 32
    assert message.number not in repr(message)
    assert "text" not in repr(message)


def test_parts_are_sent_in_order(filled: Channel) -> None:
    first = filled.outgoing()
    assert filled.outgoing().text == "andre"
    assert filled.outbox.claim(NOW, LEASE) is None, "2 waits for 1"
    filled.outbox.retry(first, NOW + SECOND, TIMEOUT)
    assert filled.outbox.claim(NOW, LEASE) is None
    first = filled.outgoing(NOW + SECOND)
    assert (first.text, first.attempts) == ("1", 2)
    assert filled.outbox.sent(first.key, "PM1", NOW)
    second = filled.outgoing()
    assert second.text == "2"
    assert second.key != first.key


def test_a_part_that_is_given_up_holds_up_nobody(filled: Channel) -> None:
    filled.outbox.dead(filled.outgoing(), "HTTP 400")
    assert [message.text for message in filled.send_all()] == ["2", "andre"]
    assert filled.outbox.counts() == {"dead": 1, "sent": 2}


def test_the_number_goes_when_the_message_is_sent(filled: Channel) -> None:
    assert filled.numbers_kept() == 3
    filled.send_all()
    assert filled.numbers_kept() == 0


def test_what_a_crash_left_is_never_simply_sent_again(filled: Channel) -> None:
    crashed = filled.outgoing()
    later = NOW + LEASE
    assert filled.outbox.uncertain(later - SECOND, LEASE) is None
    other = filled.outgoing(later)
    assert other.text == "andre"
    assert filled.outbox.sent(other.key, "PM2", later)
    assert filled.outbox.claim(later, LEASE) is None, "neither it nor what comes after it"
    found = filled.outbox.uncertain(later, LEASE)
    assert found is not None
    assert (found.id, found.key) == (crashed.id, crashed.key)
    assert filled.outbox.uncertain(later, LEASE) is None, "one process finds out, not several"
    filled.outbox.postpone(found, later + 2 * LEASE)
    assert filled.outbox.uncertain(later + LEASE, LEASE) is None
    assert filled.outbox.uncertain(later + 2 * LEASE, LEASE) is not None
    with pytest.raises(LostLeaseError):
        filled.outbox.retry(crashed, later, TIMEOUT)
    with pytest.raises(LostLeaseError):
        filled.outbox.dead(crashed, TIMEOUT)


def test_an_uncertain_one_that_the_provider_never_got_is_sent(filled: Channel) -> None:
    filled.outgoing()
    found = filled.outbox.uncertain(NOW + LEASE, LEASE)
    assert found is not None
    filled.outbox.retry(found, NOW + LEASE, "not found at the provider")
    assert filled.outgoing(NOW + LEASE).key == found.key


def test_that_it_was_sent_holds_whoever_says_so(filled: Channel) -> None:
    slow = filled.outgoing()
    found = filled.outbox.uncertain(NOW + LEASE, LEASE)
    assert found is not None
    filled.outbox.retry(found, NOW + LEASE, TIMEOUT)
    # The slow one (or the provider's callback, which has the key) knows better.
    assert filled.outbox.sent(slow.key, "PM1", NOW + LEASE)
    assert not filled.outbox.sent(slow.key, "PM1", NOW + LEASE), "noted already"
    assert not filled.outbox.sent("unknown", "PM1", NOW)
    assert [message.text for message in filled.send_all(NOW + LEASE)] == ["2", "andre"]


def test_who_was_overtaken_by_the_fact_hears_of_it(filled: Channel) -> None:
    message = filled.outgoing()
    assert filled.outbox.sent(message.key, "PM1", NOW)
    with pytest.raises(LostLeaseError):
        filled.outbox.retry(message, NOW, TIMEOUT)
    with pytest.raises(LostLeaseError):
        filled.outbox.dead(message, TIMEOUT)
    with pytest.raises(LostLeaseError):
        filled.outbox.postpone(message, NOW)
    assert filled.outbox.counts() == {"sent": 1, "waiting": 2}
