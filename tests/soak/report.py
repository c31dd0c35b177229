"""The report of a soak: Markdown, the samples as CSV, and a graph."""

from __future__ import annotations

import csv
import datetime
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from tests.soak.judgement import Verdict
from tests.soak.log import Log
from tests.soak.samples import Sample
from tests.soak.systems import Stored

_MEGABYTE = 1024**2


@dataclass(frozen=True)
class Soaked:
    """A whole run. before, after: what was stored when the load began and ended.

    counters: what PostgreSQL and Redis counted meanwhile.
    """

    name: str
    samples: Sequence[Sample]
    log: Log
    before: Stored
    after: Stored
    counters: dict[str, float]

    @property
    def messages(self) -> int:
        """Messages that were answered."""
        return sum(one.messages for one in self.samples)

    @property
    def begun(self) -> int:
        """Conversations that were begun."""
        return sum(one.begun for one in self.samples)

    @property
    def kept(self) -> int:
        """Conversations that were not deleted by the patient."""
        return self.begun - sum(one.deleted for one in self.samples)


def report(soaked: Soaked, verdicts: Sequence[Verdict], command: str) -> str:
    """The report. verdicts: none when the run was too short to judge."""
    now = datetime.datetime.now(datetime.timezone.utc)
    minutes = soaked.samples[-1].at / 60
    parts = [
        f"# Soak: {soaked.name}",
        f"`{command}`, {now:%Y-%m-%d %H:%M} UTC, {minutes:.1f} minutes, {os.cpu_count()} cores "
        f"({platform.machine()}), Python {platform.python_version()}.",
        f"{soaked.messages} messages in {soaked.begun} conversations, "
        f"{soaked.messages / soaked.samples[-1].at:.1f} a second; {soaked.log.failed} errors, "
        f"{soaked.log.late} answers later than 8 seconds.",
        *([_judged(verdicts)] if verdicts else ["Too short to judge."]),
        _thirds(soaked.samples),
        _growth(soaked),
        *([_counters(soaked)] if soaked.counters else []),
        _done(soaked.log),
    ]
    if soaked.log.errors:
        parts.append("## Errors\n\n" + "\n".join(f"- {one}" for one in soaked.log.errors))
    return "\n\n".join(parts) + "\n"


def write_csv(samples: Sequence[Sample], path: Path) -> None:
    """The samples, one a line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [one.name for one in fields(Sample)])
        writer.writeheader()
        writer.writerows(asdict(one) for one in samples)


def write_graph(samples: Sequence[Sample], path: Path) -> None:
    """Memory, processor time, latency and the database over the minutes, as a picture."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 7))
    FigureCanvasAgg(figure)
    minutes = [one.at / 60 for one in samples]
    curves = {
        "memory, MB": [one.memory / _MEGABYTE for one in samples],
        "CPU ms a message": [one.cpu or float("nan") for one in samples],
        "p95 of an answer, ms": [one.p95 for one in samples],
        "database, MB": [one.size / _MEGABYTE for one in samples],
        "open files": [one.files for one in samples],
        "threads": [one.threads for one in samples],
    }
    for number, (title, values) in enumerate(curves.items(), start=1):
        axes = figure.add_subplot(3, 2, number)
        axes.plot(minutes, values, linewidth=1)
        axes.set_title(title, fontsize=9)
        axes.set_ylim(bottom=0)
        axes.tick_params(labelsize=8)
    figure.tight_layout()
    figure.savefig(path)


def _judged(verdicts: Sequence[Verdict]) -> str:
    lines = [
        "## Does it grow?",
        "",
        "| what | ratio | may be | | how |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one.what} | {one.ratio:.3f} | {one.may:.2f} | {'flat' if one.is_flat else 'GROWS'} "
        f"| {one.how} |"
        for one in verdicts
    ]
    return "\n".join(lines)


def _thirds(samples: Sequence[Sample]) -> str:
    third = max(1, len(samples) // 3)
    parts = (samples[:third], samples[third : 2 * third], samples[2 * third :])
    lines = [
        "## The three thirds",
        "",
        "Medians over the windows.",
        "",
        "| third | messages/s | CPU ms a message | p50 ms | p95 ms | p99 ms | memory MB "
        "| with files MB | files | threads |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    begin = 0.0
    for number, part in enumerate(one for one in parts if one):
        seconds, begin = part[-1].at - begin, part[-1].at
        costs = [one.cpu for one in part if one.cpu is not None]
        lines.append(
            f"| {number + 1} | {sum(one.messages for one in part) / seconds:.1f} "
            f"| {statistics.median(costs) if costs else 0:.1f} "
            + "".join(
                f"| {statistics.median(getattr(one, name) for one in part):.0f} "
                for name in ("p50", "p95", "p99")
            )
            + f"| {statistics.median(one.memory for one in part) / _MEGABYTE:.1f} "
            f"| {statistics.median(one.mapped for one in part) / _MEGABYTE:.1f} "
            f"| {statistics.median(one.files for one in part):.0f} "
            f"| {statistics.median(one.threads for one in part):.0f} |"
        )
    return "\n".join(lines)


def _growth(soaked: Soaked) -> str:
    before, after, kept = soaked.before, soaked.after, max(1, soaked.kept)
    lines = [
        "## What is stored",
        "",
        f"The database grew by {(after.size - before.size) / _MEGABYTE:.1f} MB for "
        f"{soaked.kept} conversations that were not deleted: "
        f"**{(after.size - before.size) / kept:,.0f} bytes a conversation**, with indexes.",
        "",
        "| table | new rows | rows a conversation | bytes a conversation |",
        "| --- | --- | --- | --- |",
    ]
    for table, rows in after.rows.items():
        new = rows - before.rows.get(table, 0)
        if new:
            size = after.table_bytes.get(table, 0) - before.table_bytes.get(table, 0)
            lines.append(f"| {table} | {new} | {new / kept:.2f} | {size / kept:,.0f} |")
    return "\n".join(lines)


def _counters(soaked: Soaked) -> str:
    lines = [
        "## What PostgreSQL and Redis counted",
        "",
        "All work divided by the messages: starts, pages that listen, staff and probes are in it.",
        "",
        "| what | all | a message |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| {name} | {value:,.0f} | {value / max(1, soaked.messages):,.2f} |"
        for name, value in sorted(soaked.counters.items())
        if value > 0
    ]
    return "\n".join(lines)


def _done(log: Log) -> str:
    lines = ["## What was done", "", "| what | times |", "| --- | --- |"]
    return "\n".join(
        [*lines, *(f"| {kind} | {times} |" for kind, times in sorted(log.done.items()))]
    )
