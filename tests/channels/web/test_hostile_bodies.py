"""Whatever a page sends, the web API answers it or refuses it as described, and logs no error."""

from __future__ import annotations

import json
import uuid
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.channels.web.api import Api
from tests.device_check.reports import ALL_WORKS
from tests.fuzz.strategies import objects, texts, values

JSON = {"Content-Type": "application/json"}
#: `make fuzz` and `make fuzz-api` try much more.
EXAMPLES = settings(max_examples=15)


def send(url: str, path: str, body: bytes, headers: dict[str, str] | None = None) -> int:
    """Posts a body in a conversation of its own; the answer is held against the description."""
    api = Api(url)
    api.start()
    answer = api.ask("POST", path, content=body, headers={**JSON, **(headers or {})})
    assert answer.status_code < 500, answer.text
    if answer.status_code == 200:
        said = [one["text"] for one in answer.json()["messages"] if one["from"] == "assistant"]
        assert any(said), "there is always an answer"
    return int(answer.status_code)


@EXAMPLES
@given(text=texts())
def test_any_text_is_answered_or_refused(server_url: str, text: str) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "text": text}).encode()
    assert send(server_url, "/messages", body) in (200, 413, 422)


@EXAMPLES
@given(value=objects("id", "text", "press", "silence", "language", "check", "after"))
def test_any_object_is_answered_or_refused(server_url: str, value: dict[str, Any]) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), **value}).encode()
    assert send(server_url, "/messages", body) in (200, 400, 413, 422)


@EXAMPLES
@given(body=st.binary(max_size=200))
def test_any_bytes_are_refused(server_url: str, body: bytes) -> None:
    assert send(server_url, "/messages", body) == 400


@EXAMPLES
@given(codes=st.dictionaries(st.sampled_from(sorted(ALL_WORKS)), values(), min_size=1))
def test_any_check_is_answered_or_refused(server_url: str, codes: dict[str, Any]) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "check": {**ALL_WORKS, **codes}}).encode()
    assert send(server_url, "/messages", body) in (200, 400, 413)


@EXAMPLES
@given(press=texts())
def test_only_what_was_offered_can_be_pressed(server_url: str, press: str) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "press": press}).encode()
    assert send(server_url, "/messages", body) in (413, 422)


@EXAMPLES
@given(value=objects("seq", "rating", "comment"))
def test_any_feedback_is_taken_or_refused(server_url: str, value: dict[str, Any]) -> None:
    body = json.dumps(value).encode()
    assert send(server_url, "/feedback", body) in (204, 400, 413, 422)


@EXAMPLES
@given(value=objects("language"))
def test_any_beginning_is_answered_or_refused(server_url: str, value: dict[str, Any]) -> None:
    body = json.dumps(value).encode()
    assert send(server_url, "/conversations", body) in (201, 400, 413)


@EXAMPLES
@given(
    token=st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF), min_size=1, max_size=80)
)
def test_any_token_but_ours_is_refused(server_url: str, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode("latin-1")}
    answer = Api(server_url).ask("GET", "/messages", headers=headers)
    # A control character makes no header; such a request is not looked at any further.
    assert answer.status_code == (400 if "\x7f" in token else 401)
