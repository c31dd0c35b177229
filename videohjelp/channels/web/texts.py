"""The web channel's error texts, read from data/channels/web_errors.yml."""

from __future__ import annotations

import functools

import yaml

from videohjelp.settings import ROOT


@functools.lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    path = ROOT / "data" / "channels" / "web_errors.yml"
    texts: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))["errors"]
    return texts


def error_text(code: str, language: str) -> str:
    """What a patient is told about an error, in their language.

    An unknown code gives the text of "failed", which carries the phone number.
    """
    return _texts().get(code, _texts()["failed"])[language]
