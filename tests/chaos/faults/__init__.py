"""The scenarios, one file for each kind of fault."""

from __future__ import annotations

from tests.chaos.faults.actions import ActionsHanging, ActionsStopped
from tests.chaos.faults.clock import ClockJumps, ClockSetBack, WinterTime
from tests.chaos.faults.disk import DiskFull
from tests.chaos.faults.killed import Killed
from tests.chaos.faults.network import Network
from tests.chaos.faults.services import services_away
from tests.chaos.scenario import Scenario


def all_scenarios() -> list[Scenario]:
    """New ones, in the order in which they are run."""
    return [
        Killed(),
        *services_away(),
        Network(),
        ActionsStopped(),
        ActionsHanging(),
        DiskFull(),
        ClockJumps(),
        ClockSetBack(),
        WinterTime(),
    ]
