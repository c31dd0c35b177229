"""Nobody knows whether the provider took a message: it goes out exactly once all the same."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from tests.channels.sms.provider_server import (
    CLOSED,
    GARBAGE,
    SILENT,
    SILENT_AND_NOT_TAKEN,
    Behaviour,
    ProviderServer,
)
from tests.channels.sms.sending import Sending


@pytest.mark.parametrize("behaviour", [SILENT, CLOSED, GARBAGE, Behaviour(status=502)])
async def test_twilio_is_asked_whether_it_has_it(
    twilio_sending: Sending, provider: ProviderServer, behaviour: Behaviour
) -> None:
    provider.script.append(behaviour)
    twilio_sending.put("Hei")
    await twilio_sending.work()
    assert twilio_sending.stores.outbox.counts() == {"taken": 1}
    await twilio_sending.work(after=61)
    assert twilio_sending.stores.outbox.counts() == {"sent": 1}
    assert provider.texts() == ["Hei"]


async def test_what_it_does_not_have_is_sent_again(
    twilio_sending: Sending, provider: ProviderServer
) -> None:
    provider.script.append(SILENT_AND_NOT_TAKEN)
    twilio_sending.put("Hei")
    await twilio_sending.work()
    await twilio_sending.work(after=61)
    await twilio_sending.work(after=10)
    assert provider.texts() == ["Hei"]
    assert len(provider.calls) == 2


async def test_the_same_text_before_is_another_message(
    twilio_sending: Sending, provider: ProviderServer
) -> None:
    provider.script.extend([Behaviour(), SILENT_AND_NOT_TAKEN])
    twilio_sending.put("Hei", "Hei")
    await twilio_sending.work()
    await twilio_sending.work(after=61)
    await twilio_sending.work(after=10)
    assert provider.texts() == ["Hei", "Hei"]


async def test_it_is_asked_until_it_answers(
    twilio_sending: Sending, provider: ProviderServer
) -> None:
    provider.script.append(SILENT)
    provider.answers_questions = False
    twilio_sending.put("Hei")
    await twilio_sending.work()
    await twilio_sending.work(after=61)
    assert twilio_sending.stores.outbox.counts() == {"taken": 1}
    provider.answers_questions = True
    await twilio_sending.work(after=61)
    assert twilio_sending.stores.outbox.counts() == {"sent": 1}


async def test_link_tells_by_its_report(link_sending: Sending, provider: ProviderServer) -> None:
    provider.script.append(SILENT)
    link_sending.put("Hei", "På deg")
    await link_sending.work()
    [(_, message)] = provider.calls
    link_sending.stores.outbox.sent(message["refId"], "SM1", datetime.now(timezone.utc))
    await link_sending.work()
    assert provider.texts() == ["Hei", "På deg"]


async def test_without_a_report_a_person_decides(
    link_sending: Sending, provider: ProviderServer
) -> None:
    provider.script.append(SILENT)
    link_sending.put("Hei")
    await link_sending.work()
    await link_sending.work(after=299)
    assert link_sending.dead() == []
    await link_sending.work(after=2)
    assert link_sending.dead() == ["uncertain"]
    assert len(provider.calls) == 1, "never sent twice"
