"""Which conversations staff are shown, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from videohjelp.feedback.store import FeedbackStore, Opinion
from videohjelp.review.conversations import REASONS, Conversations, Reason
from videohjelp.storage.conversation_rows import ConversationRows
from videohjelp.storage.schema import open_database

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)
WEEK_AGO = NOW - timedelta(days=7)


@pytest.fixture
def engine(database_url: str) -> Engine:
    """An empty database."""
    return open_database(database_url)


def talk(engine: Engine, name: str, hours_ago: float, *messages: tuple[str, str]) -> None:
    """A conversation, each message a minute after the one before. messages: texts and intents."""
    rows = ConversationRows(engine)
    begun = NOW - timedelta(hours=hours_ago)
    for minute, (text, intent) in enumerate(messages):
        moment = (begun + timedelta(minutes=minute)).timestamp()
        parsed = {"intent": {"name": intent, "confidence": 0.9}}
        event = {"event": "user", "text": text, "timestamp": moment, "parse_data": parsed}
        if intent == "handoff":
            event = {"event": "slot", "name": "case_code", "value": text, "timestamp": moment}
        rows.append(name, minute, [event], None)


@pytest.fixture
def conversations(engine: Engine) -> Conversations:
    """Some that went well, and some that did not, for each of the reasons."""
    talk(engine, "well", 1, ("kameraet virker ikke", "camera_not_working"))
    talk(engine, "long-ago", 24 * 8, ("gnurf", "nlu_fallback"))
    talk(engine, "lost", 5, ("gnurf", "nlu_fallback"), ("gnurf igjen", "nlu_fallback"))
    talk(engine, "on", 30, ("Gnurf", "nlu_fallback"), *[("takk", "thanks")] * 60)
    talk(engine, "handed", 3, ("F7J-RRXK", "handoff"))
    for name, hours in (("disliked", 40), ("twice", 20)):
        talk(engine, name, hours, ("hei", "greet"), ("gnurf", "nlu_fallback"))
        moment = NOW - timedelta(hours=hours)
        answer = {"event": "bot", "text": "Jeg forsto ikke.", "timestamp": moment.timestamp()}
        ConversationRows(engine).append(name, 2, [answer], None)
        FeedbackStore(engine).save(Opinion(name, 2, "down", moment))
    return Conversations(engine)


@pytest.mark.parametrize(
    ("reasons", "words", "limit", "found"),
    [
        (REASONS, "", 50, ["handed", "lost", "twice", "on", "disliked"]),
        (REASONS, "", 2, ["handed", "lost"]),
        (("fallback",), "", 50, ["lost", "twice", "on", "disliked"]),
        (("handoff",), "", 50, ["handed"]),
        (("thumbs_down",), "", 50, ["twice", "disliked"]),
        (REASONS, "GNURF takk", 50, ["on"]),
        (REASONS, "gnurf hei", 1, ["twice"]),
        (REASONS, "nirvana", 50, []),
    ],
)
def test_the_newest_for_a_reason(
    conversations: Conversations,
    reasons: tuple[Reason, ...],
    words: str,
    limit: int,
    found: list[str],
) -> None:
    shown = conversations.to_review(WEEK_AGO, reasons, words, limit)
    assert [one.conversation_id for one in shown] == found


def test_why_and_when_is_told(conversations: Conversations) -> None:
    shown = {one.conversation_id: one for one in conversations.to_review(WEEK_AGO, REASONS, "", 50)}
    assert shown["twice"].reasons == ("fallback", "thumbs_down")
    assert shown["handed"].case_code == "F7J-RRXK"
    assert shown["on"].newest == NOW - timedelta(hours=29)


def test_a_case_leads_to_its_conversation(conversations: Conversations) -> None:
    assert conversations.with_case("F7J-RRXK") == "handed"
    assert conversations.with_case("97J-XXTM") is None
