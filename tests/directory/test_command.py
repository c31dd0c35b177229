"""The commands' output and exit codes."""

from __future__ import annotations

import io
from pathlib import Path

from videohjelp.directory import command

from .conftest import WriteCsv


def test_check_of_a_good_file(write_csv: WriteCsv) -> None:
    path = write_csv({}, {"id": "b", "department": "B", "verified": ""})
    out = io.StringIO()
    assert command.check(path, out) == command.OK
    assert out.getvalue() == f"{path}: 2 numre, 1 ikke kontrollert, ingen feil.\n"


def test_check_prints_every_problem_with_its_place(write_csv: WriteCsv) -> None:
    path = write_csv({"phone": "48032638", "kind": ""})
    out = io.StringIO()
    assert command.check(path, out) == command.HAS_PROBLEMS
    assert out.getvalue().splitlines() == [
        f"{path}:2:kind: Cellen er tom. Fyll den ut.",
        f'{path}:2:phone: "48032638" er ikke skrevet som de andre numrene. Skriv "480 32 638".',
    ]


def test_import(tmp_path: Path, write_csv: WriteCsv) -> None:
    out = io.StringIO()
    target = tmp_path / "target.csv"
    assert command.import_(write_csv({}), target, out) == command.OK
    assert "1 numre er tatt i bruk" in out.getvalue()
    before = target.read_bytes()
    assert command.import_(write_csv({"phone": "1"}), target, out) == command.HAS_PROBLEMS
    assert target.read_bytes() == before
    assert f"{target} er ikke endret." in out.getvalue()


def test_import_to_a_folder_that_is_missing(tmp_path: Path, write_csv: WriteCsv) -> None:
    out = io.StringIO()
    target = tmp_path / "nei" / "target.csv"
    assert command.import_(write_csv({}), target, out) == command.NOT_WRITTEN
    assert "kan ikke skrives" in out.getvalue()
