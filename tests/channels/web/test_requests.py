from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.channels.web.requests import (
    Incoming,
    RefusedError,
    Verdict,
    read_json,
    read_message,
    read_seq,
    read_verdict,
)

ID = "0f6c2c1e-8f0e-4b7c-9a55-3a1b2c3d4e5f"
JSON = "application/json"


def refusal(body: dict[str, Any], limit: int = 500) -> str:
    """The code with which a message is refused."""
    with pytest.raises(RefusedError) as raised:
        read_message(body, limit)
    assert str(raised.value) == raised.value.code
    return raised.value.code


class TestJson:
    @pytest.mark.parametrize(
        "kind", [JSON, "Application/JSON; charset=utf-8", " application/json "]
    )
    def test_an_object_is_read(self, kind: str) -> None:
        assert read_json('{"text": "kjære"}'.encode(), kind) == {"text": "kjære"}

    @pytest.mark.parametrize(
        "kind",
        [
            None,
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/jsonp",
            "text/plain; application/json",
        ],
    )
    def test_what_a_form_on_another_website_can_send_is_refused(self, kind: str | None) -> None:
        with pytest.raises(RefusedError, match="unsupported_type"):
            read_json(b"{}", kind)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"[]",
            b'"text"',
            b"null",
            b"7",
            b"\xff\xfe",
            b"{'a': 1}",
            b"[" * 100000,
            b'{"a":' * 5000,
        ],
    )
    def test_what_is_no_object_is_refused(self, body: bytes) -> None:
        with pytest.raises(RefusedError, match="bad_request"):
            read_json(body, JSON)

    @given(st.binary())
    def test_any_bytes_are_read_or_refused(self, body: bytes) -> None:
        try:
            assert isinstance(read_json(body, JSON), dict)
        except RefusedError as refused:
            assert refused.code == "bad_request"


class TestMessage:
    def test_a_text(self) -> None:
        assert read_message({"id": ID, "text": " Hei \n"}, 500) == Incoming(ID, text="Hei")

    def test_a_press(self) -> None:
        assert read_message({"id": ID, "press": "0a1b"}, 500) == Incoming(ID, press="0a1b")
        assert read_message({"id": ID, "press": "x" * 5000}, 500).press == "x" * 100

    def test_silence(self) -> None:
        assert read_message({"id": ID, "silence": True}, 500) == Incoming(ID, silence=True)

    @pytest.mark.parametrize(
        "message_id",
        [None, 7, "", "short", "a" * 37, "abcdefgh\n", "abcd efgh", "../../etc/passwd", "æøåæøåæø"],
    )
    def test_an_id_of_another_form_is_refused(self, message_id: object) -> None:
        assert refusal({"id": message_id, "text": "hei"}) == "bad_request"
        assert refusal({"text": "hei"}) == "bad_request"

    @pytest.mark.parametrize(
        "content",
        [
            {},
            {"text": "hei", "press": "x"},
            {"text": "hei", "silence": True},
            {"text": None},
            {"text": 7},
            {"text": ["hei"]},
            {"press": None},
            {"press": {"payload": "/restart"}},
            {"silence": False},
            {"silence": "true"},
            {"silence": 1},
        ],
    )
    def test_anything_but_one_content_is_refused(self, content: dict[str, Any]) -> None:
        assert refusal({"id": ID, **content}) == "bad_request"

    def test_the_limit_counts_characters(self) -> None:
        assert read_message({"id": ID, "text": "å" * 50}, 50).text == "å" * 50
        assert refusal({"id": ID, "text": "å" * 51}, 50) == "too_long"

    @pytest.mark.parametrize("text", ["", "   ", "\n\t", "/", "//", "\u200b\u200e", "\x00", "/ / "])
    def test_nothing_is_empty(self, text: str) -> None:
        assert refusal({"id": ID, "text": text}) == "empty"

    @given(
        st.dictionaries(st.sampled_from(["id", "text", "press", "silence"]), st.text() | st.none())
    )
    def test_any_object_is_read_or_refused(self, value: dict[str, Any]) -> None:
        value = json.loads(json.dumps(value))
        try:
            assert isinstance(read_message(value, 500), Incoming)
        except RefusedError as refused:
            assert refused.code in ("bad_request", "too_long", "empty")

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_another_language(self, language: str) -> None:
        assert read_message({"id": ID, "language": language}, 500).language == language

    @pytest.mark.parametrize("language", ["sv", "", "NB", None, 1, ["nb"]])
    def test_a_language_we_do_not_speak_is_refused(self, language: object) -> None:
        assert refusal({"id": ID, "language": language}) == "bad_request"

    def test_the_last_number_the_page_has(self) -> None:
        assert read_message({"id": ID, "text": "hei"}, 500).after is None
        assert read_message({"id": ID, "text": "hei", "after": 0}, 500).after == 0
        assert read_message({"id": ID, "text": "hei", "after": 17}, 500).after == 17

    @pytest.mark.parametrize("after", [-1, 2**31, 1.5, True, "x", [], {}])
    def test_a_number_of_another_form_is_refused(self, after: object) -> None:
        assert refusal({"id": ID, "text": "hei", "after": after}) == "bad_request"


class TestVerdict:
    def test_thumbs_with_and_without_a_comment(self) -> None:
        assert read_verdict({"seq": 3, "rating": "up"}, 500) == Verdict(3, "up")
        given_comment = read_verdict({"seq": 3, "rating": "down", "comment": " Nei.\x00 "}, 500)
        assert given_comment == Verdict(3, "down", "Nei.")

    def test_it_is_taken_back(self) -> None:
        assert read_verdict({"seq": 3, "rating": None}, 500) == Verdict(3, None)

    @pytest.mark.parametrize(
        "value",
        [
            {"seq": 3},
            {"rating": "up"},
            {"seq": 0, "rating": "up"},
            {"seq": 3, "rating": "sideways"},
            {"seq": 3, "rating": ["up"]},
            {"seq": 3, "rating": "up", "comment": 7},
        ],
    )
    def test_anything_else_is_refused(self, value: dict[str, Any]) -> None:
        with pytest.raises(RefusedError, match="bad_request"):
            read_verdict(value, 500)

    def test_a_long_comment_is_refused(self) -> None:
        with pytest.raises(RefusedError, match="too_long"):
            read_verdict({"seq": 3, "rating": "up", "comment": "x" * 501}, 500)


@pytest.mark.parametrize("written", ["", "-1", "1.0", "1e3", " 1", "٣", "12345678901", None])
def test_a_number_in_an_address_is_digits(written: object) -> None:
    with pytest.raises(RefusedError):
        read_seq(written)


def test_a_number_is_read_from_text() -> None:
    assert read_seq("0") == 0
    assert read_seq("2147483646") == 2147483646
    with pytest.raises(RefusedError):
        read_seq("2147483647")
