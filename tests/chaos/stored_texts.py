"""What the telephones have got: read from the outbox, as the simulated telephone does."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from videohjelp.sms.phone_ids import PhoneIds
from videohjelp.sms.tables import OPEN, SENT, outbox
from videohjelp.storage.tables import conversation_events

#: The key of tests/server_process.py.
KEY = "only-for-tests-only-for-tests-only"
#: Seconds between two looks.
LOOK = 0.2


class StoredTexts:
    """Looks into a database again and again; while it is away nothing is new."""

    def __init__(self, database_url: str) -> None:
        """Takes the database's own address, without what stands before it for the servers."""
        self._engine = sa.create_engine(database_url, pool_pre_ping=True)
        self._ids = PhoneIds([KEY])
        self._replies: dict[str, dict[int, str]] = defaultdict(dict)

    def replies(self, number: str) -> list[str]:
        """What was sent to a number, in order."""
        found = self._replies[self._ids.sender_id(number)]
        return [found[one] for one in sorted(found)]

    async def look_forever(self) -> None:
        """Keeps `replies` current."""
        while True:
            await asyncio.to_thread(self.look)
            await asyncio.sleep(LOOK)

    def look(self) -> None:
        """Reads what is new. An id that is lower may be committed later: some are read again."""
        seen = max((max(one, default=0) for one in self._replies.values()), default=0)
        columns = outbox.c
        query = sa.select(columns.id, columns.sender_id, columns.text).where(columns.id > seen - 50)
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(query).all()
        except SQLAlchemyError:
            return
        for row in rows:
            self._replies[row.sender_id][row.id] = row.text

    def turns(self, number: str) -> list[str]:
        """The patient's words in the stored conversations with a number, in order."""
        events = conversation_events.c
        query = (
            sa.select(events.data)
            .where(events.sender_id.startswith(f"{self._ids.sender_id(number)}-", autoescape=True))
            .order_by(events.sender_id, events.position)
        )
        with self._engine.connect() as connection:
            found = [json.loads(row.data) for row in connection.execute(query)]
        said = [one for one in found if one["event"] == "user"]
        return [(one.get("metadata") or {}).get("shown") or one["text"] for one in said]

    def open(self) -> int:
        """How many messages are still to be sent."""
        query = sa.select(sa.func.count()).where(outbox.c.state.in_(OPEN))
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def not_sent(self) -> list[str]:
        """Why messages were not sent, one for each."""
        query = sa.select(outbox.c.state, outbox.c.error).where(outbox.c.state != SENT)
        with self._engine.connect() as connection:
            return [f"{row.state}, {row.error}" for row in connection.execute(query)]

    def close(self) -> None:
        """Closes the connections."""
        self._engine.dispose()
