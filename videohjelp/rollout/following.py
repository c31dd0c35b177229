"""Waits until the running servers have taken up what was put in force."""

from __future__ import annotations

import time
from pathlib import Path

from videohjelp.rollout.checking import Tell
from videohjelp.rollout.pointer import Entry
from videohjelp.rollout.serving import Serving, servers

_PAUSE = 0.2


def wait_for_servers(folder: Path, entry: Entry, seconds: float, tell: Tell) -> bool:
    """Tells of each running server when it has taken the model up, or could not.

    seconds: how long at most. Gives whether all have; True when none is running.
    """
    deadline = time.monotonic() + seconds
    told: set[tuple[str, int]] = set()
    good = True
    while True:
        waiting = [one for one in servers(folder) if (one.host, one.pid) not in told]
        for server in waiting:
            if _settled(server, entry):
                told.add((server.host, server.pid))
                good = good and server.sha256 == entry.sha256
                tell(server.said())
        if all((one.host, one.pid) in told for one in waiting):
            return good
        if time.monotonic() > deadline:
            tell(f"Not all servers have answered within {seconds:.0f} s: model status")
            return False
        time.sleep(_PAUSE)


def _settled(server: Serving, entry: Entry) -> bool:
    failed_now = server.failed == entry.model and (server.failed_at or "") >= entry.at
    return failed_now or (server.sha256 == entry.sha256 and server.failed is None)
