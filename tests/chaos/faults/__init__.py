"""The scenarios, one file for each kind of fault."""

from __future__ import annotations

from tests.chaos.faults.actions import ActionsHanging, ActionsStopped
from tests.chaos.faults.clock import ClockJumps, ClockSetBack, WinterTime
from tests.chaos.faults.disk import DiskFull
from tests.chaos.faults.killed import Killed
from tests.chaos.faults.network import Network
from tests.chaos.faults.postgres import PostgresHanging, PostgresStopped
from tests.chaos.faults.redis import RedisHanging, RedisStopped
from tests.chaos.scenario import Scenario


def all_scenarios() -> list[Scenario]:
    """New ones, in the order in which they are run."""
    return [
        Killed(),
        PostgresStopped(),
        PostgresHanging(),
        RedisStopped(),
        RedisHanging(),
        Network(),
        ActionsStopped(),
        ActionsHanging(),
        DiskFull(),
        ClockJumps(),
        ClockSetBack(),
        WinterTime(),
    ]
