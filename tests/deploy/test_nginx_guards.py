"""nginx against floods, slow and large clients, the wrong names; and what it writes down."""

from __future__ import annotations

import re
import socket
import ssl
import time
from pathlib import Path

import httpx
import pytest

from tests.deploy.proxy import NAME, Proxy, running_proxy, upstream_of
from tests.deploy.upstreams import Upstream, calls
from tests.ports import free_port

MESSAGES = "/api/chat/messages"
BODY = 32 * 1024


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
    proxy: Proxy, fresh: list[Upstream], target: str
) -> None:
    with _tls(proxy) as connection:
        connection.sendall(
            f"GET {target} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode()
        )
        assert _read(connection).startswith(b"HTTP/1.1 404")
    assert calls(fresh) == []


def test_what_is_too_large_is_refused_before_a_server_sees_it(
    proxy: Proxy, fresh: list[Upstream]
) -> None:
    with proxy.client() as web:
        assert web.post(MESSAGES, content=b"x" * BODY).status_code == 200
        assert web.post(MESSAGES, content=b"x" * (BODY + 1)).status_code == 413
        assert web.get("/chat", headers={"X-Long": "x" * 9000}).status_code == 400
    assert calls(fresh) == [f"POST {MESSAGES}"]


def test_who_is_slow_is_sent_away_and_bothers_no_server(
    proxy: Proxy, fresh: list[Upstream]
) -> None:
    head = f"POST {MESSAGES} HTTP/1.1\r\nHost: {NAME}\r\n"
    for begun in (head, f"{head}Content-Length: 100\r\n\r\nhalf of it"):
        began = time.monotonic()
        with _tls(proxy) as connection:
            connection.sendall(begun.encode())
            _read(connection)
        assert time.monotonic() - began < 5
    assert calls(fresh) == []


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


def test_nothing_logged_tells_who_it_was(proxy: Proxy, fresh: list[Upstream]) -> None:
    marks = ("kari-nordmann", "12345678901", "token-in-a-query", "10.11.12.13", "karinordmann")
    before = len(proxy.logged())
    with proxy.client(**{"User-Agent": marks[0], "Referer": f"https://x/{marks[1]}"}) as web:
        web.get(f"/chat?name={marks[2]}", headers={"X-Forwarded-For": marks[3]})
        web.get(f"/{marks[1]}")
        web.get(f"/staff/conversations/{marks[0]}")
        web.get(f"/assets/{marks[1]}.js")
        web.post(f"{MESSAGES}?{marks[2]}", json={"text": marks[0]})
        web.get("/api/chat/karinordmann")
        web.get("/metrics", headers={"Authorization": f"Bearer {marks[2]}"})
        for one in fresh:
            one.dies = True
        web.get(f"/chat?{marks[2]}")
    lines = proxy.logged(before + 8)[before:]
    assert [line["place"] for line in lines] == [
        "/chat",
        "other",
        "/staff",
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
    ports = {f"127.0.0.1:{one.port}" for one in fresh}
    assert set(re.findall(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+:?[0-9]*", logs)) <= ports


def test_an_answer_can_be_found_in_both_logs(proxy: Proxy, fresh: list[Upstream]) -> None:
    before = len(proxy.logged())
    with proxy.client() as web:
        web.get("/chat")
    ((call,),) = [one.calls for one in fresh if one.calls]
    assert proxy.logged(before + 1)[-1]["request_id"] == call.headers["x-request-id"]


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
