"""The words a patient steers with, read from data/channels/sms_keywords.yml."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import yaml

from videohjelp.numbered_answers import PATH, bare
from videohjelp.settings import ROOT


@dataclass(frozen=True)
class Words:
    """The lists of the file, each word as `bare` gives it.

    keywords: word -> the keyword's name. english: those of them that only English has.
    """

    keywords: dict[str, str]
    english: frozenset[str]


@functools.lru_cache(maxsize=1)
def words() -> Words:
    """The words of this process, read once."""
    read: dict[str, Any] = yaml.safe_load((ROOT / PATH).read_text(encoding="utf-8"))
    return Words(
        keywords={bare(word): name for name, listed in read["keywords"].items() for word in listed},
        english=frozenset(map(bare, read["english"])),
    )
