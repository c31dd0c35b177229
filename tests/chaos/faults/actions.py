"""The action server (VIDEOHJELP_ACTIONS=remote) is away: stopped, or there and not answering."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.stage import Stage, cluster
from tests.ports import free_port
from videohjelp.settings import ROOT

AWAY = 15.0
READY_SECONDS = 60.0


@dataclass
class ActionServer:
    """rasa_sdk's own server with our actions, as `make actions` starts it."""

    folder: Path
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    async def start(self, database_url: str) -> None:
        """Starts it and waits until it listens."""
        process = self._process = self._start(database_url)
        deadline = time.monotonic() + READY_SECONDS
        while not self._listens():
            ended = process.poll() is not None or time.monotonic() > deadline
            assert not ended, "the action server did not start"
            await asyncio.sleep(0.2)

    def _start(self, database_url: str) -> subprocess.Popen[bytes]:
        with (self.folder / "actions.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "-p", str(self.port)],
                cwd=ROOT,
                env={**os.environ, "VIDEOHJELP_DATABASE_URL": database_url},
                stdout=log,
                stderr=log,
            )

    def _listens(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0

    def send(self, number: signal.Signals) -> None:
        """Stops, pauses or resumes it."""
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """Ends it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=20)
            self._process = None


@dataclass
class _WithActions:
    """Three processes and an action server of their own."""

    seconds: float = AWAY
    exact: bool = True
    _actions: ActionServer | None = None

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        """As Scenario.stage."""
        self._actions = actions = ActionServer(folder)
        url = f"http://127.0.0.1:{actions.port}/webhook"
        async with cluster(folder, ACTIONS="remote", ACTIONS_URL=url) as stage:
            try:
                await actions.start(stage.database_url)
                yield stage
            finally:
                actions.kill()


@dataclass
class ActionsStopped(_WithActions):
    """Killed and started again."""

    name: str = "actions-stopped"

    @property
    def what(self) -> str:
        """In a line."""
        return f"the action server is killed (SIGKILL) and started again after {self.seconds:.0f} s"

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Once."""
        assert self._actions is not None
        with stage.fault("action server stopped", ready=True):
            self._actions.kill()
            await asyncio.sleep(self.seconds)
            await self._actions.start(stage.database_url)


@dataclass
class ActionsHanging(_WithActions):
    """Connections are made, and nothing is answered (SIGSTOP)."""

    name: str = "actions-hanging"

    @property
    def what(self) -> str:
        """In a line."""
        return f"the action server hangs (SIGSTOP) for {self.seconds:.0f} s"

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Once."""
        assert self._actions is not None
        with stage.fault("action server hanging", ready=True):
            self._actions.send(signal.SIGSTOP)
            await asyncio.sleep(self.seconds)
            self._actions.send(signal.SIGCONT)
