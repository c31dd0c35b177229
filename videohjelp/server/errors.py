"""Turns the errors a newcomer can meet at start into plain sentences."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import OperationalError


def explain(error: BaseException) -> str | None:
    """What happened and what to do; None for an error that nobody foresaw."""
    names = {kind.__name__ for kind in type(error).__mro__}
    ours = ("TrainingError", "AssistantError", "GuideError", "DirectoryError")
    if names & {*ours, "RolloutError", "SchemaError"}:
        return str(error)
    if _disk_is_full(error):
        return "The disk is full. Free some space (the model and the database need 500 MB)."
    if isinstance(error, OperationalError):
        return (
            f"The database cannot be opened: {error.orig}.\n"
            "Check VIDEOHJELP_DATABASE_URL, that its folder can be written to, and that the disk "
            "is not full."
        )
    if isinstance(error, ModuleNotFoundError):
        return f"The Python package '{error.name}' is missing: make setup installs everything."
    if isinstance(error, PermissionError):
        return f"{error.filename} cannot be written or read: check the rights of the folder."
    return None


def _disk_is_full(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return True
        original = getattr(error, "orig", None)
        if isinstance(original, sqlite3.OperationalError) and "full" in str(original):
            return True
        error = error.__cause__ or error.__context__
    return False
