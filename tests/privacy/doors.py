"""The doors of a server through which somebody's identifiers may come in: one function each."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from tests.channels.sms.twilio_calls import bring
from tests.privacy.canaries import Canary, in_address
from tests.server_process import Server
from tests.staff.client import Staff

API = "/api/chat"


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


Door = Callable[[Planted, str, list[Canary]], object]


def _ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode()


def _id(text: str) -> str:
    return ("".join(one if one.isascii() and one.isalnum() else "-" for one in text) + "-" * 8)[:36]


def _header(name: str) -> Door:
    return lambda to, text, _: to.ask(
        "GET", f"{API}/messages", headers={name: text.encode("utf-8")}
    )


def _path(path: str) -> Door:
    return lambda to, _, some: to.ask("GET", path.format("/".join(map(in_address, some))))


def _body(path: str) -> Door:
    def send(to: Planted, text: str, _some: list[Canary]) -> None:
        for body in (f'{{"text": "{text}"', f'["{text}"]', f'{{"{text}": 1}}', text):
            headers = {"Content-Type": "application/json"}
            to.ask("POST", path, content=body.encode("utf-8"), headers=headers)
        to.ask("POST", path, data={"text": text})

    return send


def _field(path: str, **fields: str) -> Door:
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
DOORS: tuple[Door, ...] = (
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
