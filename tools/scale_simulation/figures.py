"""The assumptions and what was measured, read from the two YAML files beside this one."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, validator

from tools.scale_simulation.queues import Balancing, ServiceTimes

FOLDER = Path(__file__).resolve().parent
HOURS = 24


class Step(BaseModel):
    """One of the three: either inhabitants, or conversations a day."""

    title: str
    inhabitants: int | None = None
    conversations_a_day: int | None = None
    bad_day: float

    class Config:
        extra = "forbid"


class Assumptions(BaseModel):
    """assumptions.yml; what each means stands there."""

    consultations_per_inhabitant_and_year: float
    share_that_writes: float
    working_days: int
    messages_a_conversation: float
    minutes_a_page_is_open: float
    share_of_each_hour: list[float]
    within_the_hour: float
    p99_seconds: float
    most_busy: float
    balancing: Balancing
    least_processes: int
    processes_a_machine: int
    retention_days: int
    connections_a_process: int
    primary_transactions_a_second: float
    primary_wal_megabytes_a_second: float
    primary_gigabytes: float
    primary_connections: int
    redis_operations_a_second: float
    redis_deliveries_a_second: float
    process_hears_a_second: float
    steps: list[Step]

    @validator("share_of_each_hour")
    def _is_a_day(cls, value: list[float]) -> list[float]:  # noqa: N805
        if len(value) != HOURS or not math.isclose(sum(value), 1):
            raise ValueError(f"{len(value)} hours that add up to {sum(value):.3f}, not 24 to 1")
        return value

    class Config:
        extra = "forbid"


class Measured(BaseModel):
    """measured.yml; how each was measured stands there."""

    service_shares: list[float]
    service_milliseconds: list[float]
    bytes_a_conversation: float
    rows_a_message: float
    transactions_a_message: float
    transactions_a_second_and_process: float
    wal_bytes_a_message: float
    redis_operations_a_message: float
    megabytes_a_process: float

    @property
    def service(self) -> ServiceTimes:
        """Of a message, in seconds of one core."""
        return ServiceTimes(self.service_shares, [one / 1000 for one in self.service_milliseconds])

    class Config:
        extra = "forbid"


def read_assumptions() -> Assumptions:
    """Raises pydantic.ValidationError when a figure is missing or wrong."""
    return Assumptions(**_read("assumptions.yml"))


def read_measured() -> Measured:
    """Raises pydantic.ValidationError when a figure is missing or wrong."""
    return Measured(**_read("measured.yml"))


def _read(name: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return values
