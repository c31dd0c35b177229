"""The key that signs conversations' tokens."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from videohjelp.settings import ROOT, settings


def secret_key(folder: Path = ROOT / "var") -> str:
    """The configured key, else one that is made once and kept in the folder, readable by us alone.

    With several server machines the key must be configured (VIDEOHJELP_SECRET_KEY); an empty one
    counts as none. Raises OSError when the folder cannot be written to.
    """
    configured = settings().secret_key
    if configured is not None and configured.get_secret_value():
        return configured.get_secret_value()
    path = folder / "secret_key"
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
