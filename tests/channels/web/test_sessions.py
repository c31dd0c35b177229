from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer

from videohjelp.channels.web.sessions import InvalidTokenError, Sessions

DAY = timedelta(hours=24)
BEGIN = datetime(2026, 8, 20, 10, 0, tzinfo=timezone.utc)
SESSIONS = Sessions(["secret"], DAY)


def begun() -> tuple[str, str]:
    """A new conversation: its id and its token."""
    session = SESSIONS.start()
    return session.conversation_id, session.token


def test_a_token_leads_back_to_its_conversation() -> None:
    conversation, token = begun()
    assert SESSIONS.read(f"Bearer {token}").conversation_id == conversation
    assert SESSIONS.read(f"bearer {token}").conversation_id == conversation
    assert Sessions(["secret"], DAY).read(f"Bearer {token}").conversation_id == conversation


def test_tokens_under_an_older_key_stay_good_and_new_ones_are_signed_with_the_newest() -> None:
    before, after = Sessions(["old"], DAY), Sessions(["new", "old"], DAY)
    old, new = before.start(), after.start()
    assert after.read(f"Bearer {old.token}").conversation_id == old.conversation_id
    assert Sessions(["new"], DAY).read(f"Bearer {new.token}").conversation_id == new.conversation_id
    # Where several servers run: the new key is first put last everywhere.
    both = Sessions(["old", "new"], DAY)
    assert both.read(f"Bearer {new.token}").conversation_id == new.conversation_id
    with pytest.raises(InvalidTokenError):
        Sessions(["new"], DAY).read(f"Bearer {old.token}")


def test_ids_are_long_and_never_the_same() -> None:
    ids = {begun()[0] for _ in range(200)}
    assert len(ids) == 200
    assert {len(conversation) for conversation in ids} == {len("web-") + 32}
    assert all(conversation.startswith("web-") for conversation in ids)


def test_a_token_expires() -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        conversation, token = begun()
        clock.shift(DAY - timedelta(seconds=1))
        assert SESSIONS.read(f"Bearer {token}").conversation_id == conversation
        clock.shift(timedelta(seconds=2))
        with pytest.raises(InvalidTokenError):
            SESSIONS.read(f"Bearer {token}")


def test_a_token_of_a_server_whose_clock_is_ahead_is_good() -> None:
    """Two machines differ by a second, and a clock that was wrong is set back by hours."""
    with time_machine.travel(BEGIN, tick=False) as clock:
        conversation, token = begun()
        for ahead in (timedelta(seconds=1), timedelta(hours=3)):
            clock.move_to(BEGIN - ahead)
            assert SESSIONS.read(f"Bearer {token}").conversation_id == conversation


def test_a_token_of_another_key_is_refused() -> None:
    token = Sessions(["another secret"], DAY).start().token
    with pytest.raises(InvalidTokenError):
        SESSIONS.read(f"Bearer {token}")


def test_a_token_signed_for_something_else_is_refused() -> None:
    conversation, _ = begun()
    other = URLSafeTimedSerializer("secret", salt="password-reset").dumps(conversation)
    with pytest.raises(InvalidTokenError):
        SESSIONS.read(f"Bearer {other}")


@pytest.mark.parametrize("value", ["default", "web-short", "sms-" + "a" * 32, 7, None, ["web-"]])
def test_only_web_conversations_are_taken(value: object) -> None:
    signed = URLSafeTimedSerializer("secret", salt="web-conversation").dumps(value)
    with pytest.raises(InvalidTokenError):
        SESSIONS.read(f"Bearer {signed}")


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer x.y.z", "Bearer å", "Bearer \udcff.a.b"],
)
def test_what_is_no_token_is_refused(header: str | None) -> None:
    with pytest.raises(InvalidTokenError):
        SESSIONS.read(header)


@given(st.text())
def test_any_header_is_refused_in_the_same_way(text: str) -> None:
    for header in (text, f"Bearer {text}"):
        with pytest.raises(InvalidTokenError):
            SESSIONS.read(header)


@given(st.integers(0, 200), st.sampled_from("ab0_-."))
def test_a_changed_token_is_refused(place: int, character: str) -> None:
    _, token = begun()
    place %= len(token) - 1  # the last character has bits that mean nothing
    changed = token[:place] + character + token[place + 1 :]
    if changed != token:
        with pytest.raises(InvalidTokenError):
            SESSIONS.read(f"Bearer {changed}")


def test_a_fresh_token_lasts_longer_and_leads_to_the_same() -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        first = SESSIONS.start()
        assert first.expires == BEGIN + DAY
        assert not SESSIONS.is_old(first)
        clock.shift(timedelta(hours=3))
        read = SESSIONS.read(f"Bearer {first.token}")
        assert read == first
        assert SESSIONS.is_old(read)
        fresh = SESSIONS.renew(read.conversation_id)
        assert fresh.expires == first.expires + timedelta(hours=3)
        assert SESSIONS.read(f"Bearer {fresh.token}") == fresh
