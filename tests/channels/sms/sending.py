"""A sender with an outbox of its own, and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import time_machine

from tests.channels.sms.twilio_calls import ACCOUNT, PUBLIC_URL, SERVICE, TOKEN
from videohjelp.backoff import Backoff
from videohjelp.channels.sms.providers.base import Provider
from videohjelp.channels.sms.providers.linkmobility import LinkMobilityProvider
from videohjelp.channels.sms.providers.twilio import TwilioProvider
from videohjelp.channels.sms.sender import Sender
from videohjelp.channels.sms.stores import make_stores
from videohjelp.settings import settings
from videohjelp.sms import outbox
from videohjelp.sms.outbox import Reply
from videohjelp.sms.phone_ids import PhoneIds

NUMBER = "+4799887766"
START = datetime(2026, 11, 23, 8, 15, tzinfo=timezone.utc)
#: Without chance: 4, 8, 16 … seconds.
BACKOFF = Backoff(base_seconds=4, cap_seconds=60, max_attempts=4, uniform=lambda _, high: high)


class Sending:
    """A sender with an outbox of its own; the clock stands still unless it is moved."""

    def __init__(self, folder: Path, carrier: Provider, clock: time_machine.Traveller) -> None:
        url = f"sqlite:///{folder / 'sms.db'}"
        self.stores = make_stores(settings().copy(update={"database_url": url}))
        self.ids = PhoneIds(["only-for-tests-" * 3])
        self.carrier = carrier
        self.clock = clock
        self.use(carrier)

    def use(self, carrier: Provider, ids: PhoneIds | None = None) -> None:
        """From now on another provider or other keys are used, as after a restart."""
        self.sender = Sender(self.stores, carrier, ids or self.ids, backoff=BACKOFF)

    def put(self, *texts: str, service: str = SERVICE) -> None:
        with self.stores.engine.begin() as connection:
            for text in texts:
                outbox.add(
                    connection,
                    Reply(text, 1),
                    provider=self.carrier.name,
                    service_number=service,
                    sender_id=self.ids.sender_id(NUMBER),
                    number=self.ids.encrypt(NUMBER),
                    now=datetime.now(timezone.utc),
                )

    async def work(self, after: float = 0.0) -> None:
        """Moves the clock by seconds, then does all that is due."""
        self.clock.shift(timedelta(seconds=after))
        while (claimed := self.sender.claim()) is not None:
            await self.sender.handle(claimed)

    def dead(self) -> list[str]:
        return [letter.error for letter in self.stores.dead_letters.all()]


def twilio(url: str) -> Provider:
    """Twilio at an address."""
    return TwilioProvider(account_sid=ACCOUNT, auth_token=TOKEN, public_url=PUBLIC_URL, api_url=url)


def linkmobility(url: str) -> Provider:
    """LINK Mobility at an address."""
    return LinkMobilityProvider(
        api_url=url,
        username="user",
        password="secret",
        platform_id="1",
        partner_id="2",
        gate_id="gate",
        callback_username="link",
        callback_password="back",
    )


@asynccontextmanager
async def sending(folder: Path, carrier: Provider) -> AsyncIterator[Sending]:
    """A sender through a provider, at START."""
    with time_machine.travel(START, tick=False) as clock:
        yield Sending(folder, carrier, clock)
    await carrier.aclose()
