"""Old conversations and cases are deleted; younger ones stay."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered

from tests.sms.messages import OTHER, Channel
from videohjelp.feedback.store import FeedbackStore, Opinion
from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.reference_code import make_code
from videohjelp.handoff.store import CaseStore
from videohjelp.server import retention
from videohjelp.settings import settings
from videohjelp.sms.retention import Deleted, Retention
from videohjelp.sms.tables import inbox
from videohjelp.staff.looks import AccessLog
from videohjelp.storage.schema import open_database
from videohjelp.storage.tables import conversation_checkpoints, conversation_events
from videohjelp.storage.tracker_store import ConversationStore

NOW = datetime.now(timezone.utc)


@pytest.fixture(autouse=True)
def _own_database(monkeypatch: pytest.MonkeyPatch) -> None:
    # The variable goes before the address a store is given.
    monkeypatch.delenv("VIDEOHJELP_DATABASE_URL", raising=False)


async def said(store: ConversationStore, sender_id: str, days_ago: float) -> None:
    tracker = store.init_tracker(sender_id)
    moment = NOW - timedelta(days=days_ago)
    tracker.update(UserUttered("hei", timestamp=moment.timestamp()))
    await store.save(tracker)


async def test_what_the_console_left_is_deleted_though_it_is_off(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'staff.db'}"
    store = ConversationStore(Domain.empty(), database_url=url)
    log = AccessLog(store.engine)
    for days in (1000, 1):
        log.note("kari", [f"conversation-{days}"], "review", NOW - timedelta(days=days))
    assert not settings().staff_console
    await retention.delete_old(store)
    left = log.since(NOW - timedelta(days=2000))
    assert [look.subject for look in left] == ["conversation-1"]


async def test_what_is_older_than_the_setting_is_deleted(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    store, cases = (
        ConversationStore(Domain.empty(), database_url=url),
        CaseStore(open_database(url)),
    )
    await said(store, "old", 31)
    await said(store, "young", 29)
    old = HandoffCase(make_code(), NOW - timedelta(days=31), "no_sound")
    young = HandoffCase(make_code(), NOW - timedelta(days=29), "no_sound")
    for case in (old, young):
        cases.save(case)

    opinions = FeedbackStore(store.engine)
    for conversation, days in (("old", 31), ("young", 29)):
        opinions.save(Opinion(conversation, 0, "up", NOW - timedelta(days=days)))

    deleted = await retention.delete_old(store)
    assert (deleted["conversations"], deleted["cases"]) == (1, 1)

    assert [len(opinions.ratings(name)) for name in ("old", "young")] == [0, 1]

    assert await store.keys() == ["young"]
    assert (cases.get(old.code), cases.get(young.code)) == (None, young)
    with store.engine.connect() as connection:
        for table in (conversation_events, conversation_checkpoints):
            query = sa.select(sa.func.count()).where(table.c.sender_id == "old")
            assert connection.execute(query).scalar() == 0


async def test_a_conversation_that_went_on_is_kept_whole(tmp_path: Path) -> None:
    store = ConversationStore(Domain.empty(), database_url=f"sqlite:///{tmp_path / 'a.db'}")
    await said(store, "long", 40)
    tracker = await store.retrieve("long")
    assert tracker is not None
    tracker.update(UserUttered("hei igjen", timestamp=NOW.timestamp()))
    await store.save(tracker)

    assert (await retention.delete_old(store))["conversations"] == 0

    whole = await store.retrieve_full_tracker("long")
    assert whole is not None
    assert len(whole.events) == 2


async def test_text_messages_and_numbers_are_deleted_too(tmp_path: Path) -> None:
    channel = Channel(open_database(f"sqlite:///{tmp_path / 'sms.db'}"))
    channel.receive(at=NOW - timedelta(days=4))
    channel.receive(at=NOW - timedelta(days=2), number=OTHER)
    messages = Retention(
        channel.engine,
        numbers=timedelta(days=3),
        messages=timedelta(days=30),
        limit_window=timedelta(minutes=10),
    )
    assert await retention.delete_old_messages(messages) == Deleted(numbers=1, messages=0)
    assert channel.numbers_kept(inbox) == 1
