"""A real server behind LINK Mobility's calls, and what is left of a patient on its disk."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.channels.sms.provider_server import (
    CLOSED,
    ProviderServer,
    provider_server,
    refuses,
)
from tests.privacy.chance_digits import without_chance_digits
from tests.server_process import ROOT, Server, running_server

PATH = "/webhooks/sms/linkmobility"
LOGIN = ("link", "back-again")
#: Every test has numbers of its own; all begin with this.
BEGIN = "99887"
_numbered = itertools.count(1)


def new_number() -> str:
    return f"+47{BEGIN}{next(_numbered):03d}"


def incoming(text: str | None, number: str, kind: str = "SMS") -> dict[str, Any]:
    """A message as "Receiving MO messages" shows it."""
    return {
        "destination": "NO-2333",
        "subNumber": None,
        "source": number,
        "content": {"type": kind, "userData": text, "encoding": "TEXT"},
        "operator": "no.telenor",
        "timestamp": "2026-11-17T14:28:40Z",
        "messageId": f"MO{next(_numbered)}",
        "operatorTimestamp": "2026-11-17T14:28:40Z",
        "operatorMessageId": "0",
        "route": {"type": "KEYWORD_ROUTE", "number": "NO-2333", "keyword": "VIDEO"},
        "gateCustomParameters": {},
        "customParameters": {"platformPartnerId": "0"},
    }


@dataclass
class Link:
    """The server, and the provider that it sends through."""

    server: Server
    provider: ProviderServer

    def call(self, value: Any, path: str = "", login: Any = LOGIN) -> httpx.Response:
        """A call as the platform makes it."""
        url = self.server.url + PATH + path
        return httpx.post(url, json=value, auth=login, timeout=15)

    def say(self, text: str | None, number: str, kind: str = "SMS") -> dict[str, Any]:
        """A patient writes; gives the message that the platform is to send."""
        assert self.call(incoming(text, number, kind)).status_code == 200
        return self.sent(number)[-1]

    def sent(self, number: str) -> list[dict[str, Any]]:
        """What was sent to a number, as soon as it is one more than before."""
        before = self._seen.get(number, 0)
        deadline = time.monotonic() + 25
        while time.monotonic() < deadline:
            found = [one for one in self.provider.taken if one["destination"] == number]
            if len(found) > before:
                self._seen[number] = len(found)
                return found
            time.sleep(0.05)
        raise AssertionError("no answer")

    def __post_init__(self) -> None:
        self._seen: dict[str, int] = {}


@pytest.fixture(scope="module")
def link(model: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Link]:
    settings = {
        "SMS_PROVIDER": "linkmobility",
        "SMS_LINKMOBILITY_USERNAME": "user",
        "SMS_LINKMOBILITY_PASSWORD": "secret",
        "SMS_LINKMOBILITY_PLATFORM_ID": "1",
        "SMS_LINKMOBILITY_PARTNER_ID": "2",
        "SMS_LINKMOBILITY_GATE_ID": "gate",
        "SMS_LINKMOBILITY_CALLBACK_USERNAME": LOGIN[0],
        "SMS_LINKMOBILITY_CALLBACK_PASSWORD": LOGIN[1],
    }
    folder = tmp_path_factory.mktemp("link")
    with (
        provider_server() as provider,
        running_server(folder, SMS_API_URL=provider.url, **settings) as server,
    ):
        yield Link(server, provider)


def test_a_message_is_answered_once(link: Link) -> None:
    number = new_number()
    message = incoming("HJELP", number)
    for _ in range(2):
        assert link.call(message).status_code == 200
    [answer] = link.sent(number)
    assert answer["userData"].startswith("Er det fare for liv, ring 113.")
    assert (answer["source"], answer["sourceTON"]) == ("2333", "SHORTNUMBER")


@pytest.mark.parametrize(
    "login", [None, ("link", "wrong"), ("", ""), ("link", ""), ("link:back", "again")]
)
def test_who_does_not_show_the_password_is_refused(link: Link, login: Any) -> None:
    answer = link.call(incoming("hei", new_number()), login=login)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")
    assert link.call({"id": "1", "resultCode": 1001}, "/status", login).status_code == 401


@pytest.mark.parametrize("header", ["Basic", "Basic ???", "Bearer bGluazpiYWNrLWFnYWlu", "Basic æ"])
def test_logins_that_are_none(link: Link, header: str) -> None:
    url = link.server.url + PATH
    headers = {"Authorization": header.encode("latin-1")}
    assert httpx.post(url, json={}, headers=headers).status_code == 401  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[]", b"null", b"{}", b"[" * 9000, b'{"messageId": 1}', b'{"a": NaN}']
)
def test_bodies_that_are_no_message(link: Link, body: bytes) -> None:
    for path in ("", "/status"):
        url = link.server.url + PATH + path
        assert httpx.post(url, content=body, auth=LOGIN).status_code == 400


@pytest.mark.parametrize(("text", "kind"), [(None, "SMS"), ("", "SMS"), ("00FF", "MMS")])
def test_pictures_and_nothing(link: Link, text: str | None, kind: str) -> None:
    assert "Jeg kan bare lese tekst" in link.say(text, new_number(), kind)["userData"]


def test_reports_of_the_parts_of_a_message(link: Link) -> None:
    number = new_number()
    sent = link.say("HJELP", number)
    for part, code in ((1, 1001), (0, 1000), (0, 1001)):
        report = {
            "refId": sent["refId"],
            "id": f"{sent['sid']}${part}",
            "operator": "no.telenor",
            "sentTimestamp": "2026-11-19T09:37:35Z",
            "timestamp": "2026-11-19T09:37:00Z",
            "resultCode": code,
            "operatorResultCode": "2",
            "segments": 2,
            "customParameters": {"destination": number},
        }
        assert link.call(report, "/status").status_code == 200
    failed = {"refId": None, "id": "another", "resultCode": 2106}
    assert link.call(failed, "/status").status_code == 200
    status = _command(link, "status")
    assert "reported by the provider: delivered" in status
    assert "reported by the provider: failed" in status


def test_nothing_shows_whose_number_it_is(link: Link) -> None:
    """After conversations in which everything went wrong that can."""
    numbers = [new_number() for _ in range(3)]
    for number in numbers:
        link.provider.script.append(refuses(500, json.dumps({"to": number}).encode()))
        link.say(f"Hei, ring meg på {number} eller {number[3:5]} {number[5:7]} 88 77", number)
        link.say("Jeg ser ikke meg selv på skjermen, rom 123456", number)
        link.say("2", number)
    link.provider.script.append(refuses(400, json.dumps({"to": numbers[0]}).encode()))
    link.call(incoming("HJELP", numbers[0]))
    link.provider.script.append(CLOSED)
    link.call(incoming("HJELP", numbers[1]))
    link.call(incoming("hei", numbers[2] + "99999999999"))
    link.call(incoming("hei", numbers[2]), login=None)
    link.call({"id": numbers[0] * 20, "resultCode": 1001}, "/status")
    link.say("STOPP", numbers[2])
    link.call(incoming("Jeg har vondt i brystet", numbers[2]))
    _until(lambda: "HTTP 400" in _command(link, "dead"))

    said = _command(link, "status") + _command(link, "dead") + _command(link, "resend", "999")
    kept = [path for path in link.server.folder.iterdir() if path.is_file()]
    assert {"server.db", "server.log", "server.out"} <= {path.name for path in kept}
    assert b"action_listen" in b"".join(path.read_bytes() for path in kept), "there is something"
    for path in kept:
        content = path.read_bytes()
        assert not any(number[3:].encode() in content for number in numbers), path.name
        content = without_chance_digits(content)
        for trace in (BEGIN, f"{BEGIN[:2]} {BEGIN[2:4]}", "123456"):
            assert trace.encode() not in content, f"{trace} in {path.name}"
    assert BEGIN not in said
    log = (link.server.folder / "server.log").read_text(encoding="utf-8")
    assert "reply_not_sent" in log, "the log tells what happened"
    for own in (ROOT / "var").glob("*.log"):
        assert BEGIN not in own.read_text(encoding="utf-8", errors="replace")


def _until(holds: Any) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def _command(link: Link, *words: str) -> str:
    """What `python -m videohjelp sms …` says, to its user and to the log."""
    url = f"sqlite:///{link.server.folder / 'server.db'}"
    ended = subprocess.run(
        [sys.executable, "-m", "videohjelp", "sms", *words],
        cwd=ROOT,
        env={**os.environ, "VIDEOHJELP_DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return ended.stdout + ended.stderr
