from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy.engine import Engine

from videohjelp.sms.answers import Option
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.sessions import Session, Sessions, conversation_prefix, save

from .messages import NOW, NUMBER, OTHER, SECOND, Channel

PAUSE = timedelta(hours=24)
OPTIONS = (Option("Ja", "/affirm"), Option("Nei, det hjalp ikkje", "/deny"))
PAGES = ("Andre del. Svar MER", "Siste del «æøå» \ud800")


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    return Sessions(engine, pause=PAUSE)


def _said(channel: Channel, sessions: Sessions, at: datetime, **kept: object) -> Session:
    """A message comes and is answered; what the answer leaves open is kept."""
    channel.receive(at=at)
    message = channel.claimed(at)
    found = sessions.load(message)
    session = Session(found.conversation_id, is_new=False, **kept)  # type: ignore[arg-type]
    _finish(channel, message, session)
    return found


def _finish(channel: Channel, message: InboxMessage, session: Session) -> None:
    change = partial(
        save, sender_id=message.sender_id, session=session, received_at=message.received_at
    )
    channel.inbox.finish(message, [], message.received_at, changes=[change])


def test_who_writes_for_the_first_time(channel: Channel, sessions: Sessions) -> None:
    channel.receive()
    message = channel.claimed()
    session = sessions.load(message)
    assert session == Session(session.conversation_id, is_new=True)
    assert session.conversation_id.startswith(conversation_prefix(message.sender_id))
    assert sessions.load(message) == session, "the same when the message is handled again"


def test_what_the_last_answer_left_open_comes_back(channel: Channel, sessions: Sessions) -> None:
    first = _said(channel, sessions, NOW, language="nn", options=OPTIONS, pages=PAGES)
    again = _said(channel, sessions, NOW + PAUSE)
    assert again == Session(
        conversation_id=first.conversation_id,
        is_new=False,
        language="nn",
        options=OPTIONS,
        pages=(PAGES[0], "Siste del «æøå» ?"),
    )
    assert "hjalp" not in repr(again)
    assert "del" not in repr(again)
    third = _said(channel, sessions, NOW + PAUSE)
    assert (third.options, third.pages) == ((), ()), "what was answered is not open any more"


def test_a_long_pause_begins_a_new_conversation_in_the_same_language(
    channel: Channel, sessions: Sessions
) -> None:
    first = _said(channel, sessions, NOW, language="en", options=OPTIONS, pages=PAGES)
    later = NOW + PAUSE + SECOND
    second = _said(channel, sessions, later, language="en")
    assert second == Session(second.conversation_id, is_new=True, language="en")
    assert second.conversation_id != first.conversation_id
    assert conversation_prefix(channel.ids.sender_id(NUMBER)) in second.conversation_id
    third = _said(channel, sessions, later + PAUSE)
    assert third.conversation_id == second.conversation_id, "the pause counts from the last message"


def test_senders_are_kept_apart(channel: Channel, sessions: Sessions) -> None:
    _said(channel, sessions, NOW, language="nn", options=OPTIONS)
    channel.receive(number=OTHER)
    message = channel.claimed()
    other = sessions.load(message)
    assert other == Session(other.conversation_id, is_new=True)
    assert not other.conversation_id.startswith(conversation_prefix(channel.ids.sender_id(NUMBER)))


def test_it_is_kept_only_with_the_answer(channel: Channel, sessions: Sessions) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("on purpose")

    _said(channel, sessions, NOW, pages=PAGES)
    channel.receive("MER")
    message = channel.claimed()
    before = sessions.load(message)
    used = Session(before.conversation_id, is_new=False, pages=before.pages[1:])
    change = partial(save, sender_id=message.sender_id, session=used, received_at=NOW)
    with pytest.raises(RuntimeError):
        channel.inbox.finish(message, [], NOW, changes=[change, fail])
    assert sessions.load(message) == before, "no page is lost"


def test_it_survives_a_restart(channel: Channel, sessions: Sessions, engine: Engine) -> None:
    _said(channel, sessions, NOW, language="nn", pages=PAGES)
    engine.dispose()
    again = _said(channel, Sessions(engine, pause=PAUSE), NOW)
    assert (again.language, len(again.pages)) == ("nn", 2)
