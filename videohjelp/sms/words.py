"""The words a patient steers with, read from data/channels/sms_keywords.yml."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from videohjelp.settings import ROOT
from videohjelp.sms.gsm7 import fold

PATH = Path("data/channels/sms_keywords.yml")
#: What may stand around a word without changing what is meant.
_AROUND = " \n.,:;!?\"'()-"


@dataclass(frozen=True)
class Words:
    """The lists of the file, each word as `bare` gives it.

    keywords: word -> the keyword's name. english: those of them that only English has. numbers:
    word -> the number it means.
    """

    keywords: dict[str, str]
    english: frozenset[str]
    before_number: frozenset[str]
    numbers: dict[str, int]


def bare(text: str) -> str:
    """A text as it is compared: small letters of the SMS alphabet, no signs around it, no spaces
    beside other spaces."""
    return " ".join(fold(text).casefold().strip(_AROUND).split())


@functools.lru_cache(maxsize=1)
def words() -> Words:
    """The words of this process, read once."""
    read: dict[str, Any] = yaml.safe_load((ROOT / PATH).read_text(encoding="utf-8"))
    return Words(
        keywords={bare(word): name for name, listed in read["keywords"].items() for word in listed},
        english=frozenset(map(bare, read["english"])),
        before_number=frozenset(map(bare, read["before_number"])),
        numbers={
            bare(word): int(one) for one, listed in read["numbers"].items() for word in listed
        },
    )
