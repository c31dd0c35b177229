"""500 made-up identifiers go in through every channel of real servers; none is found afterwards.

Looked through byte by byte: the databases with their write-ahead logs, what the servers wrote to
standard output and error, /metrics, every answer they gave, and what the hand-off receiver got.
What the design keeps in another form: the number of an SMS, encrypted until its reply is sent (the
provider gets it, being who it came from), and its keyed hash; the page's ids of its messages,
encrypted.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

import httpx
import pytest

from tests.channels.sms.provider_server import provider_server
from tests.channels.sms.twilio_calls import twilio_settings
from tests.privacy.canaries import Canary, canaries, found_in, in_address
from tests.privacy.case_receiver import CaseReceiver
from tests.privacy.doors import API, DOORS, Planted
from tests.server_process import start_server
from tests.staff.client import PASSWORD, TESTER, Staff
from videohjelp.staff.accounts import AccountStore
from videohjelp.storage.schema import open_database

TO_A_CASE = ("kameraet virker ikke", "nei", "nei", "PC", "nei", "nei", "nei", "nei", "nei", "nei")


@pytest.fixture(scope="module")
def planted(
    model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Planted, list[Canary], list[bytes]]]:
    """Two servers through whose every channel the identifiers went, and everything they left."""
    web, sms = (tmp_path_factory.mktemp(name) for name in ("web", "sms"))
    some = canaries()
    received: list[bytes] = []
    accounts = AccountStore(open_database(f"sqlite:///{web / 'server.db'}"))
    accounts.add(TESTER, PASSWORD, "tester", datetime.now(timezone.utc))
    with CaseReceiver(received) as receiver, provider_server() as provider:
        with ThreadPoolExecutor() as pool:
            settings = {
                "STAFF_CONSOLE": "true",
                "HANDOFF_WEBHOOK_URL": receiver,
                "HANDOFF_WEBHOOK_SECRET": "only-for-tests-only",
                "WEB_MESSAGES_PER_MINUTE": "100000",
                "WEB_NETWORK_REQUESTS_PER_MINUTE": "100000",
            }
            first = pool.submit(start_server, web, **settings)
            # Every action of this one fails: there is no action server.
            failing = {"ACTIONS": "remote", "SMS_RATE_MESSAGES": "1000"}
            second = pool.submit(start_server, sms, **twilio_settings(provider.url), **failing)
            servers = (first.result(), second.result())
        try:
            with httpx.Client(base_url=servers[0].url, timeout=30) as client:
                staff = Staff(servers[0].url, TESTER)
                to = Planted(*servers, staff, client, received)
                _plant(to, some)
                _break(to, some)
                _wait_for_replies(sms, provider.taken)
                content = [*to.answers, *_left_behind(to)]
        finally:
            for server in servers:
                server.stop()
    # What was written while they ended as well, and what was read into the database file.
    content += [path.read_bytes() for folder in (web, sms) for path in sorted(folder.iterdir())]
    yield to, some, content


def _plant(to: Planted, some: list[Canary]) -> None:
    begun = to.ask("POST", f"{API}/conversations", json={"language": "nb"})
    to.token = begun.json()["token"]
    for text in TO_A_CASE:
        to.say(text=text)
    size = 4
    for number, begin in enumerate(range(0, len(some), size)):
        chunk = some[begin : begin + size]
        text = ", ".join(one.sentence for one in chunk)
        if number % 25 == 0:
            begun = to.ask("POST", f"{API}/conversations", json={"language": "nb"})
            to.token = begun.json()["token"]
        assert to.say(text=f"{text}. Kameraet virker ikke").status_code == httpx.codes.OK
        DOORS[number % len(DOORS)](to, text, chunk)
        if number % len(DOORS) == 1:
            to.staff.get("/review")  # whoever logged out or was refused comes back


def _break(to: Planted, some: list[Canary]) -> None:
    """What is told and logged when the database takes nothing, and when an action raises."""
    text = ", ".join(one.sentence for one in some[:4])
    for table in ("handoff_cases", "conversation_turns", "feedback"):
        with closing(sqlite3.connect(to.web.folder / "server.db")) as database:
            database.execute(f"ALTER TABLE {table} RENAME TO gone")
            for written in (text, *TO_A_CASE):
                to.say(text=written)
            newest = to.ask("GET", f"{API}/messages").json().get("messages", [{"seq": 1}])[-1]
            body = {"seq": newest["seq"], "rating": "up", "comment": text}
            to.ask("POST", f"{API}/feedback", json=body)
            database.execute(f"ALTER TABLE gone RENAME TO {table}")


def _left_behind(to: Planted) -> list[bytes]:
    """What stands on the disk while the servers run, and what they tell of themselves."""
    left = []
    for server in (to.web, to.sms):
        with closing(sqlite3.connect(server.folder / "server.db")) as reader:
            reader.execute("SELECT count(*) FROM conversation_events").fetchone()
            left += [path.read_bytes() for path in sorted(server.folder.iterdir())]
        left += [httpx.get(f"{server.url}{path}").content for path in ("/metrics", "/health")]
    deadline = time.monotonic() + 20
    while not to.received and time.monotonic() < deadline:
        time.sleep(0.2)
    return [*left, *to.received]


def _wait_for_replies(folder: Path, taken: list[dict[str, object]]) -> None:
    query = "SELECT count(*) FROM sms_inbox WHERE state IN ('waiting', 'taken')"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(folder / "server.db")) as reader:
            if taken and reader.execute(query).fetchone() == (0,):
                return
        time.sleep(0.2)
    raise AssertionError("the text messages were not answered")


def test_the_search_finds_what_stands_there() -> None:
    some = canaries()
    assert len({one.written for one in some}) == len(some) == 500
    for one in some:
        for shown in (one.sentence, in_address(one), f"x{one.sentence}y"):
            assert one in found_in(shown.encode(), some)
    assert found_in(b"1798000000.123456 55 97 65 51 pin 10:30", some) == set()


def test_identifiers_went_everywhere(planted: tuple[Planted, list[Canary], list[bytes]]) -> None:
    """Or nothing would have been tried: each store has the mark of what was taken out."""
    to, _, _ = planted
    for server, queries in (
        (
            to.web,
            (
                "SELECT data FROM conversation_events",
                "SELECT comment FROM feedback",
                "SELECT events FROM staff_trials",
            ),
        ),
        (to.sms, ("SELECT data FROM conversation_events",)),
    ):
        with closing(sqlite3.connect(server.folder / "server.db")) as connection:
            for query in queries:
                rows = str(connection.execute(query).fetchall())
                assert "[navn]" in rows or "[fødselsnummer]" in rows or "[telefon" in rows, query
    assert {200, 400, 401, 404, 413, 415, 422, 503} <= to.statuses
    web_log, sms_log = ((one.folder / "server.log").read_text() for one in (to.web, to.sms))
    assert "no_answer" in web_log
    assert "OperationalError" in web_log
    assert "action_server_away" in sms_log
    assert any(b"camera_not_working" in one for one in to.received), "a case was handed over"


def test_no_identifier_is_found(planted: tuple[Planted, list[Canary], list[bytes]]) -> None:
    _, some, content = planted
    assert sum(map(len, content)) > 1_000_000
    leaks = {one: piece for piece in set(content) for one in found_in(piece, some)}
    assert {one.sentence: _around(piece, one) for one, piece in leaks.items()} == {}


def _around(piece: bytes, one: Canary) -> str:
    at = max(piece.find(one.written.encode()), piece.lower().find(one.bare.encode()), 0)
    return piece[max(0, at - 80) : at + 80].decode("utf-8", "replace")
