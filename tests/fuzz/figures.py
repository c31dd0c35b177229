"""What a run has come to: how many messages, from where, how fast, what was wrong."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.fuzz.episodes import Unit
from tests.fuzz.reproduction import as_json

_PERCENTILES = (50, 95, 99, 99.9, 100)


@dataclass
class Figures:
    """Grows with each unit. folder: where results.json and a file for each fault are written."""

    folder: Path
    command: str
    wanted: int
    states: int
    begun: float = field(default_factory=time.time)
    driven: int = 0
    failures: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    made_by: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)
    not_reached: dict[str, str] = field(default_factory=dict)
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """How many generated messages were sent."""
        return len(self.cpu)

    @property
    def is_right(self) -> bool:
        """Whether nothing was wrong and nearly every message was fast."""
        return not self.failures and (not self.cpu or float(np.percentile(self.cpu, 99)) < 1.0)

    def add(self, unit: Unit) -> None:
        """Counts what came of a unit, and writes down its faults."""
        self.driven += unit.driven
        if unit.not_reached is not None:
            self.not_reached[unit.state.key] = unit.not_reached
        elif unit.sent:
            self.reached[unit.state.key] += len(unit.sent)
        for sent in unit.sent:
            self.cpu.append(sent.cpu)
            self.wall.append(sent.wall)
            self.outcomes[sent.outcome] += 1
            self.made_by[sent.made_by] += 1
        for failure in unit.failures:
            self.failures += 1
            self.problems[failure.problem.kind] += 1
            path = self.folder / f"fault-{self.failures:04}.json"
            path.write_text(json.dumps(as_json(failure), indent=1), encoding="utf-8")

    def write(self) -> None:
        """Writes results.json."""
        written = json.dumps(self.to_json(), indent=1, ensure_ascii=False)
        (self.folder / "results.json").write_text(written, encoding="utf-8")

    def to_json(self) -> dict[str, Any]:
        """All figures; times in milliseconds."""
        return {
            "command": self.command,
            "begun": time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(self.begun)),
            "seconds": round(time.time() - self.begun),
            "wanted": self.wanted,
            "sent": self.sent,
            "sent_to_reach_states": self.driven,
            "states": self.states,
            "states_reached": len(self.reached),
            "states_not_reached": self.not_reached,
            "fewest_messages_from_a_state": min(self.reached.values(), default=0),
            "outcomes": dict(self.outcomes.most_common()),
            "faults": self.failures,
            "fault_kinds": dict(self.problems.most_common()),
            "processor_ms": _percentiles(self.cpu),
            "wall_ms": _percentiles(self.wall),
            "made_by": dict(self.made_by.most_common()),
        }

    def line(self) -> str:
        """How far the run has come."""
        rate = self.sent / max(1.0, time.time() - self.begun)
        cpu = _percentiles(self.cpu)
        return (
            f"{self.sent:,} of {self.wanted:,} messages ({rate:.0f}/s), "
            f"{len(self.reached)} of {self.states} states, {self.failures} faults, "
            f"processor p50 {cpu['p50']:.0f} p99 {cpu['p99']:.0f} max {cpu['p100']:.0f} ms"
        )


def _percentiles(seconds: list[float]) -> dict[str, float]:
    found = np.percentile(seconds or [0.0], _PERCENTILES) * 1000
    return {
        f"p{of:g}": round(float(value), 1) for of, value in zip(_PERCENTILES, found, strict=True)
    }
