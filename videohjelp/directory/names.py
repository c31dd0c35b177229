"""How the numbers of the directory can be asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from videohjelp.directory.entries import DEPARTMENT_KINDS, DirectoryEntry
from videohjelp.directory.matching import phrases_of
from videohjelp.directory.text import words
from videohjelp.directory.words import (
    DEPARTMENT_WORDS,
    EMPTY_WORDS,
    HOSPITAL_WORDS,
    SWITCHBOARD_WORDS,
)

_PARENTHESIS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class EntryNames:
    """How one entry can be asked for.

    `phrases` name the department, each by all of its words. `general` are words that any hospital
    has a department for, `details` those that tell its numbers apart.
    """

    entry: DirectoryEntry
    hospital_id: str
    phrases: tuple[tuple[str, ...], ...]
    general: frozenset[str]
    details: frozenset[str]
    order: int


def by_kind(names: EntryNames) -> tuple[int, int]:
    """Give the place of an entry among others, the number most people want first."""
    kind = names.entry.kind
    known = DEPARTMENT_KINDS.index(kind) if kind in DEPARTMENT_KINDS else len(DEPARTMENT_KINDS)
    return known, names.order


def names_of(entry: DirectoryEntry, hospital_id: str, order: int) -> EntryNames:
    """Give the names of an entry; `order` is its place in the directory."""
    head, *rest = _PARENTHESIS.sub(" ", entry.department).split(" - ")
    # The aliases of a switchboard name the hospital, not the department.
    aliases = () if entry.is_switchboard else entry.aliases
    phrases = []
    general: set[str] = set()
    for phrase in phrases_of((head, *aliases)):
        telling = tuple(word for word in phrase if word not in EMPTY_WORDS)
        if telling:
            phrases.append(telling)
        else:
            general.update(phrase)
    if entry.is_switchboard:
        # A switchboard is asked for as such, never by what else its line says.
        general.update(words(head))
        phrases = []
    details = {word for part in rest for word in words(part)} - HOSPITAL_WORDS
    return EntryNames(
        entry,
        hospital_id,
        tuple(dict.fromkeys(phrases)),
        frozenset(general & (DEPARTMENT_WORDS | SWITCHBOARD_WORDS)),
        frozenset(word for word in details if word in DEPARTMENT_WORDS or word not in EMPTY_WORDS),
        order,
    )
