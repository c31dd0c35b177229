"""The figures as Markdown: tables, and the ratios that were aimed at."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from tests.bench.measure import AT_ONCE, Measured


@dataclass(frozen=True)
class Training:
    """What training took, in CPU seconds. note: how it was come by."""

    ours: float
    stock: float
    note: str


@dataclass(frozen=True)
class Target:
    """A ratio and what was aimed at. at_least: whether larger is better."""

    what: str
    value: float
    aim: float
    at_least: bool

    @property
    def reached(self) -> bool:
        """Whether it is as good as was aimed at."""
        return self.value >= self.aim if self.at_least else self.value <= self.aim


def targets(ours: Measured, stock: Measured | None, floor: Measured) -> list[Target]:
    """The ratios of one run."""
    found = [
        Target("CPU of a message, by the floor's", ours.cost[1] / floor.cost[1], 8, False),
        Target(
            "CPU of the 200th message, by the 5th's", ours.places[200] / ours.places[5], 1.2, False
        ),
    ]
    if stock is None:
        return found
    return [
        Target("messages a second, by stock's", _most(ours) / _most(stock), 10, True),
        Target("p99 at 64 patients, by stock's", _p99(ours) / _p99(stock), 1 / 20, False),
        Target("start, by stock's", ours.start / stock.start, 1 / 5, False),
        Target("memory, by stock's", ours.memory / stock.memory, 1 / 3, False),
        *found,
    ]


def report(
    ours: Measured, stock: Measured | None, floor: Measured, training: Training | None, command: str
) -> str:
    """The whole report."""
    systems = [one for one in (ours, stock, floor) if one is not None]
    today = datetime.datetime.now().astimezone().date()
    lines = [
        f"`{command}`, {today:%-d %B %Y}: {os.cpu_count()} cores ({platform.machine()}), Python "
        f"{platform.python_version()}, Rasa {version('rasa')}. "
        "The server on one core, patients on the other.",
        "",
        *_table(["", *(one.name for one in systems)], _rows(systems)),
        "",
        *_table(
            ["ratio, in this run", "measured", "aimed at", ""],
            [
                [
                    one.what,
                    f"{one.value:.2f}",
                    _aim(one),
                    "reached" if one.reached else "**not reached**",
                ]
                for one in targets(ours, stock, floor)
            ],
        ),
    ]
    if training:
        lines += [
            "",
            f"Training, CPU seconds: ours {training.ours:.0f}, stock {training.stock:.0f} "
            f"({training.note}).",
        ]
    return "\n".join(lines) + "\n"


def _rows(systems: Sequence[Measured]) -> list[list[str]]:
    rows = [
        ["ready after", *(f"{one.start:.1f} s" for one in systems)],
        ["memory after the first messages", *(f"{one.memory_at_start:.0f} MB" for one in systems)],
        ["memory after all", *(f"{one.memory:.0f} MB" for one in systems)],
    ]
    for at_once in AT_ONCE:
        rows.append(
            [
                f"**{at_once} patients**: messages/s",
                *(f"{one.loads[at_once].per_second:.1f}" for one in systems),
            ]
        )
        rows.append(["CPU ms a message", *(f"{one.cost[at_once]:.1f}" for one in systems)])
        rows.append(["p50 / p95 / p99, ms", *(_percentiles(one, at_once) for one in systems)])
        rows.append(["not answered", *(str(one.loads[at_once].failed) for one in systems)])
    for place in systems[0].places:
        rows.append(
            [f"CPU ms of the {place}th message", *(f"{one.places[place]:.1f}" for one in systems)]
        )
    rows.append(
        [
            "CPU ms with conversations stored",
            *(f"{one.cost_with_stored:.1f} ({one.stored:,})" for one in systems),
        ]
    )
    rows.append(
        ["bytes a stored conversation", *(f"{one.bytes_a_conversation:,.0f}" for one in systems)]
    )
    return rows


def _percentiles(one: Measured, at_once: int) -> str:
    load = one.loads[at_once]
    return " / ".join(f"{load.percentile(share):.0f}" for share in (0.5, 0.95, 0.99))


def _most(one: Measured) -> float:
    return max(load.per_second for load in one.loads.values())


def _p99(one: Measured) -> float:
    return one.loads[max(AT_ONCE)].percentile(0.99)


def _aim(target: Target) -> str:
    return f"{'at least' if target.at_least else 'at most'} {target.aim:.2f}"


def _table(head: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    bar: Callable[[Sequence[str]], str] = lambda cells: "| " + " | ".join(cells) + " |"  # noqa: E731
    return [bar(head), bar(["---"] * len(head)), *(bar(row) for row in rows)]
