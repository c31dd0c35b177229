"""The hospital's own numbers: patients may repeat them; they are not taken out of messages."""

from __future__ import annotations

import functools

from videohjelp.directory.reading import read_directory
from videohjelp.settings import ROOT


@functools.lru_cache(maxsize=1)
def own_numbers() -> frozenset[str]:
    """Every phone number of the directory, digits only.

    Raises DirectoryError when the directory has mistakes.
    """
    entries = read_directory(ROOT / "data" / "directory" / "departments.csv")
    return frozenset(entry.phone.replace(" ", "") for entry in entries)
