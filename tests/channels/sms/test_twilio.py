"""A real server behind signed calls of Twilio's: what is let in, what is answered."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from twilio.request_validator import RequestValidator

from tests.channels.sms.provider_server import SILENT, ProviderServer, provider_server
from tests.channels.sms.twilio_calls import ACCOUNT, PUBLIC_URL, SERVICE, TOKEN
from tests.channels.sms.twilio_calls import PATH as WEBHOOK
from tests.server_process import Server, running_server

NUMBER = "+4799887766"
OTHER = "+4799887755"
_numbered = itertools.count(1)


def form(text: str = "HJELP", number: str = NUMBER, **more: str) -> dict[str, str]:
    """A message as Twilio brings it; some of the fields are empty."""
    return {
        "MessageSid": f"SM{next(_numbered):032d}",
        "AccountSid": ACCOUNT,
        "From": number,
        "To": SERVICE,
        "Body": text,
        "NumMedia": "0",
        "NumSegments": "1",
        "FromCity": "",
        **more,
    }


def signed(url: str, fields: dict[str, str], token: str = TOKEN) -> dict[str, str]:
    """The header with the signature, made by Twilio's own library."""
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(url, fields)}


@dataclass
class Twilio:
    """The server, and the provider that it sends through."""

    server: Server
    provider: ProviderServer

    def call(
        self, fields: dict[str, str], path: str = WEBHOOK, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """A call as it comes from the TLS-terminating proxy: another host, plain HTTP."""
        if headers is None:
            headers = signed(PUBLIC_URL + path, fields)
        return httpx.post(self.server.url + path, data=fields, headers=headers, timeout=15)

    def answers_to(self, number: str, expected: int) -> list[dict[str, Any]]:
        """What was sent to a number, as soon as it is so many."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            found = [one for one in self.provider.taken if one["To"] == number]
            if len(found) >= expected:
                return found
            time.sleep(0.05)
        raise AssertionError(f"{len(found)} answers instead of {expected}")


@pytest.fixture(scope="module")
def twilio(model: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twilio]:
    settings = {
        "SMS_PROVIDER": "twilio",
        "SMS_PUBLIC_URL": f"{PUBLIC_URL}/",
        "SMS_TWILIO_ACCOUNT_SID": ACCOUNT,
        "SMS_TWILIO_AUTH_TOKEN": TOKEN,
        "SMS_RATE_MESSAGES": "1000",
    }
    with (
        provider_server() as provider,
        running_server(
            tmp_path_factory.mktemp("twilio"), SMS_API_URL=provider.url, **settings
        ) as server,
    ):
        yield Twilio(server, provider)


def test_a_signed_message_is_acknowledged_and_answered_once(twilio: Twilio) -> None:
    fields = form("HJELP", "+4799887701")
    began = time.monotonic()
    for _ in range(3):  # a replay is signed as well
        answer = twilio.call(fields)
        assert answer.status_code == 200
        assert answer.text == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
        assert answer.headers["content-type"].startswith("text/xml")
    assert time.monotonic() - began < 3, "acknowledged at once"
    twilio.answers_to("+4799887701", 1)
    time.sleep(1.5)
    [sent] = twilio.answers_to("+4799887701", 1)
    assert sent["From"] == SERVICE
    assert "113" in sent["Body"]


@pytest.mark.parametrize(
    "headers",
    [
        lambda fields: {},
        lambda fields: {"X-Twilio-Signature": ""},
        lambda fields: {"X-Twilio-Signature": "\xe6\xf8\xe5".encode("latin-1")},
        lambda fields: signed(PUBLIC_URL + WEBHOOK, fields, "another-token"),
        lambda fields: signed(PUBLIC_URL + WEBHOOK, {**fields, "Body": "STOPP"}),
        lambda fields: signed(PUBLIC_URL + WEBHOOK + "/status", fields),
        lambda fields: signed("http://127.0.0.1" + WEBHOOK, fields),
        lambda fields: {
            **signed("https://evil.no" + WEBHOOK, fields),
            "Host": "evil.no",
            "X-Forwarded-Host": "evil.no",
            "X-Forwarded-Proto": "https",
        },
    ],
)
def test_what_is_not_signed_for_this_address_is_refused(
    twilio: Twilio, headers: Callable[[dict[str, str]], Any]
) -> None:
    fields = form("hei", "+4799887702")
    assert twilio.call(fields, headers=headers(fields)).status_code == 403


def test_another_account_of_twilios_is_refused(twilio: Twilio) -> None:
    fields = form(AccountSid="AC" + "1" * 32)
    assert twilio.call(fields).status_code == 403


def test_calls_that_nobody_can_have_made(twilio: Twilio) -> None:
    url = twilio.server.url + WEBHOOK
    assert httpx.get(url).status_code == 405
    assert httpx.post(url, json={"Body": "hei"}).status_code == 403
    assert httpx.post(url, content=b"\xff\xfe=\xff").status_code == 400
    assert httpx.post(url, content=b"Body=%FF").status_code == 400
    assert (
        httpx.post(url, content=b"&".join(b"a=%d" % one for one in range(300))).status_code == 400
    )
    assert httpx.post(url, content=b"Body=" + b"a" * 40_000).status_code == 413
    for name in ("MessageSid", "From", "To"):
        fields = form()
        del fields[name]
        assert twilio.call(fields).status_code == 400, name
    assert twilio.call(form(number="+47 ABC;")).status_code == 400
    assert twilio.call(form(To="1" * 33)).status_code == 400
    assert httpx.post(f"{twilio.server.url}/webhooks/sms/console", json={}).status_code == 404
    assert httpx.get(f"{twilio.server.url}/sms/simulator/messages").status_code == 404


def test_a_name_gets_no_answer(twilio: Twilio) -> None:
    assert twilio.call(form(number="POSTEN")).status_code == 200
    twilio.call(form("HJELP", "+4799887703"))
    twilio.answers_to("+4799887703", 1)
    assert not any(one["To"] == "POSTEN" for one in twilio.provider.taken)


@pytest.mark.parametrize(
    ("text", "media"), [("", "1"), ("", "0"), ("😀" * 700, "0"), ("\x00", "0"), ("…", "0")]
)
def test_pictures_emoji_and_nothing(twilio: Twilio, text: str, media: str) -> None:
    number = f"+47998811{next(_numbered):02d}"
    assert twilio.call(form(text, number, NumMedia=media)).status_code == 200
    [answer] = twilio.answers_to(number, 1)
    assert "Jeg kan bare lese tekst" in answer["Body"]


def test_the_longest_message_there_is(twilio: Twilio) -> None:
    assert twilio.call(form("æ" * 1600, "+4799887704")).status_code == 200
    [answer] = twilio.answers_to("+4799887704", 1)
    assert "Meldingen er for lang" in answer["Body"]


def test_messages_of_one_number_are_answered_in_order(twilio: Twilio) -> None:
    number = "+4799887705"
    words = ["HJELP", "MER", "START"] * 3
    for word in words:
        assert twilio.call(form(word, number)).status_code == 200
    said = [one["Body"] for one in twilio.answers_to(number, 9)]
    expected = ["Er det fare", "Det er ikke mer", "Nå får du svar"] * 3
    assert [text[: len(begin)] for text, begin in zip(said, expected, strict=True)] == expected


def test_reports_late_twice_and_out_of_order(twilio: Twilio) -> None:
    number = "+4799887706"
    twilio.call(form("HJELP", number))
    [sent] = twilio.answers_to(number, 1)
    path = sent["StatusCallback"].removeprefix(PUBLIC_URL)
    for state in ("delivered", "sent", "queued", "delivered", "undelivered", "new-state"):
        fields = {"MessageSid": sent["sid"], "AccountSid": ACCOUNT, "MessageStatus": state}
        assert twilio.call(fields, path).status_code == 200
    unsigned = {"MessageSid": sent["sid"], "AccountSid": ACCOUNT, "MessageStatus": "failed"}
    assert twilio.call(unsigned, path, headers={}).status_code == 403
    other_key = path[:-1] + ("0" if path[-1] != "0" else "1")
    assert twilio.call(unsigned, other_key, signed(PUBLIC_URL + path, unsigned)).status_code == 403
    with sqlite3.connect(twilio.server.folder / "server.db") as database:
        query = "SELECT state FROM sms_reports WHERE provider_message_id = ?"
        assert database.execute(query, [sent["sid"]]).fetchall() == [("delivered",)]


def test_a_report_before_the_answer_to_the_call(twilio: Twilio) -> None:
    number = "+4799887707"
    twilio.provider.script.append(SILENT)
    twilio.call(form("HJELP", number))
    [sent] = twilio.answers_to(number, 1)
    fields = {"MessageSid": sent["sid"], "AccountSid": ACCOUNT, "MessageStatus": "sent"}
    path = sent["StatusCallback"].removeprefix(PUBLIC_URL)
    assert twilio.call(fields, path).status_code == 200
    twilio.call(form("HJELP", number))
    assert len(twilio.answers_to(number, 2)) == 2, "it blocks nothing"


def test_what_cannot_be_stored_is_not_acknowledged(twilio: Twilio) -> None:
    fields = form("HJELP", "+4799887708")
    with sqlite3.connect(twilio.server.folder / "server.db", isolation_level=None) as database:
        database.execute("BEGIN IMMEDIATE")
        assert twilio.call(fields).status_code == 503
        database.execute("ROLLBACK")
    assert twilio.call(fields).status_code == 200
    [answer] = twilio.answers_to("+4799887708", 1)
    assert "113" in answer["Body"]
