"""WebKitGTK's MiniBrowser, the nearest thing to Safari on Linux, on a display of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

PACKAGES = "webkit2gtk-driver xvfb"
_BROWSERS = "webkit2gtk-4.*/MiniBrowser"


def mini_browser() -> str | None:
    """Where the browser is; None when it, its driver or Xvfb is not on this machine."""
    found = sorted(path for folder in Path("/usr/lib").glob("*") for path in folder.glob(_BROWSERS))
    programs = [shutil.which(name) for name in ("WebKitWebDriver", "Xvfb")]
    return str(found[-1]) if found and all(programs) else None


@contextmanager
def webkit(display: str) -> Iterator[WebKitGTK]:
    """The browser in a session of its own, on an X display such as ":9". It must be there."""
    browser, driver_program = mini_browser(), shutil.which("WebKitWebDriver")
    assert browser
    assert driver_program
    options = Options()
    options.binary_location = browser
    options.add_argument("--automation")
    environment = {"DISPLAY": display, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    service = Service(driver_program, env=environment)
    driver = WebKitGTK(options=options, service=service)
    try:
        driver.set_window_size(1280, 900)
        yield driver
    finally:
        driver.quit()  # type: ignore[no-untyped-call]


@contextmanager
def x_display() -> Iterator[str]:
    """An X display that nobody sees, such as ":9"."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        number = server.stdout.readline().decode().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
        server.terminate()
