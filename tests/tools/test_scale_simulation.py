"""The simulation agrees with theory where there is one, and docs/scale.md with the simulation."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from tools.scale_simulation.figures import Assumptions, read_assumptions, read_measured
from tools.scale_simulation.queues import (
    ServiceTimes,
    answer_times,
    erlang_c_wait,
    poisson,
    pollaczek_khinchine_wait,
)
from tools.scale_simulation.sizing import processes_needed, size
from tools.scale_simulation.tables import DOCUMENT, tables, written

MANY = 300_000
#: Of a mean wait of that many messages, which depend on each other.
NEAR = 0.05


def chance() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize(("processes", "busy"), [(1, 0.5), (4, 0.8), (20, 0.9)])
def test_the_wait_of_many_processes_with_one_queue_is_erlangs(processes: int, busy: float) -> None:
    service = 0.05
    rate = busy * processes / service
    random = chance()
    services = random.exponential(service, MANY)
    times = answer_times(poisson(random, rate, MANY), services, processes, "one queue")
    assert times.mean() - service == pytest.approx(
        erlang_c_wait(rate, service, processes), rel=NEAR
    )


def test_the_wait_for_one_process_is_pollaczeks_and_khinchines() -> None:
    measured = read_measured().service
    random = chance()
    services = measured.draw(random, MANY)
    assert services.mean() == pytest.approx(measured.mean, rel=0.01)
    rate = 0.7 / float(services.mean())
    expected = pollaczek_khinchine_wait(rate, services)
    for balancing in ("one queue", "least busy"):
        times = answer_times(poisson(chance(), rate, MANY), services, 1, balancing)
        waits = times - services[len(services) - len(times) :]
        assert waits.mean() == pytest.approx(expected, rel=NEAR)


def test_queues_of_their_own_wait_no_less_than_one_queue_and_no_longer_than_each_alone() -> None:
    random = chance()
    arrivals, services = poisson(random, 80, 50_000), random.exponential(0.05, 50_000)
    one, own = (
        float(answer_times(arrivals, services, 5, balancing).mean())
        for balancing in ("one queue", "least busy")
    )
    alone = 0.05 + erlang_c_wait(80 / 5, 0.05, 1)
    assert one < own < alone


def test_theory_refuses_what_cannot_be_answered() -> None:
    with pytest.raises(ValueError, match=r"6\.0 processes"):
        erlang_c_wait(60, 0.1, 6)


def test_one_process_fewer_would_be_too_few() -> None:
    service = ServiceTimes((0, 0.5, 1), (0.0, 0.05, 0.2))
    found = processes_needed(100, service, 0.3, "least busy", 1)
    assert found.p99 <= 0.3
    fewer = found.processes - 1
    random = chance()
    times = answer_times(
        poisson(random, 100, 60_000), service.draw(random, 60_000), fewer, "least busy"
    )
    assert np.quantile(times, 0.99) > 0.3
    with pytest.raises(ValueError, match="without any waiting"):
        processes_needed(1, service, 0.19, "least busy", 1)


def test_a_day_has_24_hours() -> None:
    values = read_assumptions().dict()
    values["share_of_each_hour"] = [0.5, 0.5]
    with pytest.raises(ValidationError, match="2 hours"):
        Assumptions(**values)


def test_the_document_says_what_the_simulation_says() -> None:
    assumed, measured = read_assumptions(), read_measured()
    found = tables([size(one, assumed, measured) for one in assumed.steps], assumed, measured)
    document = DOCUMENT.read_text(encoding="utf-8")
    assert written(document, found) == document, "run make scale-simulation"
    with pytest.raises(LookupError, match="database"):
        written(document.replace("<!-- database -->", ""), found)
