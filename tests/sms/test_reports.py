from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from videohjelp.sms.reports import Delivery, Reports

from .messages import NOW

STATES = tuple(Delivery)


@pytest.fixture
def reports(engine: Engine) -> Reports:
    return Reports(engine)


def test_the_latest_state_stays_in_whatever_order_reports_come(reports: Reports) -> None:
    for number, order in enumerate(itertools.permutations(STATES)):
        message_id = f"PM{number}"
        seen = [
            reports.note("twilio", message_id, delivery, NOW + timedelta(seconds=second))
            for second, delivery in enumerate(order)
        ]
        assert reports.state("twilio", message_id) is Delivery.DELIVERED
        best = [max(order[: i + 1], key=STATES.index) for i in range(len(order))]
        assert seen == [i == 0 or best[i] != best[i - 1] for i in range(len(order))]


def test_a_report_that_comes_twice_changes_nothing(reports: Reports) -> None:
    assert reports.note("twilio", "PM1", Delivery.FAILED, NOW, "30003" * 30)
    assert not reports.note("twilio", "PM1", Delivery.FAILED, NOW)
    assert not reports.note("twilio", "PM1", Delivery.SENT, NOW)
    assert reports.state("twilio", "PM1") is Delivery.FAILED


def test_messages_and_providers_are_kept_apart(reports: Reports) -> None:
    reports.note("twilio", "PM1", Delivery.DELIVERED, NOW)
    reports.note("gateway", "PM1", Delivery.ACCEPTED, NOW)
    reports.note("twilio", "PM2", Delivery.ACCEPTED, NOW)
    assert reports.state("gateway", "PM1") is Delivery.ACCEPTED
    assert reports.state("gateway", "PM2") is None
    assert reports.counts() == {"accepted": 2, "delivered": 1}
