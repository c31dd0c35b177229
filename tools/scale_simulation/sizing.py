"""What a step needs: messages a second, processes, machines, database, Redis."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tools.scale_simulation.figures import HOURS, Assumptions, Measured, Step
from tools.scale_simulation.queues import Balancing, ServiceTimes, answer_times, p99, poisson

_DAY = 86_400.0
_HOUR = 3_600.0
#: Messages of one simulation: enough that the p99 of two seeds differs by a few per cent.
MESSAGES = 60_000
#: So many for each process: many processes are busy only after a while.
_FOR_EACH_PROCESS = 20
SEED = 1
#: Grows with the messages and with the processes: with the square of the conversations.
NEWS = "one Redis: news to deliver"


@dataclass(frozen=True)
class Needs:
    """What one load needs. rate: messages a second. p99: in seconds. busy: share of the time."""

    rate: float
    processes: int
    p99: float
    busy: float


@dataclass(frozen=True)
class Sized:
    """A step with all it needs; a second: at the peak. connections: to the database."""

    step: Step
    conversations_a_day: float
    mean_rate: float
    peak: Needs
    night: Needs
    bad_day: Needs
    machines: int
    memory_gigabytes: float
    pages_open: float
    gigabytes: float
    rows_a_second: float
    wal_megabytes_a_second: float
    transactions_a_second: float
    redis_operations_a_second: float
    connections: int
    news_delivered_a_second: float
    #: Share of what one of each bears, by what there is one of.
    loads: dict[str, float]
    #: Into so many parts of its own database, Redis and processes it has to be divided.
    cells: int


def processes_needed(
    rate: float, service: ServiceTimes, limit: float, balancing: Balancing, least: int
) -> Needs:
    """The fewest processes with which 99 of 100 messages are answered within the limit, in seconds.

    least: not fewer than that. Raises ValueError when the work alone takes longer.
    """

    def with_(processes: int) -> Needs:
        chance = np.random.default_rng(SEED)
        many = max(MESSAGES, _FOR_EACH_PROCESS * processes)
        arrivals, services = poisson(chance, rate, many), service.draw(chance, many)
        times = answer_times(arrivals, services, processes, balancing)
        return Needs(rate, processes, p99(times), rate * service.mean / processes)

    if np.interp(0.99, service.shares, service.seconds) >= limit:
        raise ValueError(f"99 of 100 messages take longer than {limit} s without any waiting")
    low = max(least, math.floor(rate * service.mean) + 1)
    found = with_(low)
    if found.p99 <= limit:
        return found
    too_few, step = low, 1
    while (found := with_(too_few + step)).p99 > limit:
        too_few, step = too_few + step, 2 * step
    while found.processes - too_few > 1:
        middle = with_((too_few + found.processes) // 2)
        if middle.p99 <= limit:
            found = middle
        else:
            too_few = middle.processes
    return found


def size(step: Step, assumed: Assumptions, measured: Measured) -> Sized:
    """What a step needs, by the assumptions and what was measured."""
    a_day = _conversations_a_day(step, assumed)
    messages = a_day * assumed.messages_a_conversation
    hours = [share * messages / _HOUR for share in assumed.share_of_each_hour]
    assert len(hours) == HOURS  # noqa: S101 - the reader has seen to it
    peak_rate = max(hours) * assumed.within_the_hour

    def needs(rate: float) -> Needs:
        with_reserve = math.ceil(rate * measured.service.mean / assumed.most_busy)
        least = max(assumed.least_processes, with_reserve)
        return processes_needed(
            rate, measured.service, assumed.p99_seconds, assumed.balancing, least
        )

    peak, night = needs(peak_rate), needs(max(min(hours), 1 / _DAY))
    bad_day = needs(peak_rate * step.bad_day)
    connections = peak.processes * assumed.connections_a_process
    transactions = (
        peak_rate * measured.transactions_a_message
        + peak.processes * measured.transactions_a_second_and_process
    )
    wal = peak_rate * measured.wal_bytes_a_message / 1e6
    gigabytes = a_day * assumed.retention_days * measured.bytes_a_conversation / 1e9
    redis = peak_rate * measured.redis_operations_a_message
    pages = peak_rate / assumed.messages_a_conversation * 60 * assumed.minutes_a_page_is_open
    machines = math.ceil(peak.processes / assumed.processes_a_machine)
    # Every process hears of every message: see videohjelp/coordination/news.py.
    delivered = peak_rate * peak.processes
    news = delivered / assumed.redis_deliveries_a_second
    loads = {
        "one PostgreSQL: size": gigabytes / assumed.primary_gigabytes,
        "one PostgreSQL: connections": connections / assumed.primary_connections,
        "one PostgreSQL: transactions": transactions / assumed.primary_transactions_a_second,
        "one PostgreSQL: write-ahead log": wal / assumed.primary_wal_megabytes_a_second,
        "one Redis: operations": redis / assumed.redis_operations_a_second,
        "one process: news to hear": peak_rate / assumed.process_hears_a_second,
    }
    # In a part with half the messages and half the processes a quarter of the news is delivered.
    cells = math.ceil(max(*loads.values(), math.sqrt(news)))
    loads[NEWS] = news
    return Sized(
        step=step,
        conversations_a_day=a_day,
        mean_rate=messages / _DAY,
        peak=peak,
        night=night,
        bad_day=bad_day,
        machines=max(machines, min(2, peak.processes)),
        news_delivered_a_second=delivered,
        cells=cells,
        memory_gigabytes=peak.processes * measured.megabytes_a_process / 1000,
        pages_open=pages,
        gigabytes=gigabytes,
        rows_a_second=peak_rate * measured.rows_a_message,
        wal_megabytes_a_second=wal,
        transactions_a_second=transactions,
        redis_operations_a_second=redis,
        connections=connections,
        loads=loads,
    )


def _conversations_a_day(step: Step, assumed: Assumptions) -> float:
    if step.conversations_a_day is not None:
        return float(step.conversations_a_day)
    if step.inhabitants is None:
        raise ValueError(f"'{step.title}' has neither inhabitants nor conversations a day")
    consultations = step.inhabitants * assumed.consultations_per_inhabitant_and_year
    return consultations * assumed.share_that_writes / assumed.working_days
