"""The key that signs conversations' tokens."""

from __future__ import annotations

import os
import secrets

from videohjelp.settings import ROOT, settings


def secret_key() -> str:
    """The configured key, else one that is made once and kept in var/, readable by us alone.

    With several server processes the key must be configured (VIDEOHJELP_SECRET_KEY).
    """
    configured = settings().secret_key
    if configured is not None:
        return configured.get_secret_value()
    path = ROOT / "var" / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8")
