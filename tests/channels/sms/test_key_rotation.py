"""The keys of the numbers are changed while messages come, wait and are sent."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timezone

import pytest
import typer

from tests.channels.sms.provider_server import ProviderServer, refuses
from tests.channels.sms.sending import BACKOFF, NUMBER, Sending
from videohjelp.channels.sms import command
from videohjelp.channels.sms.sender import Sender
from videohjelp.server.retention import encrypt_again
from videohjelp.sms.consent import stop
from videohjelp.sms.keys import NumberKeys
from videohjelp.sms.phone_ids import PhoneIds

OLD, NEW = "the-old-key-" * 3, "the-new-key-" * 3
BEFORE, PREPARED, AFTER = PhoneIds([OLD]), PhoneIds([OLD, NEW]), PhoneIds([NEW, OLD])


@pytest.fixture
def sending(twilio_sending: Sending) -> Sending:
    """A sender that has the old key alone."""
    twilio_sending.ids = BEFORE
    twilio_sending.use(twilio_sending.carrier, BEFORE)
    return twilio_sending


async def test_nothing_stops_while_the_key_is_changed_on_one_server_after_the_other(
    sending: Sending, provider: ProviderServer
) -> None:
    """Two servers on one database, as docs/privacy.md says: the new key last, then first."""
    stores, carrier = sending.stores, sending.carrier
    steps = [(BEFORE, BEFORE), (PREPARED, BEFORE), (PREPARED, PREPARED), (AFTER, PREPARED),
             (AFTER, AFTER)]  # fmt: skip
    written = 0
    for servers in steps:
        for ids in servers:
            sending.ids = ids
            sending.put(*(f"Svar {written + nth}" for nth in range(3)))
            written += 3
        senders = [Sender(stores, carrier, ids, backoff=BACKOFF) for ids in servers]

        async def work(sender: Sender) -> None:
            while (claimed := sender.claim()) is not None:
                await sender.handle(claimed)
                await asyncio.sleep(0)

        # The hourly job runs beside them.
        keys = NumberKeys(stores.engine, servers[0])
        await asyncio.gather(*map(work, senders), encrypt_again(keys))
    await sending.work()
    assert stores.outbox.counts() == {"sent": written}
    assert sorted(provider.texts()) == sorted(f"Svar {nth}" for nth in range(written))
    assert {message["To"] for _, message in provider.calls} == {NUMBER}


async def test_what_waits_under_the_old_key_is_sent_and_encrypted_again(
    sending: Sending, provider: ProviderServer
) -> None:
    provider.script.append(refuses(503))
    sending.put("Skrevet før")
    await sending.work()
    keys = NumberKeys(sending.stores.engine, AFTER)
    assert [(one.numbers, one.is_needed) for one in keys.uses()] == [(0, True), (1, True)]
    sending.use(sending.carrier, AFTER)
    sending.ids = AFTER
    sending.put("Skrevet etter")
    assert [one.numbers for one in keys.uses()] == [1, 1]
    assert await encrypt_again(keys) == 1
    assert [one.numbers for one in keys.uses()] == [2, 0]
    assert await encrypt_again(keys) == 0
    # The number alone no longer needs the old key; the rows do, until they are deleted by age.
    sending.use(sending.carrier, PhoneIds([NEW]))
    await sending.work(after=60)
    assert sorted(provider.texts()) == ["Skrevet etter", "Skrevet før"]
    assert {message["To"] for _, message in provider.calls} == {NUMBER}


def test_a_key_can_be_removed_when_nothing_needs_it(
    sending: Sending, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "_stores", lambda: sending.stores)
    monkeypatch.setattr(command, "phone_ids", lambda: AFTER)

    def verdicts() -> list[str]:
        command.keys()
        lines = capsys.readouterr().out.splitlines()[2:]
        return [re.split(r"  +", line)[-1] for line in lines]

    assert verdicts() == ["in force", "can be removed"]
    sending.put("Hei")
    assert verdicts() == ["in force", "needed"], "its row stands under the old key's id"
    with sending.stores.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sms_outbox")
        stop(
            connection,
            service_number="1987",
            sender_id=BEFORE.sender_id(NUMBER),
            now=datetime.now(timezone.utc),
        )
    assert verdicts() == ["in force", "needed"], "else nobody knows who wrote STOPP"
    with sending.stores.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sms_opt_outs")
    assert verdicts() == ["in force", "can be removed"]


def test_numbers_that_no_key_reads_are_told(
    sending: Sending, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sending.put("Hei")
    monkeypatch.setattr(command, "_stores", lambda: sending.stores)
    monkeypatch.setattr(command, "phone_ids", lambda: PhoneIds([NEW]))
    with pytest.raises(typer.Exit):
        command.keys()
    assert "1 number(s) were encrypted with none of these keys" in capsys.readouterr().err
