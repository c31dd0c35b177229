"""What still needs which of the keys in VIDEOHJELP_SMS_SECRET_KEYS, and encryption with the newest.

A number is encrypted again with the newest key; an id is a hash and stays what it is, until what it
stands in is deleted by age. A key that nothing needs can be taken out of the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.sms.phone_ids import PhoneIds, UnreadableNumberError
from videohjelp.sms.tables import inbox, opt_outs, outbox, senders


@dataclass(frozen=True)
class KeyUse:
    """What needs one key. place: 1 the newest. key_id: as it stands in the ids; it hides the key.

    numbers: encrypted with it. messages: rows that go by age. opt_outs: that stay until START.
    """

    place: int
    key_id: str
    numbers: int
    messages: int
    opt_outs: int

    @property
    def is_needed(self) -> bool:
        """Whether something would be lost without it."""
        return self.place == 1 or bool(self.numbers or self.messages or self.opt_outs)


class NumberKeys:
    """The use of the keys in a database."""

    def __init__(self, engine: Engine, phone_ids: PhoneIds) -> None:
        """Takes the database, whose tables are made when they are missing, and the keys."""
        self._engine = engine
        self._phone_ids = phone_ids

    def encrypt_again(self) -> int:
        """Encrypts with the newest key what is encrypted with an older one; gives how many.

        Others may work on the rows meanwhile: one that changed is left for the next time, as is
        what no key reads. Raises SQLAlchemyError when the database is away.
        """
        changed = 0
        for table in (inbox, outbox):
            for row_id, number in self._numbers(table):
                try:
                    if self._phone_ids.place_of(number) == 1:
                        continue
                    again = self._phone_ids.encrypt(self._phone_ids.decrypt(number))
                except UnreadableNumberError:
                    continue
                change = (
                    sa.update(table)
                    .where(table.c.id == row_id, table.c.number == number)
                    .values(number=again)
                )
                with self._engine.begin() as connection:
                    changed += int(connection.execute(change).rowcount)
        return changed

    def uses(self) -> tuple[KeyUse, ...]:
        """What needs each of the keys, the newest first."""
        places = [
            self._phone_ids.place_of(number)
            for table in (inbox, outbox)
            for _, number in self._numbers(table)
        ]
        return tuple(
            KeyUse(
                place=place,
                key_id=key_id,
                numbers=places.count(place),
                messages=sum(self._with_id(one, key_id) for one in (inbox, outbox, senders)),
                opt_outs=self._with_id(opt_outs, key_id),
            )
            for place, key_id in enumerate(self._phone_ids.key_ids, start=1)
        )

    def unreadable(self) -> int:
        """How many numbers none of the keys reads."""
        numbers = (number for table in (inbox, outbox) for _, number in self._numbers(table))
        return sum(self._phone_ids.place_of(number) is None for number in numbers)

    def _numbers(self, table: sa.Table) -> Iterable[Any]:
        query = sa.select(table.c.id, table.c.number).where(table.c.number.isnot(None))
        with self._engine.connect() as connection:
            return list(connection.execute(query))

    def _with_id(self, table: sa.Table, key_id: str) -> int:
        begins = table.c.sender_id.like(f"sms-{key_id}-%")
        query = sa.select(sa.func.count()).select_from(table).where(begins)
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)
