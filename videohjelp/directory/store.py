"""The directory in force: loaded from its file, reloaded when the file changes, replaced safely."""

from __future__ import annotations

import csv
import logging
import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Lock

from videohjelp.directory.entries import DirectoryEntry
from videohjelp.directory.hospitals import Hospital, read_hospitals
from videohjelp.directory.problems import DirectoryError
from videohjelp.directory.reading import COLUMNS, read_directory
from videohjelp.directory.search import Directory

HOSPITALS_NAME = "hospitals.csv"
_DEFAULT_MODE = 0o644

_log = logging.getLogger(__name__)

_Stamp = tuple[tuple[int, int, int] | None, ...]


class DirectoryFile:
    """Gives the directory of a file, always the last one without mistakes."""

    def __init__(
        self,
        path: Path,
        hospitals_path: Path | None = None,
        on_problems: Callable[[DirectoryError], None] | None = None,
    ) -> None:
        """Load `path`, and the hospitals of `hospitals_path` (default: hospitals.csv beside it).

        `on_problems` is called once for each new file that cannot be used (default: it is logged).
        Raises DirectoryError when there is no usable directory to begin with.
        """
        self._path = path
        self._hospitals_path = hospitals_path or path.with_name(HOSPITALS_NAME)
        self._on_problems = on_problems or _log_problems
        self._lock = Lock()
        self._stamp = self._read_stamp()
        self._directory = self._load()

    @property
    def directory(self) -> Directory:
        """The directory in force; looks first whether a file has changed."""
        stamp = self._read_stamp()
        if stamp == self._stamp:
            return self._directory
        with self._lock:
            if stamp != self._stamp:
                # Kept also when the file is bad, so that each bad file is reported once.
                self._stamp = stamp
                try:
                    self._directory = self._load()
                except DirectoryError as error:
                    self._on_problems(error)
        return self._directory

    def _load(self) -> Directory:
        hospitals: tuple[Hospital, ...] = ()
        if self._hospitals_path.exists():
            hospitals = read_hospitals(self._hospitals_path)
        return Directory(read_directory(self._path), hospitals)

    def _read_stamp(self) -> _Stamp:
        return _stamp_of(self._path), _stamp_of(self._hospitals_path)


def import_file(source: Path, target: Path, today: date) -> tuple[DirectoryEntry, ...]:
    """Check `source` (.csv or .xlsx) and put it in the place of `target` (a .csv) in one step.

    `today` is as in `read_directory`. Gives the entries now in force. Raises DirectoryError with
    all mistakes of `source`, or OSError when `target` cannot be written; `target` is then as it
    was before.
    """
    entries = read_directory(source, today)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".import-", suffix=".csv")
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            _write(file.write, entries)
            file.flush()
            os.fsync(file.fileno())
        if read_directory(new, today) != entries:
            raise OSError(f"{new.name} was not written as it was read")
        new.chmod(target.stat().st_mode & 0o777 if target.exists() else _DEFAULT_MODE)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    return entries


class _Lines:
    """What csv.writer needs of a file."""

    def __init__(self, write: Callable[[str], int]) -> None:
        self.write = write


def _write(write: Callable[[str], int], entries: Sequence[DirectoryEntry]) -> None:
    table = csv.writer(_Lines(write), lineterminator="\n")
    table.writerow(COLUMNS)
    for entry in entries:
        cells = {
            "verified": entry.verified.isoformat() if entry.verified else "",
            "aliases": ";".join(entry.aliases),
        }
        table.writerow([cells.get(name, getattr(entry, name)) for name in COLUMNS])


def _stamp_of(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _log_problems(error: DirectoryError) -> None:
    _log.error("The directory was not replaced, the one before stays in force. %s", error)
