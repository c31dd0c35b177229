"""Figures of the hand-off cases: counts of what the store holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from videohjelp.handoff.store import CaseStore, DeliveryState
from videohjelp.metrics.gauges import gauge, gauge_by


@dataclass(frozen=True)
class HandoffMetrics(Collector):
    """Counts what is stored at the moment it is asked. now: gives a moment with a time zone."""

    cases: CaseStore
    now: Callable[[], datetime]

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing in advance: registering must not read the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures. Raises sqlalchemy.exc.SQLAlchemyError when the database does not answer."""
        yield gauge_by(
            "handoff_cases",
            "Hand-off cases that are stored. kept: the staff's system is not to be told.",
            "delivery",
            self.cases.delivery_counts(),
            (state.value for state in DeliveryState),
        )
        since = self.cases.oldest_waiting()
        seconds = 0.0 if since is None else max(0.0, (self.now() - since).total_seconds())
        yield gauge(
            "handoff_oldest_waiting_seconds",
            "How long the oldest case has waited for the staff's system.",
            seconds,
        )
