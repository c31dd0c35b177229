from __future__ import annotations

from typing import Any

import pytest
import time_machine
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from videohjelp.channels.web.messages import (
    ReplyCollector,
    button_id,
    find_button,
    history_for_page,
    reply_for_page,
)

YES = {"title": "Ja", "payload": "/affirm"}
NO = {"title": "Nei", "payload": "/deny"}


def tracker(*events: Event) -> DialogueStateTracker:
    """A conversation of these events."""
    return DialogueStateTracker.from_events("web-x", list(events))


async def test_replies_are_collected_in_order() -> None:
    collector = ReplyCollector()
    for text in ("en", "to"):
        await collector.send_response("web-x", {"text": text, "buttons": [YES]})
    assert [reply["text"] for reply in collector.replies] == ["en", "to"]
    assert collector.replies[0]["buttons"] == [YES]
    assert ReplyCollector.name() == "web"
    assert ReplyCollector().replies == []


class TestButtonId:
    def test_it_tells_buttons_apart_and_stays_the_same(self) -> None:
        assert button_id("/affirm") == button_id("/affirm")
        assert button_id("/affirm") != button_id("/deny")
        assert len(button_id("/affirm")) == 16

    def test_it_does_not_show_the_payload(self) -> None:
        assert "affirm" not in button_id("/affirm")


class TestReply:
    @time_machine.travel("2026-08-20T08:30:00+00:00", tick=False)
    def test_a_text(self) -> None:
        assert reply_for_page({"text": "Hei", "utter_action": "utter_hei"}, 3, "nn") == {
            "seq": 3,
            "from": "assistant",
            "text": "Hei",
            "language": "nn",
            "time": "2026-08-20T10:30:00+02:00",
        }

    def test_buttons_carry_an_id_and_never_their_payload(self) -> None:
        shown = reply_for_page({"text": "Hjalp det?", "buttons": [YES, NO]}, 1, "nb")
        assert shown["buttons"] == [
            {"id": button_id("/affirm"), "title": "Ja"},
            {"id": button_id("/deny"), "title": "Nei"},
        ]
        assert "/affirm" not in str(shown)

    @pytest.mark.parametrize("buttons", [None, [], [{"title": "Lenke", "url": "https://x.no"}]])
    def test_what_cannot_be_pressed_is_no_button(self, buttons: Any) -> None:
        assert "buttons" not in reply_for_page({"text": "x", "buttons": buttons}, 1, "nb")

    def test_the_place_in_a_guide(self) -> None:
        shown = reply_for_page({"text": "x", "step": 2, "steps": 6}, 1, "nb")
        assert shown["progress"] == {"step": 2, "steps": 6}
        for without in ({"text": "x"}, {"text": "x", "step": None, "steps": None}):
            assert "progress" not in reply_for_page(without, 1, "nb")

    @pytest.mark.parametrize("message", [{}, {"text": None}])
    def test_a_reply_without_text(self, message: dict[str, Any]) -> None:
        assert reply_for_page(message, 1, "nb")["text"] == ""


class TestHistory:
    def test_messages_are_numbered_in_order_with_their_own_time(self) -> None:
        history = history_for_page(
            [
                ActionExecuted("action_session_start"),
                UserUttered("hei", timestamp=1787214600.0),
                BotUttered("Hei!", data={"buttons": [YES]}, timestamp=1787214601.0),
                ActionExecuted("action_listen"),
            ]
        )
        assert [(m["seq"], m["from"], m["text"]) for m in history] == [
            (1, "user", "hei"),
            (2, "assistant", "Hei!"),
        ]
        assert history[0]["time"] == "2026-08-20T10:30:00+02:00"
        assert history[1]["time"] == "2026-08-20T10:30:01+02:00"
        assert history[1]["buttons"] == [{"id": button_id("/affirm"), "title": "Ja"}]

    def test_each_message_has_the_language_of_its_moment(self) -> None:
        history = history_for_page(
            [
                BotUttered("Hei"),
                SlotSet("language", "en"),
                BotUttered("Hello"),
                SlotSet("language", None),
                SlotSet("device", "nn"),
                UserUttered("thanks"),
            ]
        )
        assert [message["language"] for message in history] == ["nb", "en", "en"]

    def test_a_press_is_shown_with_the_buttons_title(self) -> None:
        (message,) = history_for_page([UserUttered("/affirm", metadata={"shown": "Ja"})])
        assert message["text"] == "Ja"
        assert "/affirm" not in str(message)

    def test_silence_is_not_shown_and_takes_no_number(self) -> None:
        history = history_for_page(
            [UserUttered("/silence", metadata={"shown": ""}), BotUttered("Er du der?")]
        )
        assert [(message["seq"], message["text"]) for message in history] == [(1, "Er du der?")]

    def test_the_place_in_a_guide_is_kept(self) -> None:
        (one,) = history_for_page([BotUttered("x", data={"custom": {"step": 1, "steps": 4}})])
        (other,) = history_for_page([BotUttered("x", metadata={"step": 1, "steps": 4})])
        assert one["progress"] == other["progress"] == {"step": 1, "steps": 4}

    def test_no_conversation_no_messages(self) -> None:
        assert history_for_page([]) == []


class TestFindButton:
    def test_a_button_that_was_offered(self) -> None:
        found = find_button(
            tracker(BotUttered("?", data={"buttons": [YES, NO]}), UserUttered("hm")),
            button_id("/deny"),
        )
        assert found == NO

    def test_the_latest_title_counts(self) -> None:
        newer = {"title": "Jepp", "payload": "/affirm"}
        conversation = tracker(
            BotUttered("?", data={"buttons": [YES]}), BotUttered("?", data={"buttons": [newer]})
        )
        assert find_button(conversation, button_id("/affirm")) == newer

    @pytest.mark.parametrize("wanted", ["", "/affirm", button_id("/restart"), button_id("")])
    def test_a_button_that_was_never_offered_is_none(self, wanted: str) -> None:
        link = {"title": "Lenke", "url": "https://x.no"}
        conversation = tracker(
            BotUttered("?", data={"buttons": [YES, link]}),
            BotUttered("?", data={"buttons": None}),
            BotUttered("?"),
            UserUttered("/restart"),
        )
        assert find_button(conversation, wanted) is None
