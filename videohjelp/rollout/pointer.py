"""Which model is in force: a small file that says so, and who decided it when, and why.

The history is a stack that is written as a log: `activate` puts a model on top, `rollback` takes
the top off, so that two in a row go back two models and never to the one that was taken back.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from videohjelp.rollout.errors import RolloutError
from videohjelp.rollout.files import write_json

FILE = "in-force.json"
_LOCK = ".in-force.lock"
_FORMAT = 1


@dataclass(frozen=True)
class Entry:
    """One change. at: UTC, ISO 8601. model: the file's name. sha256: of its content.

    checked: what had passed, in words; None for a rollback. unchecked: the reason why it was put
    in force without a check.
    """

    did: Literal["activate", "rollback"]
    model: str
    sha256: str
    at: str
    by: str
    why: str = ""
    checked: str | None = None
    unchecked: str | None = None


class Pointer:
    """The pointer of a folder of models."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def stamp(self) -> tuple[int, int, int] | None:
        """What changes whenever the file is written; None when there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def history(self) -> list[Entry]:
        """Every change, the oldest first; none when no model was ever put in force.

        Raises RolloutError when the file is damaged: no other model is taken then.
        """
        try:
            written = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise self._damaged(error) from error
        try:
            value = json.loads(written)
            if value["format"] != _FORMAT:
                raise ValueError(f"format {value['format']} instead of {_FORMAT}")
            entries = [Entry(**entry) for entry in value["history"]]
            if not _stack(entries):
                raise ValueError("no model is named")
        except (ValueError, TypeError, KeyError, LookupError) as error:
            raise self._damaged(error) from error
        return entries

    def in_force(self) -> Entry | None:
        """The change that put the present model in force; None when none was. Raises RolloutError.

        After a rollback it is the rollback, with the model that came back.
        """
        entries = self.history()
        return entries[-1] if entries else None

    def before(self) -> Entry | None:
        """What a rollback would go back to; None for nothing. Raises RolloutError."""
        stack = _stack(self.history())
        return stack[-2] if len(stack) > 1 else None

    def kept(self) -> set[str]:
        """The names of the models that are in force or that a rollback can reach.

        Raises RolloutError.
        """
        return {entry.model for entry in _stack(self.history())}

    def activate(self, entry: Entry, before: Entry | None = None) -> None:
        """Puts a model in force. before: what was served before the first one.

        Raises RolloutError, OSError.
        """
        with self._locked():
            entries = self.history() or ([before] if before else [])
            self._write([*entries, entry])

    def roll_back(self, *, at: str, by: str, why: str) -> Entry:
        """Puts the model before in force again; gives what was written.

        Raises RolloutError when there is none, OSError.
        """
        with self._locked():
            entries = self.history()
            stack = _stack(entries)
            if len(stack) < 2:  # noqa: PLR2004 - the present one and one before
                raise RolloutError(
                    "There is no model before the one in force; put another one in force: "
                    "python -m videohjelp model list, then model activate <model>"
                )
            back = stack[-2]
            entry = Entry("rollback", back.model, back.sha256, at, by, why)
            self._write([*entries, entry])
        return entry

    def _write(self, entries: list[Entry]) -> None:
        write_json(self.path, {"format": _FORMAT, "history": [asdict(one) for one in entries]})

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One change at a time, from all processes of the machine."""
        with (self.path.parent / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _damaged(self, error: Exception) -> RolloutError:
        return RolloutError(
            f"{self.path} says which model is in force, and is damaged ({error}). Restore it from "
            "a backup; or delete it and put a model in force anew: "
            "python -m videohjelp model list, then model activate <model>"
        )


def _stack(entries: list[Entry]) -> list[Entry]:
    stack: list[Entry] = []
    for entry in entries:
        if entry.did == "activate":
            stack.append(entry)
        else:
            stack.pop()
    return stack
