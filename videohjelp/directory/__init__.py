"""The directory of departments and phone numbers: reading, searching and keeping it up to date."""

from videohjelp.directory.answer import DirectoryAnswer
from videohjelp.directory.entries import DirectoryEntry
from videohjelp.directory.hospitals import Hospital
from videohjelp.directory.problems import DirectoryError, Problem
from videohjelp.directory.search import Directory

__all__ = [
    "Directory",
    "DirectoryAnswer",
    "DirectoryEntry",
    "DirectoryError",
    "Hospital",
    "Problem",
]
