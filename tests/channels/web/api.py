"""A client of the web chat's API that holds every answer against the description, openapi.yml."""

from __future__ import annotations

import functools
import uuid
from typing import Any

import httpx
import yaml
from jsonschema import Draft4Validator, RefResolver

from videohjelp.channels.web.channel import API, OPENAPI

TIMEOUT = 30.0


@functools.lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The API's description, as YAML gives it."""
    value: dict[str, Any] = yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))
    return value


class Api:
    """One patient's page, without the page. Every answer is checked against the description."""

    def __init__(self, url: str, language: str = "nb") -> None:
        self._client = httpx.Client(base_url=f"{url}{API}", timeout=TIMEOUT)
        self.headers = {"Accept-Language": language}
        self.last = 0
        self.messages: list[dict[str, Any]] = []

    def start(self, language: str = "nb") -> list[dict[str, Any]]:
        """Begins a conversation; gives the greeting."""
        answer = self.ask("POST", "/conversations", json={"language": language})
        assert answer.status_code == httpx.codes.CREATED
        self.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return self._take(answer)

    def send(self, *, message_id: str | None = None, **content: Any) -> list[dict[str, Any]]:
        """Sends a message; gives what came since the last one, its own included."""
        answer = self.sending(message_id=message_id, after=self.last, **content)
        assert answer.status_code == httpx.codes.OK, answer.text
        return self._take(answer)

    def say(self, text: str) -> str:
        """Sends a text; gives the assistant's answers, joined."""
        came = self.send(text=text)
        return "\n".join(one["text"] for one in came if one["from"] == "assistant")

    def sending(self, *, message_id: str | None = None, **content: Any) -> httpx.Response:
        """Sends a message, whatever the answer is."""
        body = {"id": message_id or str(uuid.uuid4()), **content}
        return self.ask("POST", "/messages", json=body)

    def history(self) -> list[dict[str, Any]]:
        """The whole conversation as the server has it."""
        answer = self.ask("GET", "/messages")
        assert answer.status_code == httpx.codes.OK, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        """Any request; the answer is checked against the description."""
        headers = {**self.headers, **request.pop("headers", {})}
        answer = self._client.request(method, path, headers=headers, **request)
        _check(method, path, answer)
        return answer

    def listen(self, after: int = 0) -> Any:
        """The stream of events after a number: a context manager with an httpx.Response."""
        return self._client.stream("GET", "/events", params={"after": after}, headers=self.headers)

    def _take(self, answer: httpx.Response) -> list[dict[str, Any]]:
        came: list[dict[str, Any]] = answer.json()["messages"]
        self.messages += came
        self.last = max([self.last, *(one["seq"] for one in came)])
        return came


def _check(method: str, path: str, answer: httpx.Response) -> None:
    operation = description()["paths"].get(path.partition("?")[0], {}).get(method.lower())
    if operation is None:
        assert answer.status_code in (httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED)
        return
    assert str(answer.status_code) in operation["responses"], answer.text
    described = _resolved(operation["responses"][str(answer.status_code)])
    if "content" not in described:
        assert answer.content == b""
        return
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in described["content"]
    if kind == "application/json":
        resolver = RefResolver("", description())
        schema = _nullable(described["content"][kind]["schema"])
        Draft4Validator(schema, resolver=resolver).validate(answer.json())


def _resolved(value: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in value:
        return value
    found: Any = description()
    for part in value["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    resolved: dict[str, Any] = found
    return resolved


def _nullable(schema: Any) -> Any:
    """OpenAPI 3.0's schema as JSON Schema: references put in, `nullable` as a type."""
    if isinstance(schema, list):
        return [_nullable(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: _nullable(value) for key, value in _resolved(schema).items()}
    if schema.pop("nullable", False):
        schema["type"] = [schema["type"], "null"]
    return schema
