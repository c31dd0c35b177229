"""Messages for the tests of the stores, and short ways to put them in and take them out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.sms.inbox import Inbox, InboxMessage
from videohjelp.sms.limits import Verdict
from videohjelp.sms.outbox import Outbox, OutgoingMessage, Reply
from videohjelp.sms.phone_ids import PhoneIds
from videohjelp.sms.tables import Change, outbox

NOW = datetime(2026, 11, 23, 8, 15, tzinfo=timezone.utc)
LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
SERVICE = "+4755975000"
NUMBER = "+4799887766"
OTHER = "+4799887755"
PROVIDER = "console"
#: An error that no test means to see twice.
TIMEOUT = "timeout"


class Channel:
    """Inbox and outbox of one database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.inbox = Inbox(engine)
        self.outbox = Outbox(engine)
        self.ids = PhoneIds(["only-for-tests-" * 3])
        self._numbered = itertools.count(1)

    def receive(
        self,
        text: str = "Hei",
        *,
        number: str = NUMBER,
        at: datetime = NOW,
        message_id: str | None = None,
        service_number: str = SERVICE,
    ) -> bool:
        """A message comes from the provider; unless given, its id is one that was not used."""
        return self.inbox.accept(
            provider=PROVIDER,
            provider_message_id=message_id or f"SM{next(self._numbered)}",
            service_number=service_number,
            sender_ids=self.ids.candidates(number),
            number=self.ids.encrypt(number),
            text=text,
            received_at=at,
        )

    def claimed(self, at: datetime = NOW) -> InboxMessage:
        """The next message, which must be there."""
        message = self.inbox.claim(at, LEASE)
        assert message is not None
        return message

    def handle(
        self,
        replies: Iterable[str] = ("Svar",),
        *,
        at: datetime = NOW,
        verdict: Verdict = Verdict.ALLOW,
        changes: Iterable[Change] = (),
    ) -> InboxMessage:
        """The next message is answered."""
        message = self.claimed(at)
        self.inbox.finish(
            message, [Reply(text, 1) for text in replies], at, verdict=verdict, changes=changes
        )
        return message

    def outgoing(self, at: datetime = NOW) -> OutgoingMessage:
        """The next message to send, which must be there."""
        message = self.outbox.claim(at, LEASE)
        assert message is not None
        return message

    def send_all(self, at: datetime = NOW) -> list[OutgoingMessage]:
        """Everything that is due is sent."""
        sent = []
        while (message := self.outbox.claim(at, LEASE)) is not None:
            assert self.outbox.sent(message.key, f"PM{message.id}", at)
            sent.append(message)
        return sent

    def numbers_kept(self, table: sa.Table = outbox) -> int:
        """How many rows of a table have a number."""
        query = sa.select(sa.func.count()).where(table.c.number.isnot(None))
        with self.engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)
