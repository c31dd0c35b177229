"""The commands for those who keep the directory: check a file, take a file into use."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from videohjelp.clock import now
from videohjelp.directory.problems import DirectoryError
from videohjelp.directory.reading import read_directory
from videohjelp.directory.store import import_file

OK = 0
HAS_PROBLEMS = 1
NOT_WRITTEN = 2


def check(path: Path, out: TextIO | None = None) -> int:
    """Check a directory file and print each mistake as "file:line:column: message".

    `out` is where to print (default: standard output). Gives the exit code: 0 without mistakes,
    1 with.
    """
    try:
        entries = read_directory(path, now().date())
    except DirectoryError as error:
        return _print_problems(error, out)
    unverified = sum(entry.needs_check for entry in entries)
    _print(f"{path}: {len(entries)} numre, {unverified} ikke kontrollert, ingen feil.", out)
    return OK


def import_(source: Path, target: Path, out: TextIO | None = None) -> int:
    """Check `source` and put it in the place of `target`, which is left alone on any mistake.

    Gives the exit code: 0 when replaced, 1 with mistakes, 2 when `target` cannot be written.
    """
    try:
        entries = import_file(source, target, now().date())
    except DirectoryError as error:
        code = _print_problems(error, out)
        _print(f"{target} er ikke endret.", out)
        return code
    except OSError as error:
        _print(f"{target}: kan ikke skrives ({error.strerror or error}). Den er ikke endret.", out)
        return NOT_WRITTEN
    _print(f"{target}: {len(entries)} numre er tatt i bruk.", out)
    return OK


def _print_problems(error: DirectoryError, out: TextIO | None) -> int:
    for problem in error.problems:
        _print(f"{error.path}:{problem.line}:{problem.column}: {problem.message}", out)
    return HAS_PROBLEMS


def _print(line: str, out: TextIO | None) -> None:
    print(line, file=out or sys.stdout)
