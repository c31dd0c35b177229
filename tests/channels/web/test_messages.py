from __future__ import annotations

from typing import Any

import pytest

from videohjelp.channels.web.message_ids import MessageIds
from videohjelp.channels.web.messages import (
    ReplyCollector,
    button_id,
    find_button,
    messages_for_page,
    response_name,
)
from videohjelp.storage.transcripts import Said

IDS = MessageIds(["only-for-tests"])
YES = {"title": "Ja", "payload": "/affirm"}
NO = {"title": "Nei", "payload": "/deny"}
CHECK = {"title": "Sjekk kamera og lyd", "payload": "/open_device_check"}
HALF_PAST_TEN_IN_OSLO = 1787214600.0


def bot(text: str | None, language: str | None = "nb", **more: Any) -> dict[str, Any]:
    """What the assistant says, as Rasa stores it."""
    metadata = {"utter_action": "utter_x", **({"language": language} if language else {})}
    return {
        "event": "bot",
        "timestamp": HALF_PAST_TEN_IN_OSLO,
        "text": text,
        "data": {"buttons": more.pop("buttons", None), "custom": more.pop("custom", None)},
        "metadata": {**metadata, **more},
    }


def user(text: str, message_id: str | None = None, **metadata: Any) -> dict[str, Any]:
    """What the patient says, as Rasa stores it."""
    return {
        "event": "user",
        "timestamp": HALF_PAST_TEN_IN_OSLO,
        "text": text,
        "message_id": message_id,
        "metadata": metadata,
    }


def said(*events: dict[str, Any]) -> list[Said]:
    """A conversation of these events, at the places 0, 10, 20 …"""
    return [Said(10 * number, event) for number, event in enumerate(events)]


def shown(*events: dict[str, Any]) -> list[dict[str, Any]]:
    """The events as the page shows them."""
    return messages_for_page(said(*events), {}, "nb", IDS)


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


class TestMessages:
    def test_an_answer(self) -> None:
        assert shown(bot("Hei", "nn")) == [
            {
                "seq": 1,
                "from": "assistant",
                "text": "Hei",
                "language": "nn",
                "time": "2026-08-20T10:30:00+02:00",
            }
        ]

    def test_what_the_patient_wrote_carries_the_id_it_was_sent_with(self) -> None:
        assert shown(user("hei", IDS.stored("abc"))) == [
            {
                "seq": 1,
                "from": "user",
                "text": "hei",
                "language": "nb",
                "time": "2026-08-20T10:30:00+02:00",
                "id": "abc",
            }
        ]

    @pytest.mark.parametrize("message_id", [None, "sms-7", "5f3a"])
    def test_an_id_of_another_kind_is_not_shown(self, message_id: str | None) -> None:
        assert "id" not in shown(user("hei", message_id))[0]

    def test_numbers_are_the_places_counted_from_one(self) -> None:
        assert [one["seq"] for one in shown(user("hei"), bot("Hei"))] == [1, 11]

    def test_buttons_carry_an_id_and_never_their_payload(self) -> None:
        (message,) = shown(bot("Hjalp det?", buttons=[YES, NO]))
        assert message["buttons"] == [
            {"id": button_id("/affirm"), "title": "Ja"},
            {"id": button_id("/deny"), "title": "Nei"},
        ]
        assert "/affirm" not in str(message)

    def test_a_button_for_the_page_says_what_it_does(self) -> None:
        (message,) = shown(bot("?", buttons=[CHECK]))
        (button,) = message["buttons"]
        assert button["action"] == "device_check"
        assert "/open_device_check" not in str(message)

    @pytest.mark.parametrize("buttons", [None, [], [{"title": "Lenke", "url": "https://x.no"}]])
    def test_what_cannot_be_pressed_is_no_button(self, buttons: Any) -> None:
        assert "buttons" not in shown(bot("x", buttons=buttons))[0]

    def test_the_place_in_a_guide(self) -> None:
        place: dict[str, Any] = {"step": 2, "steps": 6}
        assert shown(bot("x", **place))[0]["progress"] == place
        assert shown(bot("x", custom=place))[0]["progress"] == place
        nowhere: tuple[dict[str, Any], ...] = ({}, {"step": None, "steps": None})
        for without in nowhere:
            assert "progress" not in shown(bot("x", **without))[0]

    def test_a_press_is_shown_with_the_buttons_title(self) -> None:
        (message,) = shown(user("/affirm", shown="Ja"))
        assert message["text"] == "Ja"
        assert "/affirm" not in str(message)

    def test_silence_is_not_shown(self) -> None:
        assert [one["text"] for one in shown(user("/silence", shown=""), bot("Er du der?"))] == [
            "Er du der?"
        ]

    def test_an_answer_without_text(self) -> None:
        assert shown(bot(None))[0]["text"] == ""

    def test_ratings_stand_with_their_answers(self) -> None:
        rated = messages_for_page(said(bot("en"), bot("to")), {10: "down"}, "nb", IDS)
        assert [one.get("rating") for one in rated] == [None, "down"]


class TestLanguage:
    def test_what_the_patient_writes_is_in_the_language_it_is_answered_in(self) -> None:
        languages = [
            one["language"]
            for one in shown(bot("Hei", "nb"), user("the camera is black"), bot("Press", "en"))
        ]
        assert languages == ["nb", "en", "en"]

    def test_a_press_is_in_the_language_of_what_offered_it(self) -> None:
        languages = [
            one["language"]
            for one in shown(bot("Hei", "nb"), user("/x", shown="English"), bot("Hello", "en"))
        ]
        assert languages == ["nb", "nb", "en"]

    def test_the_pages_language_where_nothing_tells(self) -> None:
        assert messages_for_page(said(user("hei")), {}, "nn", IDS)[0]["language"] == "nn"
        assert messages_for_page(said(bot("hei", None)), {}, "en", IDS)[0]["language"] == "en"

    def test_an_answer_without_one_has_that_of_the_answer_before(self) -> None:
        assert [one["language"] for one in shown(bot("a", "nn"), bot("b", None))] == ["nn", "nn"]


class TestFindButton:
    def test_a_button_that_was_offered(self) -> None:
        offered = said(bot("?", buttons=[YES, NO]), user("hm"))
        assert find_button(offered, button_id("/deny")) == NO

    def test_the_latest_title_counts(self) -> None:
        newer = {"title": "Jepp", "payload": "/affirm"}
        offered = said(bot("?", buttons=[YES]), bot("?", buttons=[newer]))
        assert find_button(offered, button_id("/affirm")) == newer

    @pytest.mark.parametrize(
        "wanted",
        ["", "/affirm", button_id("/restart"), button_id(""), button_id("/open_device_check")],
    )
    def test_a_button_that_was_never_offered_is_none(self, wanted: str) -> None:
        link = {"title": "Lenke", "url": "https://x.no"}
        offered = said(bot("?", buttons=[YES, link, CHECK]), bot("?"), user("/restart"))
        assert find_button(offered, wanted) is None


def test_the_name_of_what_was_said() -> None:
    (one,) = said(bot("x"))
    assert response_name(one) == "utter_x"
    (other,) = said({**bot("x"), "metadata": None})
    assert response_name(other) is None
