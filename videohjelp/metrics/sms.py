"""Figures of the text messages: counts of what the stores hold, and nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from videohjelp.metrics.gauges import gauge, gauge_by
from videohjelp.sms.consent import Consent
from videohjelp.sms.inbox import Inbox
from videohjelp.sms.limits import Limits, Verdict
from videohjelp.sms.outbox import Outbox
from videohjelp.sms.reports import Delivery, Reports
from videohjelp.sms.tables import DEAD, DONE, DROPPED, RESENT, SENT, TAKEN, WAITING


@dataclass(frozen=True)
class SmsMetrics(Collector):
    """Counts what is stored at the moment it is asked. now: gives a moment with a time zone."""

    inbox: Inbox
    outbox: Outbox
    reports: Reports
    limits: Limits
    consent: Consent
    daily_segments: int
    now: Callable[[], datetime]

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing in advance: registering must not read the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures. Raises sqlalchemy.exc.SQLAlchemyError when the database does not answer."""
        now = self.now()
        yield gauge_by(
            "sms_messages",
            "Messages from patients that are stored. dead: given up, the patient got an apology.",
            "state",
            self.inbox.counts(),
            (WAITING, TAKEN, DONE, DEAD),
        )
        yield gauge_by(
            "sms_replies",
            "Replies that are stored. dead: dead letters, for an operator to see to.",
            "state",
            self.outbox.counts(),
            (WAITING, TAKEN, SENT, DEAD, DROPPED, RESENT),
        )
        yield gauge_by(
            "sms_deliveries",
            "Replies by the last that the provider has reported of them.",
            "state",
            self.reports.counts(),
            (one.value for one in Delivery),
        )
        waiting = {"messages": self.inbox.oldest_open(), "replies": self.outbox.oldest_open()}
        yield gauge_by(
            "sms_oldest_open_seconds",
            "How long the oldest unanswered message, or unsent reply, has been there.",
            "queue",
            {
                queue: max(0.0, (now - since).total_seconds())
                for queue, since in waiting.items()
                if since is not None
            },
            waiting,
        )
        limits = self.limits.counts(now)
        yield gauge("sms_segments_today", "Segments of the day in Oslo.", limits["segments"])
        yield gauge("sms_segments_daily_limit", "Segments allowed in a day.", self.daily_segments)
        verdicts = (Verdict.TELL_ONCE.value, Verdict.SILENT.value)
        yield gauge_by(
            "sms_over_limit_today",
            "Messages over a limit in the day in Oslo: answered with the notice, or not at all.",
            "answer",
            {one: limits[one] for one in verdicts},
            verdicts,
        )
        yield gauge("sms_opt_outs", "Numbers that have opted out.", self.consent.count())
