"""Who may read /metrics of a real server, and what it says when it cannot count."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.server_process import Server, running_server

TOKEN = "only-for-tests-only"
SHOWN = TOKEN.encode()
FIGURE = 'videohjelp_sms_replies{state="dead"}'


def got(url: str, headers: Any = None) -> httpx.Response:
    """The answer to a monitoring server."""
    return httpx.get(f"{url}/metrics", headers=headers, timeout=15)


@pytest.fixture(scope="module")
def with_token(model: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose figures have a token."""
    folder = tmp_path_factory.mktemp("metrics")
    with running_server(folder, METRICS_TOKEN=TOKEN) as server:
        yield server


def test_without_a_token_a_program_on_this_machine_reads_them(server_url: str) -> None:
    answer = got(server_url)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
    assert FIGURE in answer.text
    assert "process_resident_memory_bytes" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"Host": "videohjelp.example.no"},
        {"Origin": "https://evil.no"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "127.0.0.1"},
    ],
)
def test_without_a_token_nobody_else_does(server_url: str, headers: dict[str, str]) -> None:
    answer = got(server_url, headers)
    assert (answer.status_code, answer.text) == (403, "")


def test_with_a_token_whoever_shows_it_reads_them_from_anywhere(with_token: Server) -> None:
    through_proxy = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "203.0.113.7"}
    assert FIGURE in got(with_token.url, through_proxy).text
    openmetrics = {**through_proxy, "Accept": "application/openmetrics-text; version=1.0.0"}
    assert got(with_token.url, openmetrics).text.endswith("# EOF\n")


@pytest.mark.parametrize(
    "authorization",
    [b"", b"Bearer", b"Basic " + SHOWN, b"Bearer " + SHOWN + b"x", b"Bearer \xe6", SHOWN],
)
def test_with_a_token_nobody_else_does_not_even_this_machine(
    with_token: Server, authorization: bytes
) -> None:
    answer = got(with_token.url, {b"Authorization": authorization} if authorization else None)
    assert (answer.status_code, answer.text) == (401, "")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_what_cannot_be_counted_is_no_figure_and_hides_no_other(with_token: Server) -> None:
    with sqlite3.connect(with_token.folder / "server.db") as database:
        database.execute("ALTER TABLE sms_reports RENAME TO away")
    answer = got(with_token.url, {"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    # Not one of the group: half of it would look like the whole.
    assert "videohjelp_sms_" not in answer.text
    assert 'videohjelp_figures_ok{of="sms"} 0.0' in answer.text
    assert 'videohjelp_figures_ok{of="handoff"} 1.0' in answer.text
    assert "videohjelp_messages_total" in answer.text
