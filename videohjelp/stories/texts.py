"""The sentences of the story tests in both languages (texts.yml)."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import yaml

#: The languages that staff can have mistakes and reports in.
StaffLanguage = Literal["nb", "en"]
STAFF_LANGUAGES: tuple[StaffLanguage, ...] = ("nb", "en")
_PATH = Path(__file__).with_name("texts.yml")


def say(name: str, language: StaffLanguage, /, **values: object) -> str:
    """The sentence with this name, its {places} filled in.

    Raises KeyError for a name or a place that does not exist.
    """
    return texts()[name][language].format(**values)


@functools.lru_cache(maxsize=1)
def texts() -> dict[str, dict[StaffLanguage, str]]:
    """All sentences: name -> language -> text with {places}."""
    read: dict[str, dict[StaffLanguage, str]] = yaml.safe_load(_PATH.read_text(encoding="utf-8"))
    return read
