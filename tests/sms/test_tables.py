from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.sms.inbox import Inbox
from videohjelp.sms.outbox import Outbox
from videohjelp.sms.tables import inbox, storable


def test_sqlite_writes_what_was_acknowledged_to_the_disk(engine: Engine) -> None:
    Inbox(engine)
    Outbox(engine)
    if engine.dialect.name != "sqlite":
        return
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_an_id_is_never_used_twice(engine: Engine) -> None:
    row = {
        "provider": "console",
        "service_number": "+4755975000",
        "sender_id": "sms-a",
        "message_key": "key",
        "received_at": sa.func.now(),
        "available_at": sa.func.now(),
    }
    ids = []
    for _ in range(2):
        with engine.begin() as connection:
            ids.append(connection.execute(sa.insert(inbox).values(row)).inserted_primary_key[0])
            connection.execute(sa.delete(inbox))
    assert ids[0] < ids[1]


def test_texts_as_databases_take_them() -> None:
    assert storable("æøå 🙂 \x00\udcff\n") == "æøå 🙂 ?\n"
