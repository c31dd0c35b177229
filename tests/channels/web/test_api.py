"""The web chat's API, over HTTP, against a real server."""

from __future__ import annotations

import json
import re

import httpx
import pytest
from openapi_spec_validator import validate_spec

from tests.channels.web.api import Api, description
from tests.device_check.reports import ALL_WORKS
from videohjelp.device_check.report import _BROWSERS, _NAMES, _SYSTEMS, read_report

FNR = "01010750160"


@pytest.mark.parametrize(("part", "names"), [("system", _SYSTEMS), ("browser", _BROWSERS)])
def test_the_description_names_what_the_device_check_may_find(
    part: str, names: tuple[str, ...]
) -> None:
    parts = description()["components"]["schemas"]["DeviceCheck"]["properties"]
    described = re.compile(parts[part]["pattern"])
    for text in (*names, *(f"{name} 17.4" for name in names), "", "nonsense", f"{names[0]} x"):
        allowed = _NAMES[part].fullmatch(text) is not None
        assert (described.search(text) is not None) is allowed, text


def test_the_description_is_openapi() -> None:
    validate_spec(description())  # type: ignore[arg-type]


def test_the_description_lists_every_code_of_the_device_check() -> None:
    schema = description()["components"]["schemas"]["DeviceCheck"]
    assert set(schema["required"]) == set(ALL_WORKS)
    for name, part in schema["properties"].items():
        for code in part.get("enum", [part.get("example")]):
            assert read_report({**ALL_WORKS, name: code}).to_entity()[name] == code


def test_the_description_is_served(server_url: str) -> None:
    answer = httpx.get(f"{server_url}/api/chat/openapi.yml")
    assert answer.status_code == httpx.codes.OK
    assert answer.text.startswith("openapi: 3")


class TestConversation:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_it_begins_with_a_greeting_in_the_patients_language(
        self, server_url: str, language: str
    ) -> None:
        (greeting,) = Api(server_url).start(language)
        assert greeting["language"] == language
        assert greeting["buttons"]

    def test_question_button_and_answer(self, api: Api) -> None:
        came = api.send(text="kameraet virker ikke")
        assert came[0]["text"] == "kameraet virker ikke"
        no = next(b for one in came for b in one.get("buttons", []) if b["title"] == "Nei")
        came = api.send(press=no["id"])
        assert came[0]["from"] == "user"
        assert came[0]["text"] == "Nei"
        assert came[-1]["from"] == "assistant"

    def test_the_transcript_is_what_the_page_got(self, api: Api) -> None:
        api.say("hvilken nettleser?")
        api.send(silence=True)
        api.say(f"jeg heter ikke {FNR}")
        assert api.history() == api.messages
        numbers = [one["seq"] for one in api.messages]
        assert numbers == sorted(set(numbers))

    def test_without_a_last_number_only_the_answers_come(self, api: Api) -> None:
        answer = api.sending(text="hvilken nettleser?")
        assert {one["from"] for one in answer.json()["messages"]} == {"assistant"}

    def test_the_page_switches_the_language(self, api: Api) -> None:
        came = api.send(language="en")
        assert {one["from"] for one in came} == {"assistant"}
        assert {one["language"] for one in came} == {"en"}
        assert "camera" in api.say("the camera is black").lower()

    def test_the_result_of_the_device_check_decides_what_is_said(self, api: Api) -> None:
        came = api.send(check={**ALL_WORKS, "camera": "denied"})
        assert {one["from"] for one in came} == {"assistant"}
        assert "kamera" in " ".join(one["text"] for one in came).lower()
        for wrong in ({"camera": "denied"}, {**ALL_WORKS, "camera": "<b>"}, "works", None):
            assert api.sending(check=wrong).status_code == httpx.codes.BAD_REQUEST

    def test_the_check_is_offered_as_something_the_page_does(self, api: Api) -> None:
        came = api.send(text="kameraet virker ikke")
        (button,) = (b for one in came for b in one.get("buttons", []) if "action" in b)
        assert button["action"] == "device_check"
        assert api.sending(press=button["id"]).status_code == httpx.codes.UNPROCESSABLE_ENTITY

    def test_identity_numbers_are_gone_before_anything_is_stored(self, api: Api) -> None:
        (own, *_) = api.send(text=f"jeg er {FNR} og pin er 1234, rom 123456")
        for secret in (FNR, "1234", "123456"):
            assert secret not in own["text"]
            assert secret not in json.dumps(api.history())

    def test_a_deleted_conversation_is_gone(self, api: Api) -> None:
        api.say("hei")
        assert api.ask("DELETE", "/conversation").status_code == httpx.codes.NO_CONTENT
        assert api.ask("GET", "/messages").status_code == httpx.codes.UNAUTHORIZED
        assert api.sending(text="hei").status_code == httpx.codes.UNAUTHORIZED
        assert api.ask("POST", "/session").status_code == httpx.codes.UNAUTHORIZED

    def test_a_renewed_token_is_good(self, api: Api) -> None:
        api.headers["Authorization"] = f"Bearer {api.ask('POST', '/session').json()['token']}"
        assert len(api.history()) == 1


class TestFeedback:
    def test_thumbs_are_kept_changed_and_taken_back(self, api: Api) -> None:
        api.say("hva koster det?")
        for rating in ("up", "down", "down", None):
            body = {"seq": api.last, "rating": rating, "comment": "Nei"}
            assert api.ask("POST", "/feedback", json=body).status_code == httpx.codes.NO_CONTENT
            assert api.history()[-1].get("rating") == rating

    def test_only_answers_that_were_given_can_be_judged(self, api: Api) -> None:
        (own, *_) = api.send(text="hva koster det?")
        for seq in (own["seq"], 9999):
            answer = api.ask("POST", "/feedback", json={"seq": seq, "rating": "up"})
            assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY


class TestBeside:
    def test_telephones(self, api: Api) -> None:
        answer = api.ask("GET", "/information", params={"language": "nn"})
        numbers = [line["number"] for line in answer.json()["phoneLines"]]
        assert numbers == ["113", "116 117", "55 97 65 51", None]
        assert answer.json()["notice"] == ""
        wrong = api.ask("GET", "/information", params={"language": "se"})
        assert wrong.status_code == httpx.codes.BAD_REQUEST

    def test_bytes_to_measure_with(self, api: Api) -> None:
        assert len(api.ask("GET", "/ping", params={"kilobytes": 3}).content) == 3 * 1024
        assert api.ask("GET", "/ping").content == b""
        too_many = api.ask("GET", "/ping", params={"kilobytes": 257})
        assert too_many.status_code == httpx.codes.BAD_REQUEST

    def test_answers_are_kept_by_nobody(self, api: Api) -> None:
        headers = api.ask("GET", "/messages").headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in headers
        assert "access-control-allow-origin" not in headers
