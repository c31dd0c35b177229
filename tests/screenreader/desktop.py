"""A desktop of its own for a screen reader: display, message bus, window manager, key presses.

Nothing of it touches the desktop of whoever runs the tests: own display, own bus, own home folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType

PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "xdotool", "orca", "chromium")
PACKAGES = "orca xvfb dbus-x11 at-spi2-core openbox xdotool chromium"
# Debian's places; it is on nobody's PATH.
BUS_LAUNCHERS = (
    "/usr/libexec/at-spi-bus-launcher",
    "/usr/lib/at-spi2-core/at-spi-bus-launcher",
)
SCREEN = "1280x1024x24"


def missing_programs() -> list[str]:
    """Which of the programs are not on this machine."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if not any(Path(path).exists() for path in BUS_LAUNCHERS):
        missing.append("at-spi-bus-launcher")
    return missing


class Desktop:
    """Context manager: while it is open, programs started with `environment` run on it."""

    def __init__(self, folder: Path) -> None:
        """folder: an empty one, for the home folder and the output of the programs."""
        self.folder = folder
        self.home = folder / "home"
        self.environment: dict[str, str] = {}
        #: The text last typed.
        self.written = ""
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Desktop:
        runtime = self.folder / "runtime"
        runtime.mkdir(mode=0o700)
        self.home.mkdir()
        # What the caller's own desktop is called must not leak in: speech would go there.
        own = {"DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "WAYLAND_DISPLAY"}
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in own},
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local" / "share"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_RUNTIME_DIR": str(runtime),
            # The names of roles ("push button") in the language of the expected file.
            "LC_ALL": "C.UTF-8",
        }
        try:
            self._start_programs()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Starts a program that ends with the desktop; its output goes to <folder>/<name>.log."""
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self._processes.append(process)
        return process

    def press(self, *keys: str) -> None:
        """Presses keys as a hand does, one after the other. keys: in xdotool's names."""
        self._xdotool("key", "--delay", "40", *keys)

    def write(self, text: str) -> None:
        """Types a text letter by letter."""
        self.written = text
        self._xdotool("type", "--delay", "25", text)

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self.environment, check=True, timeout=60)

    def _start_programs(self) -> None:
        number = self._first_line("Xvfb", "-displayfd", "1", "-screen", "0", SCREEN)
        self.environment["DISPLAY"] = f":{number}"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._first_line(
            "dbus-daemon", "--session", "--nofork", "--print-address=1"
        )
        self.start("openbox", "openbox")
        launcher = next(path for path in BUS_LAUNCHERS if Path(path).exists())
        self.start("at-spi", launcher, "--launch-immediately", "--a11y=1", "--screen-reader=1")

    def _first_line(self, *command: str) -> str:
        """Starts a program and gives the first line it prints, which says that it is ready."""
        with (self.folder / f"{command[0]}.log").open("wb") as log:
            process = subprocess.Popen(
                command, env=self.environment, stdout=subprocess.PIPE, stderr=log
            )
        self._processes.append(process)
        assert process.stdout is not None
        line = process.stdout.readline().decode().strip()
        assert line, f"{command[0]} did not start"
        return line

    def _stop(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in reversed(self._processes):
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
