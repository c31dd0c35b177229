"""How long a text message is one process's: as long as that lives, and hardly longer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.channels.sms.in_process import NUMBER, SERVICE
from videohjelp.channels.sms import service as service_module
from videohjelp.channels.sms.providers.console import ConsoleProvider
from videohjelp.channels.sms.service import LEASE, SmsService
from videohjelp.coordination.locks import NoLocks
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.queue import LostLeaseError

#: Within which a patient hears from another process: design, and docs/chaos.md.
PROMISED = timedelta(seconds=10)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmsService:
    monkeypatch.setenv("VIDEOHJELP_DATABASE_URL", f"sqlite:///{tmp_path / 'sms.db'}")
    return SmsService(ConsoleProvider(), NoLocks())


def claimed(service: SmsService) -> InboxMessage:
    sender = service.phone_ids.candidates(NUMBER)
    number = service.phone_ids.encrypt(NUMBER)
    service.stores.inbox.accept(
        provider="console",
        provider_message_id="M1",
        service_number=SERVICE,
        sender_ids=sender,
        number=number,
        text="Hei",
        received_at=service.stores.now(),
    )
    message = service._claim()
    assert message is not None
    return message


async def test_a_slow_worker_keeps_its_message(
    service: SmsService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "KEPT_AFTER", 0.1)
    message = claimed(service)
    after_lease = service.stores.now() + LEASE
    async with service._kept(message):
        await asyncio.sleep(1.0)
        assert service.stores.inbox.claim(after_lease, LEASE) is None


async def test_the_message_of_a_process_that_was_killed_is_soon_another_ones(
    service: SmsService,
) -> None:
    message = claimed(service)
    again = service.stores.inbox.claim(service.stores.now() + LEASE, LEASE)
    assert again is not None
    assert again.id == message.id
    # A pump looks once a second, and an answer takes its time.
    assert LEASE + timedelta(seconds=2) < PROMISED
    with pytest.raises(LostLeaseError):
        service.stores.inbox.keep(message, service.stores.now() + LEASE)
