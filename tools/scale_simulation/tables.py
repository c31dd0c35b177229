"""The tables of docs/scale.md, written between its markers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.scale_simulation.figures import Assumptions, Measured
from tools.scale_simulation.sizing import NEWS, Sized

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "scale.md"
#: A larger share is written as a multiple.
_MULTIPLE = 10.0
_FIGURES = 3

Show = Callable[[Sized], str]


def tables(sized: Sequence[Sized], assumed: Assumptions, measured: Measured) -> dict[str, str]:
    """Each table by the name of its markers."""
    return {
        "assumed": _assumed(assumed),
        "measured": _measured(measured),
        "processes": _by_step(sized, _PROCESSES),
        "database": _by_step(sized, _DATABASE),
        "bottlenecks": _bottlenecks(sized),
    }


def written(document: str, found: dict[str, str]) -> str:
    """The document with the tables between its markers. Raises LookupError without a marker."""
    for name, table in found.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, there, rest = document.partition(begin)
        _, also_there, after = rest.partition(end)
        if not (there and also_there):
            raise LookupError(f"{begin.strip()} … {end} is missing in {DOCUMENT.name}")
        document = f"{before}{begin}{table}\n{end}{after}"
    return document


def _assumed(assumed: Assumptions) -> str:
    hours = assumed.share_of_each_hour
    rows = {
        "video consultations an inhabitant and year": assumed.consultations_per_inhabitant_and_year,
        "share of them with a conversation here": assumed.share_that_writes,
        "working days a year": assumed.working_days,
        "messages a conversation": assumed.messages_a_conversation,
        "the busiest hour's share of the day": max(hours),
        "the busiest minutes to the mean of their hour": assumed.within_the_hour,
        "99 of 100 answers within, s": assumed.p99_seconds,
        "no process busy for more than": assumed.most_busy,
        "processes a machine": assumed.processes_a_machine,
        "minutes that a page stays open": assumed.minutes_a_page_is_open,
        "one primary bears: transactions/s": assumed.primary_transactions_a_second,
        "one primary bears: write-ahead log, MB/s": assumed.primary_wal_megabytes_a_second,
        "one primary bears: GB": assumed.primary_gigabytes,
        "one primary bears: connections": assumed.primary_connections,
        "one Redis bears: operations/s": assumed.redis_operations_a_second,
        "one Redis bears: news delivered/s": assumed.redis_deliveries_a_second,
        "one process bears: news heard/s": assumed.process_hears_a_second,
    }
    return _table(("assumed", ""), [(name, _short(value)) for name, value in rows.items()])


def _measured(measured: Measured) -> str:
    rows = {
        "processor time of a message, mean, ms": 1000 * measured.service.mean,
        "database, bytes a conversation": measured.bytes_a_conversation,
        "rows written a message": measured.rows_a_message,
        "transactions a message": measured.transactions_a_message,
        "transactions/s of an idle process": measured.transactions_a_second_and_process,
        "write-ahead log, bytes a message": measured.wal_bytes_a_message,
        "Redis operations a message": measured.redis_operations_a_message,
        "memory of a process, MB": measured.megabytes_a_process,
    }
    return _table(("measured", ""), [(name, _short(value)) for name, value in rows.items()])


_PROCESSES: dict[str, Show] = {
    "conversations a day": lambda one: _short(one.conversations_a_day),
    "messages/s, mean of the day": lambda one: _short(one.mean_rate),
    "messages/s, peak": lambda one: _short(one.peak.rate),
    "processes at the peak": lambda one: f"{one.peak.processes:,}",
    "their p99, s": lambda one: f"{one.peak.p99:.2f}",
    "how busy they are": lambda one: f"{one.peak.busy:.0%}",
    "processes at night": lambda one: f"{one.night.processes:,}",
    "processes on a bad day": lambda one: f"{one.bad_day.processes:,}",
    "machines at the peak": lambda one: f"{one.machines:,}",
    "memory of the processes, GB": lambda one: _short(one.memory_gigabytes),
    "pages that listen at the peak": lambda one: _short(one.pages_open),
}
_DATABASE: dict[str, Show] = {
    "database with 30 days, GB": lambda one: _short(one.gigabytes),
    "rows/s": lambda one: _short(one.rows_a_second),
    "write-ahead log, MB/s": lambda one: _short(one.wal_megabytes_a_second),
    "transactions/s": lambda one: _short(one.transactions_a_second),
    "connections": lambda one: f"{one.connections:,}",
    "Redis operations/s": lambda one: _short(one.redis_operations_a_second),
    "news delivered by Redis/s": lambda one: _short(one.news_delivered_a_second),
}


def _by_step(sized: Sequence[Sized], rows: dict[str, Show]) -> str:
    titles = ("at the peak", *(one.step.title for one in sized))
    return _table(titles, [(name, *(show(one) for one in sized)) for name, show in rows.items()])


def _bottlenecks(sized: Sequence[Sized]) -> str:
    largest = sized[-1]
    reached = {
        name: largest.conversations_a_day / (math.sqrt(load) if name == NEWS else load)
        for name, load in largest.loads.items()
    }
    rows: list[tuple[str, ...]] = []
    for name in sorted(reached, key=lambda name: reached[name]):
        shares = [one.loads[name] for one in sized]
        rows.append(
            (
                name,
                _short(reached[name]),
                *(f"{share:.1%}" if share < _MULTIPLE else f"{share:,.0f} ×" for share in shares),
            )
        )
    rows.append(("**parts to divide into**", "", *(f"**{one.cells:,}**" for one in sized)))
    titles = (
        "share of what one bears",
        "reached at, conversations a day",
        *(one.step.title for one in sized),
    )
    return _table(titles, rows)


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(titles)} |", "|" + " --- |" * len(titles)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _short(value: float) -> str:
    """Three figures of it, as no more are known."""
    if value == 0:
        return "0"
    digits = _FIGURES - 1 - math.floor(math.log10(abs(value)))
    places = 0 if value == round(value) else max(0, digits)
    return f"{round(value, digits):,.{places}f}"
