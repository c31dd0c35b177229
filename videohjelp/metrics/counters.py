"""What is counted while it happens: an observer that keeps Prometheus's counters."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from videohjelp.metrics.gauges import PREFIX
from videohjelp.metrics.outcomes import Outcome, outcome_of, topic_of
from videohjelp.observation import Observer, Stage, Turn

#: Seconds. Half a millisecond is cleaning; eight is a patient's patience.
_STAGES = (
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0,
)  # fmt: skip
_REQUESTS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_LAGS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
CHANNELS = ("web", "sms")
#: How a message was understood.
METHODS = {Stage.NGRAMS: "ngrams", Stage.VECTORS: "vectors", Stage.BUTTON: "button"}
_HTTP_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_ERRORS = ("error", "critical")
_MESSAGES = "/api/chat/messages"
#: Parts of a logger's name: of ours all, of others' the package alone.
_OURS = ("videohjelp", "actions")


class Counters(Observer):
    """Counts what it hears. They begin at 0 with the process, as Prometheus expects it.

    registry: where the figures are kept. topics: gives the intents of the model in force.
    """

    def __init__(self, registry: CollectorRegistry, topics: Callable[[], Collection[str]]) -> None:
        self._topics = topics

        def counter(name: str, meaning: str, labels: tuple[str, ...] = ()) -> Counter:
            return Counter(f"{PREFIX}_{name}", meaning, labels, registry=registry)

        def histogram(
            name: str, meaning: str, labels: tuple[str, ...], buckets: tuple[float, ...]
        ) -> Histogram:
            return Histogram(
                f"{PREFIX}_{name}", meaning, labels, buckets=buckets, registry=registry
            )

        self._messages = counter(
            "messages", "Messages, by what came of them.", ("channel", "outcome")
        )
        self._topics_of_messages = counter(
            "messages_by_topic",
            "Messages, by topic and what came of them.",
            ("channel", "topic", "outcome"),
        )
        self._understood = counter(
            "understood", "Messages, by what understood them.", ("channel", "by")
        )
        self._stages = histogram(
            "stage_seconds",
            "Time that a part of the work with a message took.",
            ("stage",),
            _STAGES,
        )
        self._late = counter(
            "late_answers", "Answers that the patient had to wait for.", ("channel",)
        )
        self._limited = counter(
            "rate_limited", "Messages and requests that came too often.", ("channel",)
        )
        self._deliveries = counter(
            "handoff_delivery_tries", "Tries to tell the staff's system of a case.", ("outcome",)
        )
        self._deleted = counter("retention_deleted", "Deleted by age.", ("what",))
        self._jobs = counter("retention_runs", "Runs of deletion.", ("deletion", "outcome"))
        self._job_success = Gauge(
            f"{PREFIX}_retention_last_success_timestamp_seconds",
            "When deletion last succeeded in this process; 0 before it ever did.",
            ("deletion",),
            registry=registry,
        )
        self._logged = counter("log_lines", "Lines of the log.", ("logger", "level"))
        self._log_errors = counter("log_errors", "Errors in the log, of all loggers together.")
        self._log_lost = counter("log_lines_lost", "Lines that could not be written to the log.")
        self._requests = counter(
            "http_requests", "Requests that were answered.", ("method", "route", "status")
        )
        self._request_seconds = histogram(
            "http_request_seconds", "Time until a request was answered.", ("route",), _REQUESTS
        )
        self._database_errors = counter("database_errors", "Errors of the database.", ("kind",))
        self._ready = Gauge(
            f"{PREFIX}_ready", "1 when patients may be sent to this process.", registry=registry
        )
        self._checks = Gauge(
            f"{PREFIX}_check_ok",
            "1 when the check of readiness held.",
            ("check",),
            registry=registry,
        )
        self._lag = histogram(
            "event_loop_lag_seconds", "How late the event loop came to what was due.", (), _LAGS
        )
        self._begin_at_zero()

    def _begin_at_zero(self) -> None:
        """What an alert looks at exists before it happens: an increase from nothing is not seen."""
        for channel in CHANNELS:
            self._late.labels(channel)
            self._limited.labels(channel)
            for outcome in Outcome:
                self._messages.labels(channel, outcome.value)
            for by in METHODS.values():
                self._understood.labels(channel, by)
        for stage in Stage:
            self._stages.labels(stage.value)
        for outcome_of_try in ("delivered", "retried", "failed"):
            self._deliveries.labels(outcome_of_try)
        for kind in ("OperationalError", "IntegrityError"):
            self._database_errors.labels(kind)
        for status in ("200", "500", "503"):
            self._requests.labels("POST", _MESSAGES, status)

    def stage(self, stage: Stage, seconds: float) -> None:
        self._stages.labels(stage.value).observe(seconds)

    def turn(self, turn: Turn) -> None:
        topic = topic_of(turn.intent, self._topics())
        outcome = outcome_of(turn).value
        self._messages.labels(turn.channel, outcome).inc()
        self._topics_of_messages.labels(turn.channel, topic, outcome).inc()
        if turn.understood is not None:
            self._understood.labels(turn.channel, METHODS[turn.understood]).inc()

    def not_taken(self, channel: str, outcome: Outcome) -> None:
        """A message was refused before the assistant saw it."""
        self._messages.labels(channel, outcome.value).inc()

    def late(self, channel: str) -> None:
        self._late.labels(channel).inc()

    def limited(self, channel: str) -> None:
        self._limited.labels(channel).inc()

    def deliveries(self, delivered: int, retried: int, failed: int) -> None:
        self._deliveries.labels("delivered").inc(delivered)
        self._deliveries.labels("retried").inc(retried)
        self._deliveries.labels("failed").inc(failed)

    def job_planned(self, job: str) -> None:
        self._job_success.labels(job)
        for outcome in ("succeeded", "failed"):
            self._jobs.labels(job, outcome)

    def job_ended(self, job: str, succeeded: bool) -> None:
        self._jobs.labels(job, "succeeded" if succeeded else "failed").inc()
        if succeeded:
            self._job_success.labels(job).set(time.time())

    def deleted(self, what: str, number: int) -> None:
        self._deleted.labels(what).inc(number)

    def logged(self, logger: str, level: str) -> None:
        package = logger.partition(".")[0]
        self._logged.labels(logger if package in _OURS else package, level).inc()
        if level in _ERRORS:
            self._log_errors.inc()

    def log_lost(self) -> None:
        self._log_lost.inc()

    def request(self, method: str, route: str, status: int | None, seconds: float | None) -> None:
        """A request was answered. route: its template. status: None when nobody waited for the
        answer. seconds: None for a stream, which is open as long as the page."""
        method = method if method in _HTTP_METHODS else "other"
        self._requests.labels(method, route, "none" if status is None else str(status)).inc()
        if seconds is not None:
            self._request_seconds.labels(route).observe(seconds)

    def database_error(self, kind: str) -> None:
        """An error of the database. kind: the name of its class."""
        self._database_errors.labels(kind).inc()

    def readiness(self, is_ready: bool, checks: Mapping[str, bool]) -> None:
        """Whether patients may be sent here, and which of the checks held."""
        self._ready.set(is_ready)
        for name, held in checks.items():
            self._checks.labels(name).set(held)

    def lag(self, seconds: float) -> None:
        """The event loop came so late."""
        self._lag.observe(seconds)
