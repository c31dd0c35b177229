"""Names of persons, where somebody says that it is one: "jeg heter …", "my name is …".

There is no list of names: patients have names from everywhere. What follows is a name unless it is
a word that is known to be none (data/privacy/not_names.yml); in doubt it goes.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

import yaml

_NOT_NAMES = Path(__file__).resolve().parents[2] / "data" / "privacy" / "not_names.yml"

_CALLED = r"(?:heter|heiter|heite|heitar|hete|hette|heitte|het)"
_PERSON = (
    r"(?:jeg|jæ|je|eg|ej|æ|æg|e|i|han|hun|ho|hu|hen|vi|me|"
    r"(?:mor|mamma|far|pappa|bestemor|bestefar|kon[ae]|mann(?:en)?|sønn(?:en)?|son(?:en)?|"
    r"datter(?:en|a)?|dotter(?:a)?|bror(?:en)?|søster(?:en|a)?|barn(?:et)?|gutt?en|jent[ao]|"
    r"pasienten|kjæresten|samboer(?:en)?|lege[nr]|behandler(?:en)?|behandlar(?:en)?)"
    r"(?:\s(?:min|mi|mitt|vår|vårt|hans|hennes|hennar))?)"
)
_FILLER = (
    r"(?:\s+(?:jo|da|altså|egentlig|eigentleg|faktisk|forresten|forøvrig|visst|fullt\s+ut)\b)?"
)
_NAME_NOUN = r"(?:for|etter|mellom|pike|jente|kalle|døpe)?na[vm]n(?:et)?"
_OF_WHOM = r"(?:\s+(?:mitt|hans|hennes|hennar|vårt|(?:til|på)\s+\w{1,20}))?"
_IS = r"(?:\s+(?:er|e|æ|var)\b|\s?[:=])"
#: What says that a name follows. Nothing in it is repeated without a bound: the time is linear.
_INTRODUCTION = re.compile(
    r"(?<!\w)(?:"
    rf"{_PERSON}\s+{_CALLED}\b{_FILLER}|{_CALLED}\s+(?:jeg|eg|æ|e|je)\b{_FILLER}|"
    rf"mitt\s+na[vm]n{_IS}{_FILLER}|{_NAME_NOUN}{_OF_WHOM}{_IS}{_FILLER}|"
    r"(?:my|his|her|the|patient)(?:[’']?s)?\s+(?:full\s+|first\s+|last\s+)?name(?:\s+is\b|[’']?s\b"
    r"|\s?[:=])|name\s?[:=]|(?:i\s+am|i[’']?m)\s+called\b"
    r")[\s:,«\"“]{0,3}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’\-](?=[^\W\d_]))*")
_MOST_WORDS = 4
#: Between the parts of a name; an initial has a full stop.
_BETWEEN = re.compile(r"[ \t\u00a0]{1,2}|\.[ \t\u00a0]?(?=[^\W\d_])")
_PARTICLES = frozenset({
    "van", "von", "de", "der", "den", "da", "dos", "di", "du", "la", "le", "el", "al", "bin",
    "ibn", "abu", "af", "av",
})  # fmt: skip


def name_spans(text: str) -> list[tuple[int, int]]:
    """Where names stand that somebody introduces, in order."""
    spans: list[tuple[int, int]] = []
    for match in _INTRODUCTION.finditer(text):
        begin = match.end()
        end = _end_of_name(text, begin)
        if end > begin and (not spans or begin >= spans[-1][1]):
            spans.append((begin, end))
    return spans


def _end_of_name(text: str, begin: int) -> int:
    """Where the name ends that begins here; `begin` when there is none."""
    end, at = begin, begin
    for number in range(_MOST_WORDS):
        word = _WORD.match(text, at)
        if word is None:
            break
        if word[0].casefold() in _PARTICLES and _goes_on_capital(text, word.end()):
            pass
        elif not _is_name(word[0], first=number == 0):
            break
        end = word.end()
        between = _BETWEEN.match(text, end)
        is_initial = len(word[0]) == 1
        if between is None or (between[0].startswith(".") and not is_initial):
            break
        at = between.end()
    return end


def _is_name(word: str, *, first: bool) -> bool:
    """Whether a word at the place of a name is one."""
    is_capitalised = word[0].isupper() and not (len(word) > 1 and word.isupper())
    listed = "never" if first and is_capitalised else "words"
    return word.casefold() not in _not_names()[listed]


def _goes_on_capital(text: str, end: int) -> bool:
    between = _BETWEEN.match(text, end)
    word = _WORD.match(text, between.end()) if between else None
    if word is None:
        return False
    return word[0][0].isupper() or word[0].casefold() in _PARTICLES


@functools.lru_cache(maxsize=1)
def _not_names() -> dict[str, frozenset[str]]:
    """never: whatever the letters. words: unless the first of a name has a capital letter."""
    lists = yaml.safe_load(_NOT_NAMES.read_text(encoding="utf-8"))
    never = frozenset(str(word).casefold() for word in lists["never"])
    return {"never": never, "words": never | {str(word).casefold() for word in lists["words"]}}
