"""What one real server showed of itself: while patients wrote, and while it was told to stop."""

from __future__ import annotations

import json
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.channels.sms.phone import Phone
from tests.channels.web.api import Api
from tests.server_process import Server, start_server

#: What no figure and no line may hold. Words of their own, so that nothing else says them.
SECRETS = (
    "Kvitfugl Solstrand",
    "kvitfugl.solstrand@example.no",
    "+4790817263",
    "90817263",
    "15108695088",
    "blåveis",
)
DANGER = "Jeg vil ikke leve lenger, jeg vil dø. Blåveis"
WEB = (
    "Jeg heter Kvitfugl Solstrand og har ikke lyd, ring 90817263 blåveis",
    "skjermen er svart blåveis og bildet fryser, skriv til kvitfugl.solstrand@example.no",
    "blåveis blåveis fnr 15108695088",
    "kva kostar ein pizza i blåveis",
    "Jeg vil snakke med et menneske",
    DANGER,
)
DRAIN_SECONDS = "1.5"
OWN_ID = "proxy-id.of-a-request_1"


@dataclass(repr=False)
class Watched:
    """The record. lines: the log's, as they were written. ready: before the end, and during it."""

    figures: str = ""
    log: str = ""
    ready: httpx.Response | None = None
    live: httpx.Response | None = None
    ending: list[tuple[int, str, int]] = field(default_factory=list)
    answered_while_ending: str = ""
    answers: dict[str, httpx.Response] = field(default_factory=dict)

    @property
    def families(self) -> dict[str, Metric]:
        """The figures by name, without "_total"."""
        return {family.name: family for family in text_string_to_metric_families(self.figures)}

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The log's lines."""
        return [json.loads(line) for line in self.log.splitlines()]

    def samples(self) -> dict[str, list[dict[str, str]]]:
        """The labels of every sample, by the sample's name."""
        found: dict[str, list[dict[str, str]]] = {}
        for family in self.families.values():
            for sample in family.samples:
                found.setdefault(sample.name, []).append(sample.labels)
        return found

    def value(self, name: str, **labels: str) -> float:
        """The sum of a name's samples that have these labels."""
        samples = [one for family in self.families.values() for one in family.samples]
        return sum(
            one.value
            for one in samples
            if one.name == name and labels.items() <= one.labels.items()
        )


def watch(folder: Path) -> Watched:
    """Starts a server, lets patients write to it over web and SMS, and stops it."""
    server = start_server(
        folder,
        DRAIN_SECONDS=DRAIN_SECONDS,
        LOG_LEVEL="DEBUG",
        BUILD="v1.2-test",
        STAFF_CONSOLE="true",
        # Nobody is there: each try fails, and is tried again.
        HANDOFF_WEBHOOK_URL="http://127.0.0.1:9/cases",
        HANDOFF_WEBHOOK_SECRET="only-for-tests-only-for-tests",
    )
    watched = Watched()
    try:
        _write(server, watched)
        watched.ready = httpx.get(f"{server.url}/health/ready")
        watched.live = httpx.get(f"{server.url}/health/live")
        _wait_for_the_checks(server, watched)
        _end(server, watched)
    finally:
        server.stop()
    watched.log = (folder / "server.log").read_text(encoding="utf-8")
    return watched


def _write(server: Server, watched: Watched) -> None:
    page = Api(server.url)
    page.start()
    for text in WEB:
        page.say(text)
    sent = {"X-Request-ID": OWN_ID}
    watched.answers["own id"] = page.ask("GET", "/messages", headers=sent)
    unsafe = {b"X-Request-ID": "15108695088\u00e5 blåveis".encode("latin-1")}
    url = f"{server.url}/api/chat/information"
    watched.answers["unsafe id"] = httpx.get(url, headers=unsafe)
    watched.answers["too long"] = page.sending(text="blåveis" * 500)
    path = f"{server.url}/blåveis/15108695088?navn=Kvitfugl%20Solstrand"
    watched.answers["nowhere"] = httpx.get(path)
    with page.listen() as stream:
        next(stream.iter_lines())
    phone = Phone(server.url, number="+4790817263")
    phone.say("Jeg heter Kvitfugl Solstrand, har ikke lyd, blåveis")
    phone.say("1")


def _wait_for_the_checks(server: Server, watched: Watched) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        watched.figures = httpx.get(f"{server.url}/metrics", timeout=15).text
        if watched.value("videohjelp_event_loop_lag_seconds_count") > 0:
            return
        time.sleep(0.2)


def _end(server: Server, watched: Watched) -> None:
    page = Api(server.url)
    page.start()
    server.process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            ready = httpx.get(f"{server.url}/health/ready")
            live = httpx.get(f"{server.url}/health/live")
        except httpx.TransportError:
            break
        watched.ending.append((ready.status_code, ready.json()["status"], live.status_code))
        if ready.json()["status"] == "draining" and not watched.answered_while_ending:
            watched.answered_while_ending = page.say("Jeg har ikke lyd")
        time.sleep(0.1)
    server.process.wait(timeout=20)
