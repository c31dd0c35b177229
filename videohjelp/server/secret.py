"""The key that signs conversations' tokens."""

from __future__ import annotations

from pathlib import Path

from videohjelp.settings import ROOT, SettingsError, settings
from videohjelp.storage.kept_secret import kept_secret


def secret_key(folder: Path = ROOT / "var") -> str:
    """The configured key, else one that is made once and kept in the folder, readable by us alone.

    With several server processes the key must be configured (VIDEOHJELP_SECRET_KEY); an empty one
    counts as none. Raises OSError when the folder cannot be written to, SettingsError when Redis is
    configured, which is there for several processes, and no key.
    """
    configured = settings().secret_key
    if configured is not None and configured.get_secret_value():
        return configured.get_secret_value()
    if settings().redis_url is not None:
        raise SettingsError(
            "VIDEOHJELP_REDIS_URL is set and VIDEOHJELP_SECRET_KEY is not: all server processes "
            "must sign with the same key. Set one of at least 32 random characters for all of them."
        )
    return kept_secret(folder / "secret_key")
