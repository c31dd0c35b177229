"""Answer "what is the number of …" from the directory.

A wrong number is the worst that can happen, so every word that could name a place or a department
must be understood; a message with one that is not gets no number, and never another hospital's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from videohjelp.directory.entries import DEPARTMENT_KINDS, DirectoryEntry
from videohjelp.directory.hospitals import Hospital, with_hospitals_of
from videohjelp.directory.matching import Found, Query, Vocabulary, phrases_of
from videohjelp.directory.places import HospitalFinder, Named
from videohjelp.directory.text import words
from videohjelp.directory.words import (
    DEPARTMENT_WORDS,
    EMPTY_WORDS,
    HOSPITAL_WORDS,
    PREPOSITIONS,
    SWITCHBOARD_WORDS,
    looks_like_department,
)

MAX_MATCHES = 5
_FEW_WORDS = 5
_PARENTHESIS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class DirectoryAnswer:
    """What the directory says to a message.

    `matches` are at most five numbers, the best first, none when nothing is sure enough.
    `hospital` is the hospital that was recognised, or None. `switchboard` is its switchboard when
    the directory has one. `certain` is True for one clear match, which may be given as the answer;
    otherwise the matches are something to choose from, with hospital and department named.
    """

    matches: tuple[DirectoryEntry, ...] = ()
    hospital: Hospital | None = None
    switchboard: DirectoryEntry | None = None
    certain: bool = False


@dataclass(frozen=True)
class _Names:
    """How one entry can be asked for."""

    entry: DirectoryEntry
    hospital_id: str
    phrases: tuple[tuple[str, ...], ...]
    general: frozenset[str]
    details: frozenset[str]
    order: int


@dataclass(frozen=True)
class _Hit:
    names: _Names
    found: Found
    details: frozenset[int] = field(default_factory=frozenset)


class Directory:
    """The numbers in force, searchable."""

    def __init__(
        self, entries: Iterable[DirectoryEntry], hospitals: Iterable[Hospital] = ()
    ) -> None:
        """Take the entries and the hospitals known by name, those without a number included."""
        self.entries = tuple(entries)
        self.hospitals, id_of = with_hospitals_of(hospitals, self.entries)
        self._hospital_by_id = {one.id: one for one in self.hospitals}
        self._entry_by_id = {entry.id: entry for entry in self.entries}
        self._names = tuple(
            _names(entry, id_of[entry.hospital], order)
            for order, entry in enumerate(self.entries)
            if entry.is_department
        )
        self._finder = HospitalFinder(self.hospitals)
        owners = self._finder.owned_words()
        for names in self._names:
            for word in (word for phrase in names.phrases for word in phrase):
                owners[word] = owners.get(word, frozenset()) | {names.entry.id}
        self._vocabulary = Vocabulary(owners)

    def entry(self, entry_id: str) -> DirectoryEntry | None:
        """Give the entry with this id."""
        return self._entry_by_id.get(entry_id)

    def hospital(self, hospital_id: str) -> Hospital | None:
        """Give the hospital with this id."""
        return self._hospital_by_id.get(hospital_id)

    def services(self, kind: str) -> tuple[DirectoryEntry, ...]:
        """Give the numbers of a kind ("emergency", "tech_support", …), in the file's order."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def numbers_of(self, hospital_id: str) -> tuple[DirectoryEntry, ...]:
        """Give a hospital's own numbers, the switchboard first."""
        own = [names for names in self._names if names.hospital_id == hospital_id]
        return tuple(names.entry for names in sorted(own, key=_by_kind))

    def switchboard(self, hospital_id: str) -> DirectoryEntry | None:
        """Give a hospital's switchboard, None when the directory has none."""
        return next((one for one in self.numbers_of(hospital_id) if one.is_switchboard), None)

    def find(
        self, text: str, hospital_id: str | None = None, limit: int = MAX_MATCHES
    ) -> DirectoryAnswer:
        """Find the number a message asks for.

        `text` is what the patient wrote, in any spelling. `hospital_id` is the hospital named
        earlier in the conversation; a hospital in the message itself goes first. An id that is not
        in the directory gives an empty answer. `limit` is at most five.
        """
        known = self._hospital_by_id.get(hospital_id) if hospital_id is not None else None
        if hospital_id is not None and known is None:
            return DirectoryAnswer()
        query = Query.of(text)
        named = _with_context(self._finder.find(query, self._vocabulary), known)
        hits = self._hits(query, named)
        if hits:
            return self._with_department(query, named, hits, min(limit, MAX_MATCHES))
        if named is None:
            return DirectoryAnswer()
        return self._hospital_alone(query, named, min(limit, MAX_MATCHES))

    def _hits(self, query: Query, named: Named | None) -> list[_Hit]:
        wanted = None if named is None else {one.id for one in named.hospitals}
        taken = named.where if named is not None and named.by_name else frozenset[int]()
        hits = []
        for names in self._names:
            if wanted is not None and names.hospital_id not in wanted:
                continue
            found = self._department(query, names, taken)
            if found is not None:
                details = frozenset(
                    index for index, word in enumerate(query.words) if word in names.details
                )
                hits.append(_Hit(names, found, details - found.where))
        most = max((len(hit.details) for hit in hits), default=0)
        best = [hit for hit in hits if len(hit.details) == most]
        return sorted((hit for hit in best if not _outdone(hit, best)), key=_by_quality)

    def _department(self, query: Query, names: _Names, taken: frozenset[int]) -> Found | None:
        found = [
            hit
            for phrase in names.phrases
            if (hit := self._vocabulary.find(phrase, query, together=False)) is not None
            # The words of the hospital's own name say nothing about the department.
            and hit.where - taken
        ]
        if not found:
            return None
        where = frozenset[int]().union(*(one.where for one in found))
        return Found(min(one.errors for one in found), where)

    def _with_department(
        self, query: Query, named: Named | None, hits: list[_Hit], limit: int
    ) -> DirectoryAnswer:
        understood = frozenset[int]().union(*(hit.found.where | hit.details for hit in hits))
        unknown = _unknown(query, understood | (named.where if named else frozenset()))
        if named is None:
            # Nobody said which hospital: a word not understood may be the name of one.
            found = () if unknown else _entries(hits, limit)
            return DirectoryAnswer(found)
        matched = {hit.names.hospital_id for hit in hits}
        hospital = self._meant(named, matched)
        switchboard = self.switchboard(hospital.id) if hospital else None
        if not named.by_name and _may_name_another_place(query, unknown):
            return DirectoryAnswer(hospital=hospital)
        certain = (
            len(hits) == 1
            and len(named.hospitals) == 1
            and not named.elsewhere
            and not query.shortened
            and not _may_name_another_department(query, unknown, hits[0].found.where)
        )
        return DirectoryAnswer(_entries(hits, limit), hospital, switchboard, certain)

    def _hospital_alone(self, query: Query, named: Named, limit: int) -> DirectoryAnswer:
        hospital = self._meant(named, set())
        if hospital is None:
            return DirectoryAnswer()
        sure = len(named.hospitals) == 1 and not named.elsewhere and not query.shortened
        switchboard = self.switchboard(hospital.id)
        if _unknown(query, named.where):
            # A department that is not in the directory: at most the switchboard.
            return DirectoryAnswer(hospital=hospital, switchboard=switchboard if sure else None)
        asked = {word for index, word in enumerate(query.words) if index not in named.where}
        own = [names for names in self._names if names.hospital_id == hospital.id]
        if asked & SWITCHBOARD_WORDS:
            general = [names for names in own if names.entry.is_switchboard]
        elif asked & DEPARTMENT_WORDS:
            # "Poliklinikken på Haukeland": which one is not said, and any would be a guess.
            general = [names for names in sorted(own, key=_by_kind) if names.general & asked]
        else:
            general = sorted(own, key=_by_kind)
        found = tuple(names.entry for names in general)
        return DirectoryAnswer(found[:limit], hospital, switchboard, sure and len(found) == 1)

    def _meant(self, named: Named, matched: set[str]) -> Hospital | None:
        if len(named.hospitals) == 1:
            return named.hospitals[0]
        if named.by_name:
            return None
        if len(matched) == 1:
            return self._hospital_by_id[next(iter(matched))]
        return named.hospitals[0]


def _names(entry: DirectoryEntry, hospital_id: str, order: int) -> _Names:
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
    return _Names(
        entry,
        hospital_id,
        tuple(dict.fromkeys(phrases)),
        frozenset(general & (DEPARTMENT_WORDS | SWITCHBOARD_WORDS)),
        frozenset(word for word in details if word in DEPARTMENT_WORDS or word not in EMPTY_WORDS),
        order,
    )


def _with_context(named: Named | None, known: Hospital | None) -> Named | None:
    if known is None:
        return named
    if named is None:
        return Named((known,), frozenset(), by_name=False)
    if not named.by_name and known in named.hospitals:
        return Named((known,), named.where, by_name=False)
    return named


def _unknown(query: Query, understood: frozenset[int]) -> list[int]:
    return [
        index
        for index, word in enumerate(query.words)
        if index not in understood and word not in EMPTY_WORDS and not word.isdigit()
    ]


def _telling_words(query: Query) -> int:
    return sum(word not in EMPTY_WORDS and not word.isdigit() for word in query.words)


def _may_name_another_place(query: Query, unknown: list[int]) -> bool:
    if unknown and _telling_words(query) <= _FEW_WORDS:
        return True
    for index in unknown:
        neighbours = query.words[max(index - 1, 0) : index + 2]
        if looks_like_department(query.words[index]) or HOSPITAL_WORDS & set(neighbours):
            return True
        if index > 0 and query.words[index - 1] in PREPOSITIONS:
            return True
    return False


def _may_name_another_department(query: Query, unknown: list[int], where: frozenset[int]) -> bool:
    if unknown and _telling_words(query) <= _FEW_WORDS:
        return True
    # "Lunge medisinsk" is not "medisinsk", and words far apart are not one name.
    if any(min(where) - 1 <= index <= max(where) + 1 for index in unknown):
        return True
    return any(looks_like_department(query.words[index]) for index in unknown)


def _outdone(hit: _Hit, hits: list[_Hit]) -> bool:
    """Say whether another number of the same hospital is named by these words and more."""
    return any(
        hit.names.hospital_id == other.names.hospital_id and hit.found.where < other.found.where
        for other in hits
    )


def _entries(hits: list[_Hit], limit: int) -> tuple[DirectoryEntry, ...]:
    return tuple(hit.names.entry for hit in hits[:limit])


def _by_quality(hit: _Hit) -> tuple[int, int, int]:
    return (hit.found.errors, *_by_kind(hit.names))


def _by_kind(names: _Names) -> tuple[int, int]:
    kind = names.entry.kind
    known = DEPARTMENT_KINDS.index(kind) if kind in DEPARTMENT_KINDS else len(DEPARTMENT_KINDS)
    return known, names.order
