from __future__ import annotations

import pytest

from videohjelp.channels.web.updates import (
    LISTENERS_PER_CONVERSATION,
    TooManyListenersError,
    Updates,
)


def test_only_who_listens_to_the_conversation_is_woken() -> None:
    updates = Updates()
    own, other = updates.listen("web-a"), updates.listen("web-b")
    with own as one, updates.listen("web-a") as two, other as three:
        updates.notify("web-a")
        assert one.is_set()
        assert two.is_set()
        assert not three.is_set()
    updates.notify("web-a")  # nobody is left


def test_a_conversation_has_a_few_listeners_and_they_make_room() -> None:
    updates = Updates()
    kept = [updates.listen("web-a") for _ in range(LISTENERS_PER_CONVERSATION)]
    for one in kept:
        one.__enter__()
    with pytest.raises(TooManyListenersError), updates.listen("web-a"):
        pass
    with updates.listen("web-b"):
        pass
    kept[0].__exit__(None, None, None)
    with updates.listen("web-a"):
        pass


def test_everybody_is_woken_at_the_end() -> None:
    updates = Updates()
    with updates.listen("web-a") as one, updates.listen("web-b") as other:
        updates.close()
        assert updates.closing
        assert one.is_set()
        assert other.is_set()
