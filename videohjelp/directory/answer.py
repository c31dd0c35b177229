"""What the directory says to a message."""

from __future__ import annotations

from dataclasses import dataclass

from videohjelp.directory.entries import DirectoryEntry
from videohjelp.directory.hospitals import Hospital

#: At most so many numbers to choose from.
MAX_MATCHES = 5


@dataclass(frozen=True)
class DirectoryAnswer:
    """What the directory says to a message.

    `matches` are at most five numbers, the best first, none when nothing is sure enough.
    `hospital` is the hospital that was recognised, or None. `switchboard` is its switchboard when
    the directory has one and it may be given. `certain` is True for one clear match, which may be
    given as the answer; otherwise the matches are something to choose from, with hospital and
    department named.

    `hospital_certain` is True when it can be no other hospital, `hospital_alone` when no word may
    name a department or another place. `hospital_words` and
    `department_words` are the places of the words (0 is the message's first) that name them; the
    numbers of a hospital that is named alone are not named by any words.
    """

    matches: tuple[DirectoryEntry, ...] = ()
    hospital: Hospital | None = None
    switchboard: DirectoryEntry | None = None
    certain: bool = False
    hospital_certain: bool = False
    hospital_alone: bool = False
    hospital_words: frozenset[int] = frozenset()
    department_words: frozenset[int] = frozenset()
