"""What the running servers have loaded: each keeps a small file about itself."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from videohjelp.rollout.files import write_json

_FOLDER = ".serving"


@dataclass(frozen=True)
class Serving:
    """One server process. since: when it took the model up (UTC, ISO 8601).

    seconds: how long that took. failed, failure, failed_at: the model it could not take up since,
    and why; the model named above goes on then.
    """

    host: str
    pid: int
    model: str
    sha256: str
    since: str
    seconds: float = 0.0
    failed: str | None = None
    failure: str | None = None
    failed_at: str | None = None

    def said(self) -> str:
        """It as a line."""
        line = f"{self.host}, process {self.pid}: serves {self.model} since {self.since}"
        if self.failed is None:
            return line
        return f"{line}; could NOT take up {self.failed} at {self.failed_at}: {self.failure}"


def this_process() -> tuple[str, int]:
    """Host and process id."""
    return socket.gethostname(), os.getpid()


def note_serving(models: Path, serving: Serving) -> None:
    """Keeps what a server has loaded. Raises OSError."""
    write_json(_path(models, serving.host, serving.pid), asdict(serving))


def forget_serving(models: Path) -> None:
    """This process serves no longer."""
    with suppress(OSError):
        _path(models, *this_process()).unlink()


def servers(models: Path) -> list[Serving]:
    """The running servers; the files of those that were killed on this machine are deleted."""
    found = []
    for path in sorted((models / _FOLDER).glob("*.json")):
        try:
            serving = Serving(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            continue  # it ended just now, or is of another version
        if serving.host == this_process()[0] and not _runs(serving.pid):
            with suppress(OSError):
                path.unlink()
            continue
        found.append(serving)
    return found


def _path(models: Path, host: str, pid: int) -> Path:
    return models / _FOLDER / f"{host}-{pid}.json"


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
