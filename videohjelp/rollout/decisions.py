"""Who decides something, and when."""

from __future__ import annotations

import getpass
import os
from datetime import timezone

from videohjelp import clock


def operator() -> str:
    """The name of the account, also behind sudo; its number where it has no name."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except KeyError:  # a container's user need not have one
        return f"uid {os.getuid()}"


def moment() -> str:
    """Now, in UTC, as ISO 8601 to the second."""
    return clock.now().astimezone(timezone.utc).isoformat(timespec="seconds")
