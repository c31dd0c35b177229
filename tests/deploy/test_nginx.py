"""A real nginx with deploy/nginx/videohjelp.conf, in front of two tiny servers."""

from __future__ import annotations

import json
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
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
from tests.deploy.upstreams import ANSWER, Upstream, running_upstream
from tests.ports import free_port
from tests.security.test_routes import ALLOWED
from videohjelp.channels.web.stream import LONGEST
from videohjelp.settings import Settings

MESSAGES = "/api/chat/messages"
#: In the file it is so long that the tests would only wait.
IMPATIENT = {
    "client_header_timeout 10s;": "client_header_timeout 1s;",
    "client_body_timeout 10s;": "client_body_timeout 1s;",
}
BODY = 32 * 1024


@pytest.fixture(scope="module")
def upstreams() -> Iterator[list[Upstream]]:
    """Two servers."""
    with ExitStack() as running:
        yield [running.enter_context(running_upstream()) for _ in range(2)]


@pytest.fixture(scope="module")
def proxy(upstreams: list[Upstream], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx in front of both."""
    folder = tmp_path_factory.mktemp("nginx")
    upstream = upstream_of([one.port for one in upstreams], forgiving=True)
    with running_proxy(folder, upstream, IMPATIENT) as one:
        yield one


@pytest.fixture(autouse=True)
def fresh(upstreams: list[Upstream]) -> None:
    """Nothing has come yet, and nobody is dead."""
    for one in upstreams:
        one.calls.clear()
        one.dies = False
        one.said.clear()


def calls(upstreams: list[Upstream]) -> list[str]:
    """What has reached them: method and target."""
    return [f"{call.method} {call.target}" for one in upstreams for call in one.calls]


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
    assert figure(r"^ +client_max_body_size (\d+)k;") * 1024 == size == BODY
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
    proxy: Proxy, upstreams: list[Upstream]
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
    ((call,),) = [one.calls for one in upstreams if one.calls]
    assert call.headers["x-forwarded-for"] == "127.0.0.1"
    assert call.headers["x-forwarded-proto"] == "https"
    assert call.headers["host"] == NAME
    assert re.fullmatch("[0-9a-f]{32}", call.headers["x-request-id"])
    assert not {"forwarded", "x-forwarded-host", "x-forwarded-port", "x-forwarded-path"} & set(
        call.headers
    )
    assert "x-scheme" not in call.headers


def test_pieces_of_a_stream_come_at_once(proxy: Proxy, upstreams: list[Upstream]) -> None:
    with proxy.client() as web, web.stream("GET", "/api/chat/events?after=0") as answer:
        pieces = answer.iter_lines()
        assert next(pieces) == "data: first"
        # Only now: what was held back would wait for it.
        for one in upstreams:
            one.said.set()
        assert "data: second" in list(pieces)


@pytest.mark.parametrize("path", [MESSAGES, "/webhooks/sms/twilio", "/webhooks/sms/linkmobility"])
def test_a_message_whose_server_dies_goes_to_the_next_one(
    proxy: Proxy, upstreams: list[Upstream], path: str
) -> None:
    body = json.dumps({"id": "one-message", "text": "lyden er borte"}).encode()
    with proxy.client() as web:
        for one in upstreams:
            one.calls.clear()
            one.dies = True
            answers = [web.post(path, content=body) for _ in range(2)]
            assert [answer.content for answer in answers] == [ANSWER] * 2
            one.dies = False
    assert {call.body for one in upstreams for call in one.calls} == {body}


def test_what_may_do_harm_twice_is_not_sent_again(proxy: Proxy, upstreams: list[Upstream]) -> None:
    for one in upstreams:
        one.dies = True
    with proxy.client() as web:
        assert web.post("/api/chat/conversations", json={}).status_code == 502
        assert calls(upstreams) == ["POST /api/chat/conversations"]
        assert web.get("/chat").status_code == 502
    assert calls(upstreams).count("GET /chat") == 2, "what changes nothing is tried at both"


def test_a_server_that_is_gone_is_passed_over(upstreams: list[Upstream], tmp_path: Path) -> None:
    upstream = upstream_of([free_port(), upstreams[0].port])
    with running_proxy(tmp_path / "nginx", upstream) as proxy, proxy.client() as web:
        assert {web.get("/chat").status_code for _ in range(6)} == {200}
        started = [web.post("/api/chat/conversations", json={}) for _ in range(6)]
        assert {one.status_code for one in started} == {200}, "the dead one had got nothing"
        tried = [line["upstream"].count(",") for line in proxy.logged()]
    assert sum(tried) == 1, "then it is left alone"


@pytest.mark.parametrize(
    "target",
    [
        "/metrics",
        "//metrics",
        "/%6detrics",
        "/chat/../metrics",
        "/metrics?x=/chat",
        "/health",
        "/health/ready",
        "/health/live",
        "/./health",
    ],
)
def test_what_programs_ask_for_is_not_public(
    proxy: Proxy, upstreams: list[Upstream], target: str
) -> None:
    with _tls(proxy) as connection:
        connection.sendall(
            f"GET {target} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode()
        )
        assert _read(connection).startswith(b"HTTP/1.1 404")
    assert calls(upstreams) == []


def test_every_address_of_patients_and_staff_is_passed_on(
    proxy: Proxy, upstreams: list[Upstream]
) -> None:
    targets = {re.sub(r"<[^>]+>", "x", route.split()[1]) for route in ALLOWED}
    wanted = {one for one in targets if not one.startswith(("/metrics", "/health"))}
    for one in upstreams:
        one.said.set()
    with proxy.client() as web:
        assert {web.get(target).status_code for target in wanted} == {200}
    assert {call.removeprefix("GET ") for call in calls(upstreams)} == wanted


def test_what_is_too_large_is_refused_before_a_server_sees_it(
    proxy: Proxy, upstreams: list[Upstream]
) -> None:
    with proxy.client() as web:
        assert web.post(MESSAGES, content=b"x" * BODY).status_code == 200
        assert web.post(MESSAGES, content=b"x" * (BODY + 1)).status_code == 413
        assert web.get("/chat", headers={"X-Long": "x" * 9000}).status_code == 400
    assert calls(upstreams) == [f"POST {MESSAGES}"]


def test_who_is_slow_is_sent_away_and_bothers_no_server(
    proxy: Proxy, upstreams: list[Upstream]
) -> None:
    head = f"POST {MESSAGES} HTTP/1.1\r\nHost: {NAME}\r\n"
    for begun in (head, f"{head}Content-Length: 100\r\n\r\nhalf of it"):
        began = time.monotonic()
        with _tls(proxy) as connection:
            connection.sendall(begun.encode())
            _read(connection)
        assert time.monotonic() - began < 5
    assert calls(upstreams) == []


def test_a_flood_is_stopped_and_a_hospital_is_not(tmp_path: Path) -> None:
    request = f"GET /chat HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
    last = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
    # No server has to be as fast as nginx: it says itself that there is none.
    passed_on, stopped = b"502", b"429"
    with running_proxy(tmp_path / "nginx", upstream_of([free_port()])) as proxy:
        seen: list[bytes] = []
        for _ in range(8):
            with _tls(proxy) as connection:
                connection.sendall((request * 399 + last).encode())
                seen += _statuses(_read(connection))
    assert set(seen) == {passed_on, stopped}
    assert seen.index(stopped) > 400, "what a full waiting room sends at once"


def test_only_this_name_and_only_https(proxy: Proxy) -> None:
    plain = httpx.get(f"http://127.0.0.1:{proxy.http}/chat?x=1", headers={"Host": "evil.example"})
    assert plain.status_code == 301
    assert plain.headers["location"] == f"https://{NAME}/chat?x=1"
    anybody = ssl.create_default_context()
    anybody.check_hostname = False
    anybody.verify_mode = ssl.CERT_NONE
    with (
        pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"),
        socket.create_connection(("127.0.0.1", proxy.https)) as connection,
    ):
        anybody.wrap_socket(connection, server_hostname="evil.example")


def test_nothing_logged_tells_who_it_was(proxy: Proxy, upstreams: list[Upstream]) -> None:
    marks = ("kari-nordmann", "12345678901", "token-in-a-query", "10.11.12.13")
    before = len(proxy.logged())
    with proxy.client(**{"User-Agent": marks[0], "Referer": f"https://x/{marks[1]}"}) as web:
        web.get(f"/chat?name={marks[2]}", headers={"X-Forwarded-For": marks[3]})
        web.get(f"/{marks[1]}")
        web.get(f"/staff/conversations/{marks[0]}")
        web.get(f"/assets/{marks[1]}.js")
        web.post(f"{MESSAGES}?{marks[2]}", json={"text": marks[0]})
        web.get(f"/api/chat/{marks[1]}")
        web.get("/metrics", headers={"Authorization": f"Bearer {marks[2]}"})
        for one in upstreams:
            one.dies = True
        web.get(f"/chat?{marks[2]}")
    lines = proxy.logged()[before:]
    assert [line["place"] for line in lines] == [
        "/chat",
        "other",
        "/staff/conversations",
        "/assets",
        MESSAGES,
        "other",
        "/metrics",
        "/chat",
    ]
    assert [line["status"] for line in lines] == [200, 200, 200, 200, 200, 200, 404, 502]
    assert "502" in lines[-1]["upstream_status"], "why, stands there"
    logs = proxy.access_log() + proxy.error_log()
    assert [mark for mark in marks if mark in logs] == []
    assert "client:" not in logs
    # Of addresses the servers' alone.
    ports = {f"127.0.0.1:{one.port}" for one in upstreams}
    assert set(re.findall(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+:?[0-9]*", logs)) <= ports


def test_an_answer_can_be_found_in_both_logs(proxy: Proxy, upstreams: list[Upstream]) -> None:
    with proxy.client() as web:
        web.get("/chat")
    ((call,),) = [one.calls for one in upstreams if one.calls]
    assert proxy.logged()[-1]["request_id"] == call.headers["x-request-id"]


def test_the_upstream_of_the_tests_is_that_of_the_file() -> None:
    text = upstream_of([1, 2])
    assert "server 127.0.0.1:1 max_fails=1 fail_timeout=5s;" in text
    assert "10.0.0." not in text


def _tls(proxy: Proxy) -> ssl.SSLSocket:
    connection = socket.create_connection(("127.0.0.1", proxy.https), timeout=10)
    return proxy.tls().wrap_socket(connection, server_hostname=NAME)


def _read(connection: ssl.SSLSocket) -> bytes:
    read = b""
    try:
        while piece := connection.recv(65536):
            read += piece
    except ConnectionError:  # "reset_timedout_connection"
        pass
    return read


def _statuses(answers: bytes) -> list[bytes]:
    return re.findall(rb"HTTP/1\.1 ([0-9]{3})", answers)
