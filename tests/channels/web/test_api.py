"""The web chat's API, over HTTP, against a real server."""

from __future__ import annotations

import json
import threading
from typing import Any

import httpx
import pytest
from openapi_spec_validator import validate_spec

from tests.channels.web.api import Api, description
from tests.device_check.reports import ALL_WORKS
from videohjelp.device_check.report import read_report

FNR = "01010750160"


@pytest.fixture
def api(server_url: str) -> Api:
    """A page in a conversation of its own."""
    page = Api(server_url)
    page.start()
    return page


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


class TestOnce:
    def test_a_message_sent_twice_is_handled_once(self, api: Api) -> None:
        first = api.sending(message_id="message-1", after=api.last, text="kameraet virker ikke")
        again = api.sending(message_id="message-1", after=api.last, text="kameraet virker ikke")
        assert first.json()["messages"] == again.json()["messages"]
        assert [one["text"] for one in api.history()].count("kameraet virker ikke") == 1

    def test_also_when_it_is_old(self, api: Api) -> None:
        first = api.sending(message_id="message-1", text="hvilken nettleser?")
        for number in range(15):
            api.send(text="hva koster det?", message_id=f"message-2-{number}")
        before = len(api.history())
        again = api.sending(message_id="message-1", after=api.last, text="hvilken nettleser?")
        assert again.json()["messages"] == []
        assert len(api.history()) == before
        assert first.json()["messages"]

    def test_also_at_the_same_time(self, api: Api) -> None:
        answers: list[httpx.Response] = []

        def send() -> None:
            answers.append(
                api.sending(message_id="message-1", after=api.last, text="hva koster det?")
            )

        together(send, send, send, send)
        bodies = [answer.json()["messages"] for answer in answers]
        assert len(bodies) == 4
        assert all(body == bodies[0] for body in bodies)
        assert len(api.history()) == 1 + len(bodies[0])

    def test_messages_at_the_same_time_are_answered_one_after_the_other(self, api: Api) -> None:
        def send(number: int) -> Any:
            return lambda: api.sending(message_id=f"message-{number}", text="hva koster det?")

        together(*(send(number) for number in range(6)))
        speakers = [one["from"] for one in api.history()[1:]]
        assert speakers.count("user") == 6
        turns = "".join("u" if one == "user" else "a" for one in speakers).split("u")[1:]
        assert len(turns) == 6
        assert "" not in turns

    def test_conversations_are_not_mixed(self, server_url: str) -> None:
        pages = [Api(server_url) for _ in range(6)]

        def talk(page: Api, topic: str) -> Any:
            def run() -> None:
                page.start()
                for _ in range(3):
                    page.say(topic)

            return run

        topics = ["hva koster det?", "hvilken nettleser?"]
        together(*(talk(page, topics[number % 2]) for number, page in enumerate(pages)))
        for number, page in enumerate(pages):
            written = [one["text"] for one in page.history() if one["from"] == "user"]
            assert written == [topics[number % 2]] * 3


def together(*work: Any) -> None:
    """Does all at the same time, and waits until all is done."""
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class TestStream:
    def test_what_was_said_comes_and_then_what_is_said(self, api: Api) -> None:
        api.say("hvilken nettleser?")
        events = Listener(api, after=0)
        events.wait_for(len(api.messages))
        api.say("hva koster det?")
        events.wait_for(len(api.messages))
        assert events.messages == api.messages
        assert events.ids == [str(one["seq"]) for one in api.messages]

    def test_after_a_break_it_goes_on_at_the_last_number(self, api: Api) -> None:
        last = api.last
        api.say("hvilken nettleser?")
        events = Listener(api, after=last)
        events.wait_for(1)
        assert events.messages[0]["text"] == "hvilken nettleser?"

    def test_a_deletion_is_told(self, api: Api) -> None:
        events = Listener(api, after=0)
        events.wait_for(1)
        api.ask("DELETE", "/conversation")
        events.wait_until_closed()
        assert events.names[-1] == "deleted"

    def test_a_conversation_has_a_few_listeners(self, api: Api) -> None:
        listeners = [Listener(api, after=0) for _ in range(4)]
        for listener in listeners:
            listener.wait_for(1)
        with api.listen() as fifth:
            assert fifth.status_code == httpx.codes.TOO_MANY_REQUESTS
            assert int(fifth.headers["retry-after"]) > 0

    def test_nobody_listens_to_a_conversation_that_is_not_theirs(self, server_url: str) -> None:
        stranger = Api(server_url)
        stranger.headers["Authorization"] = "Bearer x.y.z"
        with stranger.listen() as answer:
            assert answer.status_code == httpx.codes.UNAUTHORIZED


class Listener:
    """Reads a stream of events in the background."""

    def __init__(self, api: Api, after: int) -> None:
        self.messages: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.names: list[str] = []
        self._came = threading.Condition()
        self._closed = threading.Event()
        threading.Thread(target=self._read, args=(api, after), daemon=True).start()

    def wait_for(self, count: int) -> None:
        """Waits until so many messages have come."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.messages) >= count, timeout=20)

    def wait_until_closed(self) -> None:
        """Waits until the server has ended the stream."""
        assert self._closed.wait(timeout=20)

    def _read(self, api: Api, after: int) -> None:
        with api.listen(after) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            name = ""
            for line in answer.iter_lines():
                field, _, value = line.partition(": ")
                with self._came:
                    if field == "id":
                        self.ids.append(value)
                    elif field == "event":
                        name = value
                        self.names.append(name)
                    elif field == "data" and name == "message":
                        self.messages.append(json.loads(value))
                    self._came.notify_all()
        self._closed.set()


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
            assert answer.status_code == httpx.codes.BAD_REQUEST


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

    @pytest.mark.parametrize("after", ["-1", "x", "1.5", "99999999999"])
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

    def test_too_many_messages(self, api: Api) -> None:
        answers = [api.ask("POST", "/feedback", json={"seq": 1, "rating": "up"}) for _ in range(61)]
        assert answers[-1].status_code == httpx.codes.TOO_MANY_REQUESTS
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert "113" in answers[-1].json()["message"]


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
