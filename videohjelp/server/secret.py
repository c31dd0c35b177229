"""The keys that sign conversations' tokens."""

from __future__ import annotations

from pathlib import Path

from videohjelp.settings import ROOT, settings
from videohjelp.storage.kept_secret import kept_secret


def secret_keys(folder: Path = ROOT / "var") -> tuple[str, ...]:
    """The configured keys, the newest first; else one that is made once and kept in the folder,
    readable by us alone.

    With several server machines a key must be configured (VIDEOHJELP_SECRET_KEY); an empty one
    counts as none. Raises OSError when the folder cannot be written to.
    """
    return settings().secret_keys() or (kept_secret(folder / "secret_key"),)
