"""The hospitals and departments a message names, each by its id, and what may be said to them.

What a message names is found once; the answer is made of it alone, without the message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from videohjelp.directory.answer import MAX_MATCHES, DirectoryAnswer
from videohjelp.directory.search import Directory
from videohjelp.directory.text import word_places

Kind = Literal["hospital", "department"]
HOSPITAL: Kind = "hospital"
DEPARTMENT: Kind = "department"

#: One of several that may be meant: something to choose from.
POSSIBLE = "possible"
#: A hospital beside words that may name a department the directory lacks: its switchboard at most.
WITH_UNKNOWN = "with_unknown"
#: A hospital that may not be the one that is meant, beside such words: no number.
UNCLEAR = "unclear"
ROLES = (POSSIBLE, WITH_UNKNOWN, UNCLEAR)


@dataclass(frozen=True)
class PlaceMention:
    """A hospital or a department that is named.

    `value` is the hospital's or the entry's id. `role` is None for the one that is meant, else one
    of ROLES. `start` and `end` are the first character of the words and the one after them.
    """

    kind: Kind
    value: str
    role: str | None = None
    start: int = 0
    end: int = 0


def mentions_in(text: str, directory: Directory) -> tuple[PlaceMention, ...]:
    """Find what a message names: at most one hospital, at most five departments to choose from.

    The numbers of a hospital that is named alone are not among them.
    """
    answer = directory.find(text)
    if answer.hospital is None and not answer.matches:
        return ()
    places = word_places(text)
    found: list[PlaceMention] = []
    if answer.hospital is not None:
        start, end = _place(answer.hospital_words, places, text)
        role = _hospital_role(answer)
        found.append(PlaceMention(HOSPITAL, answer.hospital.id, role, start, end))
    if answer.department_words:
        start, end = _place(answer.department_words, places, text)
        role = None if answer.certain else POSSIBLE
        found += [PlaceMention(DEPARTMENT, entry.id, role, start, end) for entry in answer.matches]
    return tuple(found)


def answer_to(mentions: Iterable[PlaceMention], directory: Directory) -> DirectoryAnswer:
    """Give what `directory.find` says to a message that names this.

    An id that the directory does not hold (any more), and a national service, name nothing.
    """
    known = list(mentions)
    hospitals = [one for one in known if one.kind == HOSPITAL]
    hospital = directory.hospital(hospitals[0].value) if hospitals else None
    role = hospitals[0].role if hospitals else None
    switchboard = directory.switchboard(hospital.id) if hospital else None
    departments = [one for one in known if one.kind == DEPARTMENT]
    if departments:
        entries = [directory.entry(one.value) for one in departments]
        matches = tuple(entry for entry in entries if entry is not None and entry.is_department)
        certain = len(matches) == 1 and departments[0].role is None
        return DirectoryAnswer(matches, hospital, switchboard, certain)
    if hospital is None:
        return DirectoryAnswer()
    if role in (WITH_UNKNOWN, UNCLEAR):
        return DirectoryAnswer((), hospital, switchboard if role == WITH_UNKNOWN else None)
    numbers = directory.numbers_of(hospital.id)
    certain = role is None and len(numbers) == 1
    return DirectoryAnswer(numbers[:MAX_MATCHES], hospital, switchboard, certain)


def _hospital_role(answer: DirectoryAnswer) -> str | None:
    if answer.hospital_alone or answer.matches:
        return None if answer.hospital_certain else POSSIBLE
    return WITH_UNKNOWN if answer.hospital_certain or answer.switchboard else UNCLEAR


def _place(
    words: frozenset[int], places: tuple[tuple[int, int], ...], text: str
) -> tuple[int, int]:
    if not words or max(words) >= len(places):
        return 0, len(text)
    return places[min(words)][0], places[max(words)][1]
