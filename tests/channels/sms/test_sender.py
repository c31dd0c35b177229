"""Sending over real HTTP to a provider that misbehaves, and says so."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from tests.channels.sms.provider_server import TWICE, Behaviour, ProviderServer, refuses
from tests.channels.sms.sending import NUMBER, Sending, twilio
from tests.channels.sms.twilio_calls import PUBLIC_URL, SERVICE
from videohjelp.sms.phone_ids import PhoneIds
from videohjelp.sms.reports import Delivery


async def test_what_twilio_gets(twilio_sending: Sending, provider: ProviderServer) -> None:
    twilio_sending.put("Hei på deg")
    await twilio_sending.work()
    [(_, message)] = provider.calls
    address, _, key = message.pop("StatusCallback").partition("?key=")
    assert message == {"To": NUMBER, "From": SERVICE, "Body": "Hei på deg"}
    assert address == f"{PUBLIC_URL}/webhooks/sms/twilio/status"
    assert len(key) == 32
    assert twilio_sending.stores.outbox.counts() == {"sent": 1}
    assert twilio_sending.stores.reports.state("twilio", "SM1") is Delivery.ACCEPTED


async def test_what_link_gets(link_sending: Sending, provider: ProviderServer) -> None:
    link_sending.put("Hei på deg", service="NO-2333")
    link_sending.put("En til", service="+4759440000")
    await link_sending.work()
    (account, first), (_, second) = provider.calls
    assert account == "Basic dXNlcjpzZWNyZXQ="
    assert len(first.pop("refId")) == 32
    assert first == {
        "platformId": "1",
        "platformPartnerId": "2",
        "source": "2333",
        "sourceTON": "SHORTNUMBER",
        "destination": NUMBER,
        "userData": "Hei på deg",
        "useDeliveryReport": True,
        "deliveryReportGates": ["gate"],
        "ignoreResponse": False,
    }
    assert (second["source"], second["sourceTON"]) == ("+4759440000", "MSISDN")


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_it_is_tried_again_with_growing_pauses(
    twilio_sending: Sending, provider: ProviderServer, status: int
) -> None:
    provider.script.extend([refuses(status)] * 2)
    twilio_sending.put("Hei", "På deg")
    await twilio_sending.work()
    await twilio_sending.work(after=3.9)
    assert len(provider.calls) == 1
    await twilio_sending.work(after=0.2)
    await twilio_sending.work(after=7.8)
    assert len(provider.calls) == 2
    await twilio_sending.work(after=0.3)
    assert provider.texts() == ["Hei", "På deg"], "in order"


@pytest.mark.parametrize(
    ("header", "seconds"), [("30", 30), ("Mon, 23 Nov 2026 08:15:20 GMT", 20), ("soon", 4)]
)
async def test_it_waits_as_long_as_it_is_asked_to(
    twilio_sending: Sending, provider: ProviderServer, header: str, seconds: float
) -> None:
    provider.script.append(refuses(429, Retry_After=header))
    twilio_sending.put("Hei")
    await twilio_sending.work()
    await twilio_sending.work(after=seconds - 1)
    assert provider.texts() == []
    await twilio_sending.work(after=1.1)
    assert provider.texts() == ["Hei"]


async def test_it_is_given_up_in_the_end_and_can_be_sent_again(
    twilio_sending: Sending, provider: ProviderServer
) -> None:
    provider.script.extend([refuses(500)] * 4)
    twilio_sending.put("Hei")
    for _ in range(5):
        await twilio_sending.work(after=61)
    assert twilio_sending.dead() == ["HTTP 500"]
    [letter] = twilio_sending.stores.dead_letters.all()
    twilio_sending.stores.dead_letters.resend(letter.id, datetime.now(timezone.utc))
    await twilio_sending.work()
    assert provider.texts() == ["Hei"]
    assert twilio_sending.dead() == []


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (refuses(400, b'{"code": 21610, "message": "+4799887766"}'), "HTTP 400 (21610)"),
        (refuses(401), "HTTP 401"),
        (refuses(302, Location="http://127.0.0.1:1/"), "HTTP 302"),
    ],
)
async def test_what_will_not_get_better_is_tried_once(
    twilio_sending: Sending, provider: ProviderServer, behaviour: Behaviour, error: str
) -> None:
    provider.script.append(behaviour)
    twilio_sending.put("Hei", "På deg")
    await twilio_sending.work()
    assert twilio_sending.dead() == [error]
    assert provider.texts() == ["På deg"]


async def test_an_answer_that_comes_twice(
    twilio_sending: Sending, provider: ProviderServer
) -> None:
    provider.script.append(TWICE)
    twilio_sending.put("Hei", "På deg")
    await twilio_sending.work()
    for _ in range(2):
        await twilio_sending.work(after=61)
    assert provider.texts() == ["Hei", "På deg"]
    assert twilio_sending.stores.outbox.counts() == {"sent": 2}


async def test_nobody_listens(twilio_sending: Sending, provider: ProviderServer) -> None:
    twilio_sending.put("Hei")
    gone = twilio("http://127.0.0.1:9")
    twilio_sending.use(gone)
    await twilio_sending.work()
    assert twilio_sending.stores.outbox.counts() == {"waiting": 1}
    twilio_sending.use(twilio_sending.carrier)
    await twilio_sending.work(after=10)
    assert provider.texts() == ["Hei"]
    await gone.aclose()


async def test_a_number_encrypted_with_a_key_that_is_gone(
    twilio_sending: Sending, provider: ProviderServer
) -> None:
    twilio_sending.put("Hei")
    twilio_sending.use(twilio_sending.carrier, PhoneIds(["another-key-" * 3]))
    await twilio_sending.work()
    assert twilio_sending.dead() == ["unreadable number"]
    assert provider.calls == []
