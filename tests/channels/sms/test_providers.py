"""Which provider the settings make, what they must have, and what its calls can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from tests.channels.sms.sending import linkmobility, twilio
from videohjelp.channels.sms.providers import make_provider
from videohjelp.channels.sms.providers.api import retry_after, safe_url
from videohjelp.channels.sms.providers.base import (
    Call,
    NotGenuineError,
    Provider,
    UnreadableError,
)
from videohjelp.channels.sms.providers.console import ConsoleProvider
from videohjelp.settings import Settings, SettingsError, settings

_ASCII = st.characters(max_codepoint=127)
TWILIO = {
    "sms_provider": "twilio",
    "sms_public_url": "https://sms.example.no",
    "sms_twilio_account_sid": "AC1",
    "sms_twilio_auth_token": SecretStr("token"),
}
LINK = {
    "sms_provider": "linkmobility",
    "sms_api_url": "https://n-eu.linkmobility.io/sms",
    "sms_linkmobility_username": "user",
    "sms_linkmobility_password": SecretStr("secret"),
    "sms_linkmobility_platform_id": "1",
    "sms_linkmobility_partner_id": "2",
    "sms_linkmobility_gate_id": "gate",
    "sms_linkmobility_callback_username": "link",
    "sms_linkmobility_callback_password": SecretStr("back"),
}


def configured(values: dict[str, Any]) -> Settings:
    return settings().copy(update=values)


@pytest.mark.parametrize("values", [TWILIO, LINK, {"sms_provider": "console"}])
async def test_each_provider_is_made(values: dict[str, Any]) -> None:
    provider = make_provider(configured(values))
    assert provider is not None
    assert provider.name == values["sms_provider"]
    await provider.aclose()


def test_without_text_messages_any_host_will_do() -> None:
    assert make_provider(configured({"sms_provider": "none", "host": "0.0.0.0"})) is None  # noqa: S104


@pytest.mark.parametrize("values", [TWILIO, LINK])
def test_what_is_missing_is_named(values: dict[str, Any]) -> None:
    for name in values.keys() - {"sms_provider"}:
        with pytest.raises(SettingsError, match=f"set VIDEOHJELP_{name.upper()} too"):
            make_provider(configured({**values, name: None}))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "sms.example.no", ""])  # noqa: S104
def test_the_simulator_lets_nobody_else_in(host: str) -> None:
    with pytest.raises(SettingsError, match="has no password"):
        make_provider(configured({"sms_provider": "console", "host": host}))


@pytest.mark.parametrize(
    "url", ["http://sms.example.no", "sms.example.no", "", "https://a.no?b=c", "https://a.no#rc=5"]
)
def test_addresses_that_are_not_safe(url: str) -> None:
    with pytest.raises(SettingsError, match="VIDEOHJELP_SMS_PUBLIC_URL"):
        make_provider(configured({**TWILIO, "sms_public_url": url}))


def test_an_address_below_a_path() -> None:
    assert safe_url("https://a.no/video/", "x") == "https://a.no/video"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, 0), ("", 0), ("120", 120), ("-1", 0), ("١", 0), ("Mon, 99", 0), ("9" * 30, 999999999)],
)
def test_how_long_to_wait(header: str | None, seconds: float) -> None:
    assert retry_after(header) == seconds


def test_how_long_to_wait_until_a_moment() -> None:
    moment = datetime.now(timezone.utc) + timedelta(seconds=100)
    assert 90 < retry_after(format_datetime(moment, usegmt=True)) <= 100
    assert retry_after(format_datetime(moment - timedelta(days=1), usegmt=True)) == 0


@pytest.mark.parametrize("make", [twilio, linkmobility])
async def test_any_call_is_refused_or_read(make: Callable[[str], Provider]) -> None:
    provider = make("http://127.0.0.1:9")

    @given(st.binary(max_size=200), st.text(max_size=40), st.text(_ASCII, max_size=20))
    def check(body: bytes, header: str, query: str) -> None:
        headers = {"x-twilio-signature": header, "authorization": f"Basic {header}"}
        for read in (provider.receive, provider.report):
            with pytest.raises((NotGenuineError, UnreadableError)):
                read(Call(query, headers, body))

    check()
    await provider.aclose()


LOCAL = {"host": "127.0.0.1:5005", "content-type": "application/json; charset=utf-8"}
GOOD = b'{"id": "12345678", "number": "+4799887766", "text": "hei"}'


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "localhost:5005", "origin": "http://localhost:5005"},
        {"host": "[::1]:5005"},
        {"sec-fetch-site": "same-origin"},
    ],
)
def test_the_simulators_own_page(headers: dict[str, str]) -> None:
    message = ConsoleProvider().receive(Call("", {**LOCAL, **headers}, GOOD, "127.0.0.1"))
    assert (message.message_id, message.number, message.text) == ("12345678", "+4799887766", "hei")


@pytest.mark.parametrize(
    ("headers", "peer"),
    [
        ({"host": "evil.no"}, "127.0.0.1"),
        ({"host": "localhost.evil.no"}, "127.0.0.1"),
        ({"host": ""}, "127.0.0.1"),
        ({"origin": "http://evil.no"}, "127.0.0.1"),
        ({"origin": "null"}, "127.0.0.1"),
        ({"origin": "http://127.0.0.1:8080"}, "127.0.0.1"),
        ({"origin": "https://127.0.0.1:5005"}, "127.0.0.1"),
        ({"sec-fetch-site": "cross-site"}, "127.0.0.1"),
        ({"sec-fetch-site": "same-site"}, "127.0.0.1"),
        ({"x-forwarded-for": "10.0.0.1"}, "127.0.0.1"),
        ({"forwarded": "for=10.0.0.1"}, "127.0.0.1"),
        ({}, "10.0.0.1"),
        ({}, ""),
    ],
)
def test_nobody_else_reaches_the_simulator(headers: dict[str, str], peer: str) -> None:
    with pytest.raises(NotGenuineError):
        ConsoleProvider().receive(Call("", {**LOCAL, **headers}, GOOD, peer))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (GOOD, "text/plain"),
        (GOOD, ""),
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b'{"id": "1", "number": "1", "text": ""}', "application/json"),
        (b'{"id": "12345678", "number": 1, "text": ""}', "application/json"),
        (b'{"id": "12345678", "number": "1"}', "application/json"),
    ],
)
def test_bodies_that_its_page_does_not_send(body: bytes, content_type: str) -> None:
    headers = {**LOCAL, "content-type": content_type}
    with pytest.raises(UnreadableError):
        ConsoleProvider().receive(Call("", headers, body, "127.0.0.1"))
