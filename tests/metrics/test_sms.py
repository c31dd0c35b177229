from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.sms.messages import NOW, NUMBER, OTHER, PROVIDER, SECOND, SERVICE, Channel
from videohjelp.metrics.registry import make_registry, written
from videohjelp.metrics.sms import SmsMetrics
from videohjelp.sms.consent import Consent, stop
from videohjelp.sms.limits import Limits, Verdict
from videohjelp.sms.outbox import Reply
from videohjelp.sms.reports import Delivery, Reports
from videohjelp.storage.schema import open_database

Figures = Callable[[], dict[str, float]]


@pytest.fixture
def channel(tmp_path: Path) -> Channel:
    return Channel(open_database(f"sqlite:///{tmp_path / 'sms.db'}"))


@pytest.fixture
def text(channel: Channel) -> Callable[[], str]:
    """The figures as they are written, at half a minute after NOW."""
    engine = channel.engine
    metrics = SmsMetrics(
        inbox=channel.inbox,
        outbox=channel.outbox,
        reports=Reports(engine),
        limits=Limits(engine, messages=20, window=timedelta(minutes=10), daily_segments=100),
        consent=Consent(engine),
        daily_segments=100,
        now=lambda: NOW + 30 * SECOND,
    )
    registry = make_registry([metrics])

    def read() -> str:
        return written(registry, "")[0].decode()

    return read


@pytest.fixture
def figures(text: Callable[[], str]) -> Figures:
    """The figures by name, with the label's value behind it."""

    def read() -> dict[str, float]:
        return {
            ":".join([sample.name.removeprefix("videohjelp_sms_"), *sample.labels.values()]): (
                sample.value
            )
            for family in text_string_to_metric_families(text())
            for sample in family.samples
        }

    return read


def test_what_has_never_happened_is_zero(figures: Figures) -> None:
    found = figures()
    for name in ("messages:dead", "replies:dead", "deliveries:failed", "over_limit_today:silent"):
        assert found[name] == 0
    assert found["oldest_open_seconds:messages"] == found["oldest_open_seconds:replies"] == 0
    assert found["segments_daily_limit"] == 100
    assert found["process_resident_memory_bytes"] > 0


def test_each_figure_follows_what_is_stored(channel: Channel, figures: Figures) -> None:
    for _ in range(5):
        channel.receive()
    channel.handle(["En", "To"])
    first, second = channel.send_all()
    channel.handle(["Tre"])
    channel.outbox.dead(channel.outgoing(), "HTTP 400")
    channel.handle([], verdict=Verdict.SILENT)
    channel.handle(["Ring"], verdict=Verdict.TELL_ONCE)
    message = channel.claimed()
    opted_out = partial(stop, service_number=SERVICE, sender_id=message.sender_id, now=NOW + SECOND)
    channel.inbox.finish(message, [Reply("Slutt", 3)], NOW + SECOND, changes=[opted_out])
    channel.receive(number=OTHER, at=NOW + 10 * SECOND)
    reports = Reports(channel.engine)
    reports.note(PROVIDER, f"PM{first.id}", Delivery.DELIVERED, NOW)
    reports.note(PROVIDER, f"PM{second.id}", Delivery.FAILED, NOW, "30003")
    found = figures()
    expected = {
        "messages:done": 5,
        "messages:waiting": 1,
        "messages:dead": 0,
        "replies:sent": 2,
        "replies:dead": 1,
        "replies:dropped": 1,
        "replies:waiting": 1,
        "deliveries:delivered": 1,
        "deliveries:failed": 1,
        "over_limit_today:told": 1,
        "over_limit_today:silent": 1,
        "segments_today": 6,
        "opt_outs": 1,
        "oldest_open_seconds:messages": 20,
        "oldest_open_seconds:replies": 29,
    }
    assert {name: found[name] for name in expected} == expected


def test_nothing_of_anybody_is_shown(channel: Channel, text: Callable[[], str]) -> None:
    channel.receive("En hemmelig tekst")
    sender_id = channel.handle(["Et hemmelig svar"]).sender_id
    channel.send_all()
    channel.receive("En hemmelig tekst")
    shown = text()
    assert 'videohjelp_sms_replies{state="sent"} 1.0' in shown
    for secret in (NUMBER.removeprefix("+47"), SERVICE, sender_id, "hemmelig", "PM1"):
        assert secret not in shown
