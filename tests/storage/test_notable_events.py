"""What staff may want to look at is noted as it is stored, found without reading it all, and goes
with the conversation."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.storage import schema
from videohjelp.storage.conversation_rows import ConversationRows
from videohjelp.storage.deletion import delete_conversations
from videohjelp.storage.engine import create_engine
from videohjelp.storage.notable_events import Note, newest_notes, note_of, with_case
from videohjelp.storage.tables import notable_events

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)


def wrote(text: str, intent: str, confidence: float, **more: Any) -> dict[str, Any]:
    """What a patient wrote, as Rasa's JSON."""
    parsed = {"intent": {"name": intent, "confidence": confidence}}
    moment = NOW.timestamp()
    return {"event": "user", "text": text, "timestamp": moment, "parse_data": parsed, **more}


def slot(name: str, value: object) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value, "timestamp": NOW.timestamp()}


NOT_UNDERSTOOD = wrote("gnurf", "nlu_fallback", 0.3)
IN_DOUBT = wrote("rommet da", "room_number", 0.41)
HANDED_OVER = slot("case_code", "F7J-RRXK")
EVENTS: list[tuple[dict[str, Any], Note | None]] = [
    (NOT_UNDERSTOOD, "fallback"),
    (wrote("hvem vant kampen", "out_of_scope", 0.95), "fallback"),
    (IN_DOUBT, "doubt"),
    (wrote("romnummer", "room_number", 0.5), None),
    (wrote("/out_of_scope", "out_of_scope", 1.0), None),
    (wrote("", "nlu_fallback", 0.0), None),
    (wrote("Noe annet", "out_of_scope", 1.0, metadata={"shown": "Noe annet"}), None),
    (HANDED_OVER, "handoff"),
    (slot("case_code", None), None),
    (slot("device", "F7J-RRXK"), None),
    ({"event": "bot", "text": "nlu_fallback", "timestamp": 1.0}, None),
]


@pytest.fixture
def engine(database_url: str) -> Engine:
    """A database with the tables of now."""
    return schema.open_database(database_url)


@pytest.mark.parametrize(("event", "note"), EVENTS)
def test_what_is_notable(event: dict[str, Any], note: str | None) -> None:
    assert note_of(event) == note


def test_the_newest_first_and_only_those_that_are_asked_for(engine: Engine) -> None:
    rows = ConversationRows(engine)
    for name, days in (("oldest", 8), ("old", 2), ("new", 1)):
        moment = (NOW - timedelta(days=days)).timestamp()
        events = [{**one, "timestamp": moment + place} for place, (one, _) in enumerate(EVENTS)]
        rows.append(name, 0, events, None)
    found = list(newest_notes(engine, NOW - timedelta(days=7), ("doubt", "handoff")))
    assert [(sender, place) for _, sender, place in found] == [
        ("new", 7), ("new", 2), ("old", 7), ("old", 2),
    ]  # fmt: skip
    assert found[0][0] == (NOW - timedelta(days=1)).timestamp() + 7
    assert list(newest_notes(engine, NOW, ["fallback"])) == []


def test_a_second_turn_is_noted_at_its_place_and_all_goes_with_the_conversation(
    engine: Engine,
) -> None:
    rows = ConversationRows(engine)
    rows.append("mine", 0, [NOT_UNDERSTOOD], None)
    rows.append("mine", 1, [IN_DOUBT, HANDED_OVER], None)
    rows.append("other", 0, [slot("case_code", "97J-XXTM")], None)
    assert with_case(engine, "F7J-RRXK") == "mine"
    delete_conversations(engine, ["mine"])
    assert with_case(engine, "F7J-RRXK") is None
    assert with_case(engine, "97J-XXTM") == "other"
    assert [sender for _, sender, _ in newest_notes(engine, NOW, ("fallback", "handoff"))] == [
        "other"
    ]


def test_what_is_stored_already_is_noted_by_the_migration(database_url: str) -> None:
    """More than it reads at once."""
    engine = create_engine(database_url)
    schema.upgrade(engine)
    rows = ConversationRows(engine)
    for number in range(40):
        rows.append(f"web-{number}", 0, [event for event, _ in EVENTS] * 10, None)
    with engine.connect() as connection:
        query = sa.select(notable_events).order_by(*notable_events.primary_key.columns)
        noted = connection.execute(query).all()
    assert len(noted) == 40 * 10 * 4
    schema.downgrade(engine, "0002")
    assert not sa.inspect(engine).has_table("notable_events")
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(query).all() == noted
    engine.dispose()
