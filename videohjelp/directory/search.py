"""Answer "what is the number of …" from the directory.

A wrong number is the worst that can happen, so every word that could name a place or a department
must be understood; a message with one that is not gets no number, and never another hospital's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from videohjelp.directory.answer import MAX_MATCHES, DirectoryAnswer
from videohjelp.directory.entries import DirectoryEntry
from videohjelp.directory.hospitals import Hospital, with_hospitals_of
from videohjelp.directory.matching import Found, Query, Reading, Vocabulary
from videohjelp.directory.names import EntryNames, by_kind, names_of
from videohjelp.directory.places import HospitalFinder, Named
from videohjelp.directory.words import (
    DEPARTMENT_WORDS,
    EMPTY_WORDS,
    HOSPITAL_WORDS,
    PREPOSITIONS,
    SWITCHBOARD_WORDS,
    looks_like_department,
)

_FEW_WORDS = 5


@dataclass(frozen=True)
class _Hit:
    names: EntryNames
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
            names_of(entry, id_of[entry.hospital], order)
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
        return tuple(names.entry for names in sorted(own, key=by_kind))

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
        reading = self._vocabulary.read(query)
        if known is None and not reading.hits:
            return DirectoryAnswer()
        named = _with_context(self._finder.find(reading), known)
        hits = self._hits(reading, named)
        if hits:
            return self._with_department(query, named, hits, min(limit, MAX_MATCHES))
        if named is None:
            return DirectoryAnswer()
        return self._hospital_alone(query, named, min(limit, MAX_MATCHES))

    def _hits(self, reading: Reading, named: Named | None) -> list[_Hit]:
        wanted = None if named is None else {one.id for one in named.hospitals}
        taken = named.where if named is not None and named.by_name else frozenset[int]()
        hits = []
        for names in self._names:
            if wanted is not None and names.hospital_id not in wanted:
                continue
            found = _department(reading, names, taken)
            if found is not None:
                details = frozenset(
                    index for index, word in enumerate(reading.query.words) if word in names.details
                )
                hits.append(_Hit(names, found, details - found.where))
        most = max((len(hit.details) for hit in hits), default=0)
        best = [hit for hit in hits if len(hit.details) == most]
        return sorted((hit for hit in best if not _outdone(hit, best)), key=_by_quality)

    def _with_department(
        self, query: Query, named: Named | None, hits: list[_Hit], limit: int
    ) -> DirectoryAnswer:
        understood = frozenset[int]().union(*(hit.found.where | hit.details for hit in hits))
        unknown = _unknown(query, understood | (named.where if named else frozenset()))
        if named is None:
            # Nobody said which hospital: a word not understood may be the name of one.
            found = () if unknown else _entries(hits, limit)
            return DirectoryAnswer(found, department_words=_words(hits))
        matched = {hit.names.hospital_id for hit in hits}
        hospital = self._meant(named, matched)
        switchboard = self.switchboard(hospital.id) if hospital else None
        if not named.by_name and _may_name_another_place(query, unknown):
            return DirectoryAnswer(hospital=hospital, hospital_words=named.where)
        sure = _is_sure(query, named)
        certain = (
            len(hits) == 1
            and sure
            and not _may_name_another_department(query, unknown, hits[0].found.where)
        )
        return DirectoryAnswer(
            matches=_entries(hits, limit),
            hospital=hospital,
            switchboard=switchboard,
            certain=certain,
            hospital_certain=sure,
            hospital_words=named.where,
            department_words=_words(hits),
        )

    def _hospital_alone(self, query: Query, named: Named, limit: int) -> DirectoryAnswer:
        hospital = self._meant(named, set())
        if hospital is None:
            return DirectoryAnswer()
        sure = _is_sure(query, named)
        switchboard = self.switchboard(hospital.id)
        if _unknown(query, named.where):
            # A department that is not in the directory: at most the switchboard.
            return DirectoryAnswer(
                hospital=hospital,
                switchboard=switchboard if sure else None,
                hospital_certain=sure,
                hospital_words=named.where,
            )
        general_words = {
            index: word
            for index, word in enumerate(query.words)
            if word in SWITCHBOARD_WORDS | DEPARTMENT_WORDS and index not in named.where
        }
        asked = set(general_words.values())
        own = [names for names in self._names if names.hospital_id == hospital.id]
        if asked & SWITCHBOARD_WORDS:
            general = [names for names in own if names.entry.is_switchboard]
        elif asked & DEPARTMENT_WORDS:
            # "Poliklinikken på Haukeland": which one is not said, and any would be a guess.
            general = [names for names in sorted(own, key=by_kind) if names.general & asked]
        else:
            general = sorted(own, key=by_kind)
        found = tuple(names.entry for names in general)
        return DirectoryAnswer(
            matches=found[:limit],
            hospital=hospital,
            switchboard=switchboard,
            certain=sure and len(found) == 1,
            hospital_certain=sure,
            hospital_alone=not general_words,
            hospital_words=named.where,
            department_words=frozenset(general_words),
        )

    def _meant(self, named: Named, matched: set[str]) -> Hospital | None:
        if len(named.hospitals) == 1:
            return named.hospitals[0]
        if named.by_name:
            return None
        if len(matched) == 1:
            return self._hospital_by_id[next(iter(matched))]
        return named.hospitals[0]


def _department(reading: Reading, names: EntryNames, taken: frozenset[int]) -> Found | None:
    found = [
        hit
        for phrase in names.phrases
        if (hit := reading.find(phrase, together=False)) is not None
        # The words of the hospital's own name say nothing about the department.
        and hit.where - taken
    ]
    if not found:
        return None
    where = frozenset[int]().union(*(one.where for one in found))
    return Found(min(one.errors for one in found), where)


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


def _is_sure(query: Query, named: Named) -> bool:
    return len(named.hospitals) == 1 and not named.elsewhere and not query.shortened


def _words(hits: list[_Hit]) -> frozenset[int]:
    return frozenset[int]().union(*(hit.found.where for hit in hits))


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
    return (hit.found.errors, *by_kind(hit.names))
