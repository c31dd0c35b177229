"""The console's texts, read from data/staff/texts.yml."""

from __future__ import annotations

import functools

import yaml

from videohjelp.settings import ROOT


@functools.lru_cache(maxsize=1)
def staff_texts() -> dict[str, dict[str, str]]:
    """Every text: name -> language (nb, nn, en) -> text."""
    path = ROOT / "data" / "staff" / "texts.yml"
    texts: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))["texts"]
    return texts


def staff_text(name: str, language: str) -> str:
    """One text. Raises KeyError for a name that is not there."""
    return staff_texts()[name][language]
