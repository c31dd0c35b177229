"""A secret that an installation makes for itself and keeps in a file."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in the file; made now when there is none, readable by us alone.

    Processes that start together get the same one. Raises OSError when the file cannot be written.
    """
    if not path.exists():
        _make(path)
    return path.read_text(encoding="utf-8")


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written whole under another name first: nobody may ever read, and sign with, half a key.
    descriptor, written = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was faster: its key holds
            os.link(written, path)
    finally:
        Path(written).unlink()
