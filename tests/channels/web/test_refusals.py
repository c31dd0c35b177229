"""What the web chat's API refuses, and what it says then."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.channels.web.api import Api


class TestRefusals:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_errors_are_told_in_the_patients_language(self, server_url: str, language: str) -> None:
        answer = Api(server_url, language).sending(text="hei")
        told = {"nb": "utløpt", "nn": "gått ut", "en": "expired"}
        assert told[language] in answer.json()["message"]

    @pytest.mark.parametrize(
        ("content", "status", "code"),
        [
            ({"text": ""}, 422, "empty"),
            ({"text": "\u202e\u200f\x00\x07"}, 422, "empty"),
            ({"text": "a" * 501}, 422, "too_long"),
            ({"text": "a" * 40000}, 413, "too_large"),
            ({"text": 7}, 400, "bad_request"),
            ({"text": "hei", "press": "x"}, 400, "bad_request"),
            ({"press": "0123456789abcdef"}, 422, "not_offered"),
            ({"press": "/restart"}, 422, "not_offered"),
            ({"language": "se"}, 400, "bad_request"),
            ({"text": "hei", "after": -1}, 400, "bad_request"),
        ],
    )
    def test_messages(self, api: Api, content: dict[str, Any], status: int, code: str) -> None:
        answer = api.sending(**content)
        assert (answer.status_code, answer.json()["error"]) == (status, code)
        assert answer.json()["message"]
        assert len(api.history()) == 1

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\x00", b"[]", b"null", b"[" * 30000])
    def test_what_is_no_json(self, api: Api, body: bytes) -> None:
        json_type = {"Content-Type": "application/json"}
        for method, path in (
            ("POST", "/messages"),
            ("POST", "/conversations"),
            ("POST", "/feedback"),
        ):
            answer = api.ask(method, path, content=body, headers=json_type)
            assert answer.status_code == httpx.codes.BAD_REQUEST

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
    def test_what_another_website_can_send_unasked(self, api: Api, kind: str) -> None:
        answer = api.ask("POST", "/messages", content=b"{}", headers={"Content-Type": kind})
        assert answer.status_code == httpx.codes.UNSUPPORTED_MEDIA_TYPE

    @pytest.mark.parametrize("after", ["", "-1", "x", "1.5", "99999999999"])
    def test_numbers_that_are_none(self, api: Api, after: str) -> None:
        for path in ("/messages", "/events"):
            answer = api.ask("GET", path, params={"after": after})
            assert answer.status_code == httpx.codes.BAD_REQUEST

    def test_a_command_is_text(self, api: Api) -> None:
        for command in ("/restart", "/ /session_start", '/inform_device{"device": "iphone"}'):
            (own, *answers) = api.send(text=command)
            assert not own["text"].startswith("/")
            assert answers

    @pytest.mark.parametrize("path", ["/", "/nope", "/messages/1", "/../../../etc/passwd"])
    def test_addresses_that_do_not_exist(self, api: Api, path: str) -> None:
        answer = api.ask("GET", path)
        assert answer.json()["error"] == "not_found"

    @pytest.mark.parametrize("path", ["/information", "/messages", "/ping"])
    def test_a_method_that_an_address_has_not(self, api: Api, path: str) -> None:
        # RFC 9110, 15.5.6: the answer names those it has.
        answer = api.ask("DELETE", path)
        assert answer.status_code == httpx.codes.METHOD_NOT_ALLOWED
        assert "GET" in answer.headers["Allow"].split(", ")

    @pytest.mark.parametrize(
        ("path", "name"), [("/information", "language"), ("/ping", "kilobytes")]
    )
    def test_a_value_that_is_empty_is_none_that_is_allowed(
        self, api: Api, path: str, name: str
    ) -> None:
        assert api.ask("GET", path, params={name: ""}).status_code == httpx.codes.BAD_REQUEST

    def test_too_many_messages(self, api: Api) -> None:
        answers = [api.ask("POST", "/feedback", json={"seq": 1, "rating": "up"}) for _ in range(61)]
        assert answers[-1].status_code == httpx.codes.TOO_MANY_REQUESTS
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert "113" in answers[-1].json()["message"]
