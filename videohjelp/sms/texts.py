"""What the SMS channel itself says, read from data/channels/sms_texts.yml."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import yaml

from videohjelp.appointments.wording import Language
from videohjelp.settings import ROOT

PATH = Path("data/channels/sms_texts.yml")
Name = Literal[
    "stopped",
    "started",
    "help",
    "deleted",
    "over_limit",
    "not_text",
    "too_long",
    "nothing_more",
    "more",
    "answer_with",
    "or",
]


def sms_text(name: Name, language: Language) -> str:
    """One of the channel's own texts in a language; the file says when each is used."""
    return _texts()[name][language]


@functools.lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = yaml.safe_load((ROOT / PATH).read_text(encoding="utf-8"))[
        "texts"
    ]
    return texts
