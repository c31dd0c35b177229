"""The messages staff should look at, out of conversations as the tracker store writes them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from videohjelp.review.doubtful import doubtful_messages
from videohjelp.storage.conversation_rows import ConversationRows
from videohjelp.storage.schema import open_database

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)


@pytest.fixture
def engine(database_url: str) -> Engine:
    """An empty database."""
    return open_database(database_url)


def write(engine: Engine, text: str, intent: str, confidence: float, days_ago: float = 0) -> None:
    """Stores one message as Rasa's event of it."""
    moment = (NOW - timedelta(days=days_ago)).timestamp()
    ranking = [{"name": intent, "confidence": confidence}, {"name": "no_sound", "confidence": 0.2}]
    event: dict[str, Any] = {
        "event": "user",
        "timestamp": moment,
        "text": text,
        "parse_data": {
            "intent": {"name": intent, "confidence": confidence},
            "intent_ranking": ranking,
        },
    }
    rows = ConversationRows(engine)
    rows.append("somebody", rows.next_position("somebody"), [event], None)


def found(engine: Engine, **options: Any) -> list[str]:
    """The texts found within a week."""
    since = NOW - timedelta(days=7)
    return [one.text for one in doubtful_messages(engine, since, **options)]


def test_what_was_not_answered_and_what_is_in_doubt(engine: Engine) -> None:
    write(engine, "sikker", "pin_code", 0.97)
    write(engine, "ikke forstått", "nlu_fallback", 0.35)
    write(engine, "ikke vårt", "out_of_scope", 0.9)
    write(engine, "i tvil", "room_number", 0.41)
    assert sorted(found(engine)) == ["i tvil", "ikke forstått", "ikke vårt"]


def test_the_newest_come_first_and_each_text_once(engine: Engine) -> None:
    write(engine, "gammel", "nlu_fallback", 0.3, days_ago=3)
    write(engine, "ny", "nlu_fallback", 0.3, days_ago=1)
    write(engine, "gammel", "nlu_fallback", 0.3, days_ago=2)
    assert found(engine) == ["ny", "gammel"]
    assert found(engine, limit=1) == ["ny"]


def test_older_ones_and_marked_ones_are_left_out(engine: Engine) -> None:
    write(engine, "for lenge siden", "nlu_fallback", 0.3, days_ago=8)
    write(engine, "merket", "nlu_fallback", 0.3)
    assert found(engine, already_marked={"merket"}) == []


def test_buttons_are_no_messages(engine: Engine) -> None:
    write(engine, "/out_of_scope", "out_of_scope", 1.0)
    assert found(engine) == []


def test_the_likeliest_topics_are_given(engine: Engine) -> None:
    write(engine, "åssen da", "nlu_fallback", 0.3)
    (one,) = doubtful_messages(engine, NOW - timedelta(days=7))
    assert one.topics == ("no_sound",)
    assert one.written_at == NOW


def test_a_database_without_conversations_has_none(engine: Engine) -> None:
    assert found(engine) == []
