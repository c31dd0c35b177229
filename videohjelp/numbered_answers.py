"""Answers that are a number: "2", "nr 2", "den andre". Any channel may offer numbered options."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from videohjelp.settings import ROOT
from videohjelp.sms.gsm7 import fold

#: Where the words are; beside the keywords of the text messages, which may not be the same words.
PATH = Path("data/channels/sms_keywords.yml")
#: What may stand around a word without changing what is meant.
_AROUND = " \n.,:;!?\"'()-"
_DIGITS = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True)
class NumberWords:
    """The lists of the file, each word as `bare` gives it. numbers: word -> the number it means."""

    before: frozenset[str]
    numbers: dict[str, int]


def bare(text: str) -> str:
    """A text as it is compared: small letters of the SMS alphabet, no signs around it, no spaces
    beside other spaces."""
    return " ".join(fold(text).casefold().strip(_AROUND).split())


def number_in(text: str) -> int | None:
    """The number that an answer consists of ("2", "nr 2", "den andre"); None for anything else."""
    *before, last = bare(text).split() or [""]
    if not number_words().before.issuperset(bare(one) for one in before):
        return None
    if _DIGITS.fullmatch(last):
        return int(last)
    return number_words().numbers.get(last)


@functools.lru_cache(maxsize=1)
def number_words() -> NumberWords:
    """The words of this process, read once."""
    read: dict[str, Any] = yaml.safe_load((ROOT / PATH).read_text(encoding="utf-8"))
    return NumberWords(
        before=frozenset(map(bare, read["before_number"])),
        numbers={
            bare(word): int(one) for one, listed in read["numbers"].items() for word in listed
        },
    )
