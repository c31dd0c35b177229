from __future__ import annotations

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import SessionStarted

from tests.storage.conversations import play
from videohjelp.storage.tables import conversation_checkpoints, conversation_events
from videohjelp.storage.tracker_store import ConversationStore


async def test_all_conversations_with_one_sender_and_nobody_elses(
    store: ConversationStore,
) -> None:
    for sender_id in ("sms-a-b-1", "sms-a-b-22", "sms-a-bc-1", "SMS-A-B-1", "sms-aXb-1", "web-1"):
        await play(store, sender_id, "hei", SessionStarted())
    with store.engine.connect() as connection:
        query = sa.select(sa.func.count()).select_from(conversation_checkpoints)
        assert connection.execute(query).scalar() == 6
    assert await store.delete_beginning_with("sms-a-b-") == 2
    assert sorted(await store.keys()) == ["SMS-A-B-1", "sms-a-bc-1", "sms-aXb-1", "web-1"]
    deleted = ("sms-a-b-1", "sms-a-b-22")
    with store.engine.connect() as connection:
        for table in (conversation_events, conversation_checkpoints):
            query = sa.select(sa.func.count()).where(table.c.sender_id.in_(deleted))
            assert connection.execute(query).scalar() == 0
    assert await store.delete_beginning_with("sms-a-b-") == 0


@pytest.mark.parametrize("prefix", ["sms%", "sms_a", "s\\", "sms/a"])
async def test_signs_mean_themselves(store: ConversationStore, prefix: str) -> None:
    await play(store, "sms-a-1", "hei")
    await play(store, f"{prefix}1", "hei")
    assert await store.delete_beginning_with(prefix) == 1
    assert await store.keys() == ["sms-a-1"]
