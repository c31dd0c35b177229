"""The keys that sign conversations' tokens."""

from __future__ import annotations

from pathlib import Path

from videohjelp.settings import ROOT, SettingsError, settings
from videohjelp.storage.kept_secret import kept_secret


def secret_keys(folder: Path = ROOT / "var") -> tuple[str, ...]:
    """The configured keys, the newest first; else one that is made once and kept in the folder,
    readable by us alone.

    With several server processes a key must be configured (VIDEOHJELP_SECRET_KEY); an empty one
    counts as none. Raises OSError when the folder cannot be written to, SettingsError when Redis is
    configured, which is there for several processes, and no key.
    """
    configured = settings().secret_keys()
    if not configured and settings().redis_url is not None:
        raise SettingsError(
            "VIDEOHJELP_REDIS_URL is set and VIDEOHJELP_SECRET_KEY is not: all server processes "
            "must sign with the same key. Set one of at least 32 random characters for all of them."
        )
    return configured or (kept_secret(folder / "secret_key"),)
