"""Recognise which hospital a message names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from videohjelp.directory.hospitals import Hospital
from videohjelp.directory.matching import Found, Reading, phrases_of
from videohjelp.directory.words import EMPTY_WORDS

Phrases = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Named:
    """The hospitals a message can mean, likeliest first, and the words that say so.

    `by_name` is True when a hospital's own name is in the message, False when only a place is.
    `elsewhere` is True when a place is named that is not the hospital's own.
    """

    hospitals: tuple[Hospital, ...]
    where: frozenset[int]
    by_name: bool
    elsewhere: bool = False


class HospitalFinder:
    """Looks for hospitals' names and places in messages."""

    def __init__(self, hospitals: Iterable[Hospital]) -> None:
        """Take the hospitals in the order in which a shared place means them."""
        self._hospitals = {hospital.id: hospital for hospital in hospitals}
        self._names = {one.id: phrases_of(one.names) for one in self._hospitals.values()}
        self._places = {
            one.id: tuple(
                phrase
                for phrase in phrases_of(one.places)
                if any(word not in EMPTY_WORDS for word in phrase)
            )
            for one in self._hospitals.values()
        }

    def owned_words(self) -> dict[str, frozenset[str]]:
        """Give the words of all names and places with the ids of their hospitals."""
        owners: dict[str, set[str]] = {}
        for phrases in (self._names, self._places):
            for hospital_id, found in phrases.items():
                for word in (word for phrase in found for word in phrase):
                    owners.setdefault(word, set()).add(hospital_id)
        return {word: frozenset(ids) for word, ids in owners.items()}

    def find(self, reading: Reading) -> Named | None:
        """Give the hospitals that a message names, or None when it names none."""
        names = self._mentions(self._names, reading)
        places = self._mentions(self._places, reading)
        if not names and not places:
            return None
        if not names:
            return Named(self._in_order(places), _all_words(places), by_name=False)
        named = _all_words(names)
        # "Haukeland i Bergen" is one hospital; "Haukeland i Stavanger" needs a question.
        own_places = frozenset[int]().union(
            *(found.where for hospital_id, found in places.items() if hospital_id in names)
        )
        elsewhere = bool(_all_words(places) - named - own_places)
        where = named | _all_words(places)
        return Named(self._in_order(names), where, by_name=True, elsewhere=elsewhere)

    def _mentions(self, phrases: Mapping[str, Phrases], reading: Reading) -> dict[str, Found]:
        best: dict[str, Found] = {}
        for hospital_id, own in phrases.items():
            hits = [
                found
                for phrase in own
                if (found := reading.find(phrase, together=True)) is not None
            ]
            if hits:
                best[hospital_id] = max(hits, key=lambda one: (len(one.where), -one.errors))
        # The longer name is the one meant: "Voss DPS" is not "Voss".
        return {
            hospital_id: found
            for hospital_id, found in best.items()
            if not any(found.where < other.where for other in best.values())
        }

    def _in_order(self, mentions: Mapping[str, Found]) -> tuple[Hospital, ...]:
        return tuple(one for one in self._hospitals.values() if one.id in mentions)


def _all_words(mentions: Mapping[str, Found]) -> frozenset[int]:
    return frozenset[int]().union(*(found.where for found in mentions.values()))
