"""The page's ids: hidden where they are stored, found again, given back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.channels.web.message_ids import MessageIds

IDS = MessageIds(["only-for-tests"])
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"


@given(st.text(LETTERS, min_size=8, max_size=36))
def test_an_id_is_hidden_and_given_back(message_id: str) -> None:
    stored = IDS.stored(message_id)
    assert message_id not in stored
    assert len(stored) <= 80, "the table has no room for more"
    assert IDS.shown(stored) == message_id
    assert IDS.stored(message_id) == stored, "the same message is found again"


def test_a_new_key_in_front_finds_what_is_old() -> None:
    old, both = MessageIds(["old"]), MessageIds(["new", "old"])
    stored = old.stored("15108695088")
    assert stored in both.candidates("15108695088")
    assert both.stored("15108695088") != stored
    assert both.shown(stored) == "15108695088"
    assert MessageIds(["new"]).shown(stored) is None


@pytest.mark.parametrize("stored", ["", "web-", "web-greeting", "sms-1", "web-æ", "web-abc", "x"])
def test_what_no_page_gave_is_not_shown(stored: str) -> None:
    assert IDS.shown(stored) is None


def test_at_least_one_key_is_needed() -> None:
    with pytest.raises(ValueError, match="at least one"):
        MessageIds([])
