"""A real nginx with deploy/nginx/videohjelp.conf, in front of two tiny servers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.deploy.proxy import (
    CONFIGURATION,
    NAME,
    UPSTREAM,
    Proxy,
    lay_out,
    nginx_program,
    running_proxy,
    upstream_of,
)
from tests.deploy.tools import DEPLOY, in_code, run
from tests.deploy.upstreams import ANSWER, Upstream, calls
from tests.ports import free_port
from tests.security.test_routes import ALLOWED
from videohjelp.channels.web.stream import LONGEST
from videohjelp.settings import Settings

MESSAGES = "/api/chat/messages"


def test_both_upstreams_are_configurations(tmp_path: Path) -> None:
    compose = (DEPLOY / "compose" / "nginx" / "upstream.conf").read_text(encoding="utf-8")
    # Debian 12's nginx knows no "resolve", and this machine no "server".
    assert "server server:5005 resolve " in compose
    compose = compose.replace("server server:5005 resolve ", "server 127.0.0.1:5005 ")
    own = UPSTREAM.read_text(encoding="utf-8")
    for name, upstream in {"own": own, "compose": compose}.items():
        main = lay_out(tmp_path / name, upstream, free_port(), free_port(), {})
        said = run(nginx_program(), "-t", "-p", tmp_path / name, "-c", main)
        assert "test is successful" in said
        assert "warn" not in said


def test_the_figures_go_with_the_servers() -> None:
    text = CONFIGURATION.read_text(encoding="utf-8")

    def figure(pattern: str) -> int:
        (found,) = re.findall(pattern, text, re.MULTILINE)
        return int(found)

    defaults = {name: field.default for name, field in Settings.__fields__.items()}
    size = int(in_code("app.py", r"REQUEST_MAX_SIZE = ([0-9_]+)"))
    assert figure(r"^ +client_max_body_size (\d+)k;") * 1024 == size
    assert figure(r"^    proxy_read_timeout (\d+)s;") > int(
        in_code("app.py", r"RESPONSE_TIMEOUT = ([0-9]+)")
    )
    assert figure(r"^        proxy_read_timeout (\d+)s;") > LONGEST
    # The server's refusal, which has the phone numbers in it, comes first.
    assert figure(r"rate=(\d+)r/s") * 60 > defaults["network_requests_per_minute"]
    assert figure(r"limit_conn videohjelp_connections (\d+);") > defaults["web_network_streams"]
    kept = re.findall(r"keepalive_timeout (\d+)s;", UPSTREAM.read_text(encoding="utf-8"))
    assert [int(one) < defaults["idle_seconds"] for one in kept] == [True]


def test_the_patients_address_and_nothing_that_they_claim(
    proxy: Proxy, fresh: list[Upstream]
) -> None:
    claimed = {
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Port": "1",
        "X-Forwarded-Path": "/evil",
        "X-Scheme": "gopher",
        "Forwarded": "for=192.0.2.1",
        "X-Request-ID": "chosen-by-the-client",
    }
    with proxy.client() as web:
        assert web.get("/chat", headers=claimed).content == ANSWER
    ((call,),) = [one.calls for one in fresh if one.calls]
    assert call.headers["x-forwarded-for"] == "127.0.0.1"
    assert call.headers["x-forwarded-proto"] == "https"
    assert call.headers["host"] == NAME
    assert re.fullmatch("[0-9a-f]{32}", call.headers["x-request-id"])
    assert not {"forwarded", "x-forwarded-host", "x-forwarded-port", "x-forwarded-path"} & set(
        call.headers
    )
    assert "x-scheme" not in call.headers


def test_pieces_of_a_stream_come_at_once(proxy: Proxy, fresh: list[Upstream]) -> None:
    with proxy.client() as web, web.stream("GET", "/api/chat/events?after=0") as answer:
        pieces = answer.iter_lines()
        assert next(pieces) == "data: first"
        # Only now: what was held back would wait for it.
        for one in fresh:
            one.said.set()
        assert "data: second" in list(pieces)


@pytest.mark.parametrize("path", [MESSAGES, "/webhooks/sms/twilio", "/webhooks/sms/linkmobility"])
def test_a_message_whose_server_dies_goes_to_the_next_one(
    proxy: Proxy, fresh: list[Upstream], path: str
) -> None:
    body = json.dumps({"id": "one-message", "text": "lyden er borte"}).encode()
    with proxy.client() as web:
        for one in fresh:
            one.calls.clear()
            one.dies = True
            answers = [web.post(path, content=body) for _ in range(2)]
            assert [answer.content for answer in answers] == [ANSWER] * 2
            one.dies = False
    assert {call.body for one in fresh for call in one.calls} == {body}


def test_what_may_do_harm_twice_is_not_sent_again(proxy: Proxy, fresh: list[Upstream]) -> None:
    for one in fresh:
        one.dies = True
    with proxy.client() as web:
        assert web.post("/api/chat/conversations", json={}).status_code == 502
        assert calls(fresh) == ["POST /api/chat/conversations"]
        assert web.get("/chat").status_code == 502
    assert calls(fresh).count("GET /chat") == 2, "what changes nothing is tried at both"


def test_a_server_that_is_gone_is_passed_over(fresh: list[Upstream], tmp_path: Path) -> None:
    upstream = upstream_of([free_port(), fresh[0].port])
    with running_proxy(tmp_path / "nginx", upstream) as proxy, proxy.client() as web:
        assert {web.get("/chat").status_code for _ in range(6)} == {200}
        started = [web.post("/api/chat/conversations", json={}) for _ in range(6)]
        assert {one.status_code for one in started} == {200}, "the dead one had got nothing"
        tried = [line["upstream"].count(",") for line in proxy.logged(12)]
    assert sum(tried) == 1, "then it is left alone"


def test_every_address_of_patients_and_staff_is_passed_on(
    proxy: Proxy, fresh: list[Upstream]
) -> None:
    targets = {re.sub(r"<[^>]+>", "x", route.split()[1]) for route in ALLOWED}
    wanted = {one for one in targets if not one.startswith(("/metrics", "/health"))}
    for one in fresh:
        one.said.set()
    before = len(proxy.logged())
    with proxy.client() as web:
        assert {web.get(target).status_code for target in wanted} == {200}
    assert {call.removeprefix("GET ") for call in calls(fresh)} == wanted
    places = [line["place"] for line in proxy.logged(before + len(wanted))[before:]]
    assert "other" not in places, "each has a name in the log"


def test_the_upstream_of_the_tests_is_that_of_the_file() -> None:
    text = upstream_of([1, 2])
    assert "server 127.0.0.1:1 max_fails=1 fail_timeout=5s;" in text
    assert "10.0.0." not in text
