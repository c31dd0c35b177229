"""Messages that wait for a free process: simulated, and by theory where theory knows.

A process answers one message after the other, as the event loop of one core does.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: How messages come to processes. one queue: whoever is free takes the next one, which is what
#: theory knows. least busy: the balancer gives each to the process with the fewest, at once.
Balancing = Literal["one queue", "least busy"]
#: What is left out at the beginning, when nobody waits yet.
_WARM_UP = 0.1


@dataclass(frozen=True)
class ServiceTimes:
    """A measured distribution. shares: from 0 to 1, rising. seconds: the quantile of each."""

    shares: Sequence[float]
    seconds: Sequence[float]

    @property
    def mean(self) -> float:
        """Seconds, with straight lines between the quantiles."""
        return float(np.trapz(self.seconds, self.shares))

    def draw(self, chance: np.random.Generator, many: int) -> Floats:
        """So many times, drawn by the distribution's inverse."""
        return np.interp(chance.random(many), self.shares, self.seconds)


def answer_times(
    arrivals: Floats, services: Floats, processes: int, balancing: Balancing
) -> Floats:
    """Seconds from each message's arrival to its answer, those of the warm-up left out.

    arrivals: rising moments. services: what each needs of a process, in seconds.
    """
    simulate = _one_queue if balancing == "one queue" else _least_busy
    ends = simulate(arrivals.tolist(), services.tolist(), processes)
    times: Floats = np.asarray(ends) - arrivals
    return times[int(_WARM_UP * len(times)) :]


def poisson(chance: np.random.Generator, rate: float, many: int) -> Floats:
    """So many moments at which messages come, independent of each other. rate: a second."""
    moments: Floats = np.cumsum(chance.exponential(1 / rate, many))
    return moments


def erlang_c_wait(rate: float, service: float, processes: int) -> float:
    """The mean wait in seconds of an M/M/k queue (Erlang 1917; Kleinrock, Queueing Systems, 3.5).

    service: mean seconds. Raises ValueError when more comes than can be answered.
    """
    offered = rate * service
    if offered >= processes:
        raise ValueError(f"{offered:.1f} processes' work comes in, and there are {processes}")
    # Erlang B by its recursion, which does not overflow; then Erlang C.
    blocked = 1.0
    for number in range(1, processes + 1):
        blocked = offered * blocked / (number + offered * blocked)
    waits = blocked / (1 - (offered / processes) * (1 - blocked))
    return waits * service / (processes - offered)


def pollaczek_khinchine_wait(rate: float, services: Floats) -> float:
    """The mean wait in seconds of an M/G/1 queue with these service times.

    Raises ValueError when more comes than can be answered.
    """
    busy = rate * float(services.mean())
    if busy >= 1:
        raise ValueError("more comes in than one process answers")
    return rate * float(np.square(services).mean()) / (2 * (1 - busy))


def _one_queue(arrivals: list[float], services: list[float], processes: int) -> list[float]:
    free = [0.0] * processes
    ends = []
    for arrival, service in zip(arrivals, services, strict=True):
        end = max(arrival, free[0]) + service
        heapq.heapreplace(free, end)
        ends.append(end)
    return ends


def _least_busy(arrivals: list[float], services: list[float], processes: int) -> list[float]:
    free = [0.0] * processes
    has = [0] * processes
    # By how many messages a process has; what no longer holds is left in and passed over.
    least = [(0, number) for number in range(processes)]
    leaving: list[tuple[float, int]] = []
    ends = []
    for arrival, service in zip(arrivals, services, strict=True):
        while leaving and leaving[0][0] <= arrival:
            _, number = heapq.heappop(leaving)
            has[number] -= 1
            heapq.heappush(least, (has[number], number))
        while True:
            count, number = heapq.heappop(least)
            if count == has[number]:
                break
        end = max(arrival, free[number]) + service
        free[number] = end
        has[number] += 1
        heapq.heappush(least, (has[number], number))
        heapq.heappush(leaving, (end, number))
        ends.append(end)
    return ends


def p99(times: Floats) -> float:
    """The time within which 99 of 100 are answered."""
    return float(np.quantile(times, 0.99)) if len(times) else math.nan
