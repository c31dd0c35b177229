"""What the screen reader Orca says, read from its debug file."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from .desktop import Desktop

_SPOKEN = re.compile(r"SPEECH OUTPUT: '(.*?)'(?:\[?\{|$)")
_READY = "Screen reader on."
#: Orca's own place for such things. Nobody needs to hear each letter typed, or the whole page at
#: once; and what is said must be in the file at once.
_CUSTOMIZATIONS = """\
import orca.debug
import orca.settings

orca.debug.debugFile.reconfigure(line_buffering=True)

orca.settings.enableKeyEcho = False
orca.settings.sayAllOnLoad = False
orca.settings.pageSummaryOnLoad = False
"""
_STARTS_IN_SECONDS = 30
_POLL_SECONDS = 0.1


def _nobody_else(desktop: Desktop) -> Path:
    """A folder with a pgrep that finds nobody.

    Orca looks with it for others of the same user, and does not start beside them, or ends them:
    whoever runs the tests may be listening to one.
    """
    folder = desktop.home / "bin"
    folder.mkdir()
    (folder / "pgrep").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (folder / "pgrep").chmod(0o755)
    return folder


class Orca:
    """Orca on a desktop of its own. It speaks to nobody; everything it says is kept."""

    def __init__(self, desktop: Desktop) -> None:
        """Starts it and waits until it listens. Raises AssertionError when it does not start."""
        self._debug = desktop.folder / "orca-debug.out"
        self._heard = 0
        own = desktop.home / ".local" / "share" / "orca" / "orca-customizations.py"
        own.parent.mkdir(parents=True)
        own.write_text(_CUSTOMIZATIONS, encoding="utf-8")
        path = f"PATH={_nobody_else(desktop)}:{desktop.environment['PATH']}"
        command = ("env", path, "orca", f"--debug-file={self._debug}")
        self._process = desktop.start("orca", *command)
        assert self._wait(lambda: _READY in self._all(), _STARTS_IN_SECONDS), "Orca did not start"
        self.forget()

    def forget(self) -> None:
        """What has been said until now is not asked about again."""
        self._heard = len(self._all())

    def listen(self, quiet: float, patience: float) -> list[str]:
        """What it says from now until it has been silent for a while.

        quiet: seconds of silence that end it. patience: seconds within which it must begin.
        """
        begin = self._heard
        self._wait(lambda: len(self._all()) > begin, patience)
        said = len(self._all())
        while self._wait(lambda known=said: len(self._all()) > known, quiet):  # type: ignore[misc]
            said = len(self._all())
        self._heard = said
        return self._all()[begin:said]

    def _all(self) -> list[str]:
        if not self._debug.exists():
            return []
        text = self._debug.read_text(encoding="utf-8", errors="replace")
        # A line may be half written.
        lines = text.rpartition("\n")[0].splitlines()
        found = (_SPOKEN.search(line) for line in lines)
        return [match.group(1).strip() for match in found if match and match.group(1).strip()]

    def _wait(self, happened: Callable[[], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self._process.poll() is None, "Orca has ended"
            if happened():
                return True
            time.sleep(_POLL_SECONDS)
        return False
