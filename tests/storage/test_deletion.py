from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import SessionStarted, SlotSet
from sqlalchemy.engine import Engine

from tests.storage.conversations import play
from videohjelp.feedback.store import FeedbackStore, Opinion
from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.reference_code import make_code
from videohjelp.handoff.solved import SolvedCases
from videohjelp.handoff.store import CaseStore
from videohjelp.retention.kept_tables import all_tables
from videohjelp.storage.deletion import delete_quiet
from videohjelp.storage.tables import conversation_checkpoints, conversation_events
from videohjelp.storage.tracker_store import ConversationStore

NOW = datetime(2026, 11, 23, 8, 15, tzinfo=timezone.utc)


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


async def test_a_conversation_goes_from_every_table_with_its_case_and_opinions(
    store: ConversationStore,
) -> None:
    cases, opinions = CaseStore(store.engine), FeedbackStore(store.engine)
    codes = {}
    for sender_id in ("web-mine", "web-other"):
        case = cases.save(HandoffCase(make_code(), NOW, "no_sound"))
        codes[sender_id] = case.code
        SolvedCases(store.engine).mark(case.code, "lise", NOW)
        await play(store, sender_id, "hei", SessionStarted(), SlotSet("case_code", case.code))
        opinions.save(Opinion(sender_id, 1, "down", NOW, comment="hjalp ikke"))
    assert await store.delete("web-mine") > 0
    left = _rows(store.engine)
    assert "web-mine" not in left
    assert codes["web-mine"] not in left
    assert "web-other" in left
    assert left.count(codes["web-other"]) == 5, (
        "the case, its delivery, that it is solved, the slot, and that it is notable"
    )


async def test_by_age_the_case_stays_as_long_as_its_own_time_says(
    store: ConversationStore,
) -> None:
    case = CaseStore(store.engine).save(HandoffCase(make_code(), NOW, "no_sound"))
    await play(store, "web-a", "hei", SlotSet("case_code", case.code))
    opinions = FeedbackStore(store.engine)
    opinions.save(Opinion("web-a", 1, "up", NOW))
    assert list(delete_quiet(store.engine, NOW + timedelta(days=1000))) == [1]
    assert await store.keys() == []
    assert opinions.ratings("web-a") == {}
    assert CaseStore(store.engine).get(case.code) == case


def test_very_many_go_some_at_a_time_and_the_young_stay(store: ConversationStore) -> None:
    old, young = NOW - timedelta(days=31), NOW - timedelta(days=29)
    rows = [
        {
            "sender_id": f"web-{number:04}",
            "position": place,
            "timestamp": at.timestamp(),
            "data": "",
        }
        for number in range(450)
        # Every tenth went on.
        for place, at in enumerate((old, young if number % 10 == 0 else old))
    ]
    with store.engine.begin() as connection:
        connection.execute(sa.insert(conversation_events), rows)
    steps = delete_quiet(store.engine, NOW - timedelta(days=30))
    assert next(steps) == 180
    # Another connection writes in between.
    with store.engine.begin() as connection:
        late = {"sender_id": "web-0441", "position": 2, "timestamp": NOW.timestamp(), "data": ""}
        connection.execute(sa.insert(conversation_events).values(late))
    assert list(steps) == [180, 44]
    with store.engine.connect() as connection:
        query = sa.select(conversation_events.c.sender_id).distinct()
        left = sorted(connection.execute(query).scalars())
    assert left == sorted([*(f"web-{number:04}" for number in range(0, 450, 10)), "web-0441"])
    assert list(delete_quiet(store.engine, NOW - timedelta(days=30))) == [0]


def _rows(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(
            [connection.execute(sa.select(one)).all() for one in all_tables() if _is(engine, one)]
        )


def _is(engine: Engine, table: sa.Table) -> bool:
    return bool(sa.inspect(engine).has_table(table.name))
