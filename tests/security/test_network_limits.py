"""How much one network may ask, wherever it asks."""

from __future__ import annotations

from contextlib import ExitStack

import httpx
import pytest

from tests.security.conftest import REFUSALS, REQUESTS, STREAMS
from tests.security.production import METRICS_TOKEN
from tests.server_process import Server
from videohjelp.channels.network_limits import NetworkLimits
from videohjelp.channels.networks import network_of
from videohjelp.channels.web.limits import RequestLimits, TooManyError
from videohjelp.coordination.rates import Rates
from videohjelp.settings import read_settings

ADDRESSES = (
    "/chat",
    "/widget.js",
    "/health",
    "/metrics",
    "/staff/login",
    "/nope",
    "/api/chat/ping",
)


def test_a_network_that_asks_without_end_is_stopped_everywhere(hardened: Server) -> None:
    with httpx.Client(base_url=hardened.url, headers={"X-Forwarded-For": "192.0.2.20"}) as web:
        for number in range(REQUESTS):
            answer = web.get("/assets/nope" if number % 2 else "/api/chat/information")
            assert answer.status_code != httpx.codes.TOO_MANY_REQUESTS, number
        for address in ADDRESSES:
            answer = web.get(address)
            assert answer.status_code == httpx.codes.TOO_MANY_REQUESTS, address
            assert 1 <= int(answer.headers["retry-after"]) <= 60
            assert answer.headers["x-content-type-options"] == "nosniff"
    other = httpx.get(f"{hardened.url}/health", headers={"X-Forwarded-For": "192.0.2.21"})
    assert other.status_code == httpx.codes.OK


@pytest.mark.parametrize(
    ("network", "method", "address"),
    [
        ("192.0.2.22", "GET", "/metrics"),
        ("192.0.2.23", "POST", "/webhooks/sms/twilio"),
        ("192.0.2.24", "POST", "/webhooks/sms/twilio/status"),
    ],
)
def test_who_guesses_a_secret_is_stopped(
    hardened: Server, network: str, method: str, address: str
) -> None:
    headers = {"X-Forwarded-For": network, "Authorization": "Bearer gjettet"}
    with httpx.Client(base_url=hardened.url, headers=headers) as web:
        for _ in range(REFUSALS):
            assert web.request(method, address).status_code in (401, 403)
        assert web.request(method, address).status_code == httpx.codes.TOO_MANY_REQUESTS
        right = {"Authorization": f"Bearer {METRICS_TOKEN}"}
        assert web.get("/metrics", headers=right).status_code == httpx.codes.TOO_MANY_REQUESTS
        assert web.get("/api/chat/information").status_code == httpx.codes.OK, "the chat goes on"


def test_a_network_has_so_many_streams_and_no_more(hardened: Server) -> None:
    headers = {"X-Forwarded-For": "192.0.2.25"}
    with (
        httpx.Client(base_url=hardened.url, headers=headers, timeout=10) as web,
        ExitStack() as all_,
    ):

        def listen() -> httpx.Response:
            started = web.post("/api/chat/conversations", json={})
            token = {"Authorization": f"Bearer {started.json()['token']}"}
            return all_.enter_context(web.stream("GET", "/api/chat/events", headers=token))

        assert [listen().status_code for _ in range(STREAMS)] == [httpx.codes.OK] * STREAMS
        refused = listen()
        assert refused.status_code == httpx.codes.TOO_MANY_REQUESTS
        assert refused.headers["retry-after"] == "30"
        headers["X-Forwarded-For"] = "192.0.2.26"
        web.headers.update(headers)
        assert listen().status_code == httpx.codes.OK, "another network"


def test_a_stream_that_ends_makes_room() -> None:
    limits = RequestLimits(read_settings().copy(update={"web_network_streams": 1}), Rates())
    for _ in range(3):
        with limits.stream("192.0.2.1"):
            with pytest.raises(TooManyError), limits.stream("192.0.2.1"):
                pytest.fail("one is open")
            with limits.stream("192.0.2.2"), limits.stream("127.0.0.1"), limits.stream("127.0.0.1"):
                pass


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("2001:db8:0:1:ffff::2", "2001:db8:0:1::/64"),
        ("[2001:db8:0:1::2]:443", "2001:db8:0:1::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_which_network_an_address_is_of(address: str, network: str | None) -> None:
    assert network_of(address) == network


async def test_this_machine_is_not_counted() -> None:
    few = {"network_requests_per_minute": 1, "network_refusals_per_minute": 1}
    limits = NetworkLimits(read_settings().copy(update=few), Rates())
    for _ in range(3):
        await limits.request("127.0.0.1")
        await limits.refused("127.0.0.1")
        await limits.may_be_refused("127.0.0.1")
