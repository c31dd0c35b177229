"""Delivery to a real HTTP server on the own machine."""

from __future__ import annotations

import json
import socket
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from videohjelp.backoff import Backoff
from videohjelp.handoff import signature
from videohjelp.handoff.store import CaseStore
from videohjelp.handoff.webhook import (
    DeliveryReport,
    Outcome,
    SendResult,
    WebhookSender,
    deliver_due,
)

from .conftest import NOW, Receiver, new_case

SECRET = "a-secret-of-good-length"
LONGEST = Backoff(base_seconds=10, cap_seconds=60, max_attempts=4, uniform=lambda _, high: high)


def sender_to(url: str, timeout_seconds: float = 5.0) -> WebhookSender:
    return WebhookSender(url, SECRET, timeout_seconds=timeout_seconds)


async def test_what_the_receiver_gets(receiver: Receiver) -> None:
    case = new_case()
    async with sender_to(receiver.url) as sender:
        assert await sender.send(case) == SendResult(Outcome.DELIVERED)
    (request,) = receiver.requests
    assert (request.method, request.path) == ("POST", "/cases")
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert request.headers["idempotency-key"] == case.code
    assert json.loads(request.body) == case.to_payload()
    header = request.headers["x-videohjelp-signature"]
    assert signature.verify(SECRET.encode(), request.body, header, now=int(time.time()))
    assert not signature.verify(b"another-secret", request.body, header, now=int(time.time()))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.DELIVERED),
        (202, Outcome.DELIVERED),
        (301, Outcome.REJECTED),
        (400, Outcome.REJECTED),
        (404, Outcome.REJECTED),
        (409, Outcome.REJECTED),
        (429, Outcome.RETRY),
        (500, Outcome.RETRY),
        (503, Outcome.RETRY),
    ],
)
async def test_statuses(receiver: Receiver, status: int, outcome: Outcome) -> None:
    receiver.statuses = [status]
    receiver.answer_headers = {"Location": "/elsewhere"}
    async with sender_to(receiver.url) as sender:
        assert (await sender.send(new_case())).outcome is outcome
    assert len(receiver.requests) == 1  # no redirect is followed


async def test_a_receiver_that_hangs(receiver: Receiver) -> None:
    receiver.statuses = [0]
    started = time.monotonic()
    async with sender_to(receiver.url, timeout_seconds=0.2) as sender:
        result = await sender.send(new_case())
    assert result == SendResult(Outcome.RETRY, "no answer in time")
    assert time.monotonic() - started < 0.9


async def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    async with sender_to(url) as sender:
        result = await sender.send(new_case())
    assert result == SendResult(Outcome.RETRY, "network error: ConnectError")


@pytest.mark.parametrize(
    "url", ["http://example.org/x", "ftp://example.org", "example.org", "https://", ""]
)
def test_unsafe_addresses(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        WebhookSender(url, SECRET)


def test_short_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        WebhookSender("https://example.org", "short")


async def test_delivers_once(store: CaseStore, receiver: Receiver) -> None:
    codes = {store.save(new_case()).code for _ in range(6)}
    async with sender_to(receiver.url) as sender:
        assert await deliver_due(store, sender, NOW) == DeliveryReport(delivered=6)
        assert await deliver_due(store, sender, NOW + timedelta(days=1)) == DeliveryReport()
    assert {request.headers["idempotency-key"] for request in receiver.requests} == codes
    assert len(receiver.requests) == 6
    for code in codes:
        delivery = store.delivery(code)
        assert delivery is not None
        assert delivery.delivered_at == NOW


async def test_tries_again_after_a_restart(engine: Engine, receiver: Receiver) -> None:
    receiver.statuses = [500, 429, 200]
    code = CaseStore(engine).save(new_case()).code
    now = NOW
    for attempt, delay in ((1, 10), (2, 20)):
        # A new store and sender each time, as after a restart.
        async with sender_to(receiver.url) as sender:
            report = await deliver_due(CaseStore(engine), sender, now, LONGEST)
            assert report == DeliveryReport(retried=1)
            early = now + timedelta(seconds=delay - 1)
            assert await deliver_due(CaseStore(engine), sender, early) == DeliveryReport()
        delivery = CaseStore(engine).delivery(code)
        assert delivery is not None
        assert delivery.attempts == attempt
        assert delivery.next_try_at == now + timedelta(seconds=delay)
        assert delivery.last_error == ("HTTP 500" if attempt == 1 else "HTTP 429")
        now = delivery.next_try_at
    async with sender_to(receiver.url) as sender:
        assert await deliver_due(CaseStore(engine), sender, now) == DeliveryReport(delivered=1)
    assert [request.headers["idempotency-key"] for request in receiver.requests] == [code] * 3
    assert len({request.body for request in receiver.requests}) == 1


async def test_a_case_that_cannot_be_read_is_due_as_before(
    engine: Engine, receiver: Receiver
) -> None:
    store = CaseStore(engine)
    store.save(new_case())
    async with sender_to(receiver.url) as sender:
        with engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE handoff_cases RENAME TO gone"))
        with pytest.raises(DatabaseError):
            await deliver_due(store, sender, NOW)
        with engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE gone RENAME TO handoff_cases"))
        assert await deliver_due(store, sender, NOW) == DeliveryReport(delivered=1)


async def test_what_is_refused_is_final(
    store: CaseStore, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    receiver.statuses = [422]
    code = store.save(new_case()).code
    async with sender_to(receiver.url) as sender:
        assert await deliver_due(store, sender, NOW) == DeliveryReport(failed=1)
        assert await deliver_due(store, sender, NOW + timedelta(days=9)) == DeliveryReport()
    (failed,) = store.failed_deliveries()
    assert (failed.case_code, failed.last_error) == (code, "HTTP 422")
    assert code in caplog.text


async def test_gives_up_in_the_end(store: CaseStore, receiver: Receiver) -> None:
    receiver.statuses = [503]
    store.save(new_case())
    now = NOW
    async with sender_to(receiver.url) as sender:
        for _ in range(3):
            assert (await deliver_due(store, sender, now, LONGEST)).retried == 1
            now += timedelta(seconds=60)
        assert (await deliver_due(store, sender, now, LONGEST)).failed == 1
    assert store.failed_deliveries()[0].attempts == 4


async def test_waits_as_long_as_asked(store: CaseStore, receiver: Receiver) -> None:
    receiver.statuses = [429]
    receiver.answer_headers = {"Retry-After": "45"}
    code = store.save(new_case()).code
    async with sender_to(receiver.url) as sender:
        await deliver_due(store, sender, NOW, LONGEST)
    delivery = store.delivery(code)
    assert delivery is not None
    assert delivery.next_try_at == NOW + timedelta(seconds=45)


async def test_two_processes_send_each_case_once(engine: Engine, receiver: Receiver) -> None:
    first, second = CaseStore(engine), CaseStore(engine)
    first.save(new_case())
    (delivery,) = second.due_deliveries(NOW)
    assert second.claim(delivery, NOW)
    async with sender_to(receiver.url) as sender:
        assert await deliver_due(first, sender, NOW) == DeliveryReport()
    assert receiver.requests == []


def test_backoff_grows_to_its_cap_with_full_jitter() -> None:
    delays = [LONGEST.delay(attempt).total_seconds() for attempt in (1, 2, 3, 4, 5, 5000)]
    assert delays == [10, 20, 40, 60, 60, 60]
    seen = {Backoff().delay(3).total_seconds() for _ in range(200)}
    assert min(seen) >= 1
    assert max(seen) <= 120
    assert len(seen) > 100
    assert LONGEST.delay(1, wait_seconds=9999) == timedelta(seconds=60)
