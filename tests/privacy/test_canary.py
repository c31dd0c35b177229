"""500 made-up identifiers go in through every channel of real servers; none is found afterwards.

Looked through byte by byte: the databases with their write-ahead logs, what the servers wrote to
standard output and error, /metrics, every answer they gave, what the hand-off receiver got, and
reports of stories. What the design keeps in another form: the number of an SMS, encrypted until its
reply is sent (the provider gets it, being who it came from), and its keyed hash; the page's ids of
its messages, encrypted.
"""

from __future__ import annotations

import socket
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.channels.sms.provider_server import provider_server
from tests.channels.sms.twilio_calls import bring, twilio_settings
from tests.privacy.canaries import Canary, canaries, found_in, in_address
from tests.server_process import Server, start_server
from tests.staff.client import PASSWORD, TESTER, Staff
from videohjelp.staff.accounts import AccountStore
from videohjelp.storage.schema import open_database
from videohjelp.stories import runs, workers
from videohjelp.stories.cases import TestCase, Turn
from videohjelp.stories.results import CaseResult, Heard, Problem, TurnResult

API = "/api/chat"
TO_A_CASE = ("kameraet virker ikke", "nei", "nei", "PC", "nei", "nei", "nei", "nei", "nei", "nei")


@dataclass
class Planted:
    """Where identifiers were planted, and everything that came back."""

    web: Server
    sms: Server
    staff: Staff
    http: httpx.Client
    received: list[bytes]
    token: str = ""
    trial: str = ""
    answers: list[bytes] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)

    def ask(self, method: str, path: str, **request: object) -> httpx.Response:
        """A request to the web server whose answer is looked through."""
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers = {**own, **dict(request.pop("headers", {}))}  # type: ignore[call-overload]
        return self.keep(self.http.request(method, path, headers=headers, **request))  # type: ignore[arg-type]

    def keep(self, answer: httpx.Response) -> httpx.Response:
        """Keeps an answer, its headers included."""
        self.statuses.add(answer.status_code)
        self.answers += [answer.content, str(answer.headers.raw).encode()]
        return answer

    def say(self, **content: object) -> httpx.Response:
        """A message of the web chat."""
        body = {"id": str(uuid.uuid4()), **content}
        return self.ask("POST", f"{API}/messages", json=body)

    def raw(self, request: bytes) -> None:
        """Bytes that need not be HTTP."""
        address = httpx.URL(self.web.url)
        with socket.create_connection((address.host, address.port or 80), timeout=10) as connected:
            connected.sendall(request)
            connected.settimeout(1)
            try:
                self.answers.append(connected.recv(65536))
            except OSError:
                return


Channel = Callable[[Planted, str, list[Canary]], object]


def _ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode()


def _id(text: str) -> str:
    return ("".join(one if one.isascii() and one.isalnum() else "-" for one in text) + "-" * 8)[:36]


def _header(name: str) -> Channel:
    return lambda to, text, _: to.ask(
        "GET", f"{API}/messages", headers={name: text.encode("utf-8")}
    )


def _path(path: str) -> Channel:
    return lambda to, _, some: to.ask("GET", path.format("/".join(map(in_address, some))))


def _body(path: str) -> Channel:
    def send(to: Planted, text: str, _some: list[Canary]) -> None:
        for body in (f'{{"text": "{text}"', f'["{text}"]', f'{{"{text}": 1}}', text):
            headers = {"Content-Type": "application/json"}
            to.ask("POST", path, content=body.encode("utf-8"), headers=headers)
        to.ask("POST", path, data={"text": text})

    return send


def _field(path: str, **fields: str) -> Channel:
    return lambda to, text, _: to.keep(
        to.staff.post(path, **{name: value.format(text) for name, value in fields.items()})
    )


def _opinion(to: Planted, text: str, _some: list[Canary]) -> None:
    answers = to.ask("GET", f"{API}/messages").json()["messages"]
    newest = max(one["seq"] for one in answers if one["from"] == "assistant")
    body = {"seq": newest, "rating": "down", "comment": text[:500]}
    to.ask("POST", f"{API}/feedback", json=body)


def _simulated(to: Planted, text: str, some: list[Canary]) -> None:
    number = next((one.bare for one in some if one.kind == "phone"), "91234567")
    for message in (
        {"id": _id(text), "number": number, "text": text},
        {"id": str(uuid.uuid4()), "number": text[:30], "text": text},
        {"id": text, "number": number, "text": text},
    ):
        to.ask("POST", "/webhooks/sms/console", json=message)
    to.ask("GET", "/sms/simulator/messages", params={"number": number})
    to.ask("GET", "/sms/simulator/messages", params={"number": text, "after": text})


def _by_provider(to: Planted, text: str, some: list[Canary]) -> None:
    number = next((f"+47{one.bare}" for one in some if one.kind == "phone"), "+4791234567")
    assert bring(to.sms.url, f"{number}-{text}", number, text)
    # Not signed, and the address has it too.
    form = {"Body": text, "From": number}
    to.keep(httpx.post(f"{to.sms.url}/webhooks/sms/twilio?from={number}", data=form))


def _trial(to: Planted, text: str, _some: list[Canary]) -> None:
    if not to.trial:
        to.staff.get("/try")
        begun = to.staff.post("/try", channel="web", language="nb", clock="")
        to.trial = begun.headers["location"].removeprefix("/staff")
    to.staff.get(to.trial)
    to.keep(to.staff.post(to.trial, text=text))
    to.keep(to.staff.get(to.trial))
    to.keep(to.staff.get(f"/record?trial={to.trial.rpartition('/')[2]}"))


def _log_in(to: Planted, text: str, some: list[Canary]) -> None:
    stranger = Staff(to.web.url)
    to.keep(stranger.log_in(some[0].bare, text))


def _broken(to: Planted, text: str, some: list[Canary]) -> None:
    shown = text.encode("utf-8")
    plain = _ascii(some[0].bare).encode()
    to.raw(b"GET /" + plain + b" HTTP/9.9\r\nX: " + shown + b"\r\n\r\n")
    to.raw(shown + b"\r\n\r\n")
    to.raw(b"POST /api/chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: " + shown + b"\r\n\r\n")
    to.raw(
        b"GET /chat?" + plain + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + shown + b"\r\n\r\n"
    )


def _too_large(to: Planted, text: str, _some: list[Canary]) -> None:
    to.say(text=text * 10)
    to.ask("POST", f"{API}/messages", content=(text * 400).encode("utf-8"))


#: What is done with the sentences; each identifier goes through one of these, and the chat.
CHANNELS: tuple[Channel, ...] = (
    lambda to, text, _: to.say(text=text),
    lambda to, text, _: to.say(text="hei", id=_id(text)),
    lambda to, text, _: to.say(press=text),
    lambda to, text, _: to.say(language=text),
    lambda to, text, _: to.say(check={"camera": text, text: "ok"}),
    lambda to, text, _: to.say(text="hei", after=text),
    lambda to, text, _: to.ask("POST", f"{API}/conversations", json={"language": text}),
    lambda to, text, _: to.ask("GET", f"{API}/messages", params={"after": text}),
    lambda to, text, _: to.ask("GET", "/chat", params={"language": text, "theme": text}),
    lambda to, text, _: to.ask("GET", f"{API}/information", params={"language": text}),
    _opinion, _simulated, _by_provider, _trial, _log_in, _broken, _too_large,
    _header("User-Agent"), _header("Referer"), _header("Cookie"), _header("X-Forwarded-For"),
    _header("X-Request-ID"), _header("Accept-Language"), _header("Authorization"),
    _header("Last-Event-ID"), _header("traceparent"),
    _path("/{}"), _path("/assets/{}"), _path(f"{API}/{{}}"), _path("/staff/{}"),
    _path("/staff/conversations/{}"), _path("/webhooks/{}"), _path("/health/{}"),
    _path("/metrics?{}"), _path("/chat?{}"), _body(f"{API}/messages"), _body(f"{API}/feedback"),
    _body("/webhooks/sms/console"), _body(f"{API}/conversations"),
    lambda to, text, _: to.staff.get(f"/review?words={text}&reason=fallback"),
    lambda to, text, _: to.keep(to.staff.get(f"/conversations/{text}")),
    lambda to, text, _: to.staff.get(f"/cases?code={text}"),
    lambda to, text, _: to.keep(to.staff.get(f"/numbers.csv?days={text}")),
    _field("/marks", text="{}"),
    _field("/login/language", language="{}"),
    _field("/record", do="preview", name="{}", text_0="{}", contains_0="{}", folder="{}"),
    _field("/record", do="download", name="{}", text_0="{}", folder="recorded"),
)  # fmt: skip


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
    with _receiver(received) as receiver, provider_server() as provider:
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
        CHANNELS[number % len(CHANNELS)](to, text, chunk)
        if number % len(CHANNELS) == 1:
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


class _receiver:  # noqa: N801 - a context manager
    """The hospital's system: keeps what it gets."""

    def __init__(self, received: list[bytes]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received.append(bytes(self.headers) + body)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/cases"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


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
    assert "Failed to run custom action" in sms_log
    assert any(b"camera_not_working" in one for one in to.received), "a case was handed over"


def test_no_identifier_is_found(planted: tuple[Planted, list[Canary], list[bytes]]) -> None:
    _, some, content = planted
    assert sum(map(len, content)) > 1_000_000
    leaks = {one: piece for piece in set(content) for one in found_in(piece, some)}
    assert {one.sentence: _around(piece, one) for one, piece in leaks.items()} == {}


def test_reports_of_stories_show_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A story may be a patient's conversation, and staff may add to it."""
    some = canaries()
    turns = [
        TurnResult(
            Turn(one.sentence),
            Heard(texts=(f"Du skrev {one.sentence}",)),
            (Problem("contains_missing", 1, {"want": one.sentence, "got": one.sentence}),),
        )
        for one in some
    ]
    result = CaseResult(TestCase(f"heter {some[0].sentence}", ()), tuple(turns), 0.1)
    monkeypatch.setattr(runs, "checked", lambda *_: [result.case])
    monkeypatch.setattr(workers, "load", lambda _: None)
    monkeypatch.setattr(workers, "run_cases", lambda *_: iter([result]))
    reports = [tmp_path / "report.html", tmp_path / "report.xml"]
    for events in (True, False):
        wishes = runs.Wishes(
            folder=tmp_path, language="nb", wanted=None, jobs=1, junit=reports[1],
            html=reports[0], events=events, model=tmp_path / "model.tar.gz",
        )  # fmt: skip
        assert runs.run(wishes) == runs.FAILED
    for content in (*(path.read_bytes() for path in reports), capsysbinary.readouterr().out):
        assert "[fødselsnummer]".encode() in content or b"dselsnummer]" in content
        assert {one.sentence for one in found_in(content, some)} == set()


def _around(piece: bytes, one: Canary) -> str:
    at = max(piece.find(one.written.encode()), piece.lower().find(one.bare.encode()), 0)
    return piece[max(0, at - 80) : at + 80].decode("utf-8", "replace")
