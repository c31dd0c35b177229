"""The directory in force, and how it is replaced."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from videohjelp.directory.problems import DirectoryError
from videohjelp.directory.reading import COLUMNS, read_directory
from videohjelp.directory.store import DirectoryFile, import_file

from .conftest import GOOD_ROW, WriteCsv

TODAY = date(2026, 11, 23)


def phones(file: DirectoryFile) -> list[str]:
    return [entry.phone for entry in file.directory.entries]


def test_reloads_a_changed_file(write_csv: WriteCsv) -> None:
    file = DirectoryFile(write_csv({}))
    before = file.directory
    assert file.directory is before
    write_csv({"phone": "55 97 38 75"}, {"id": "b", "department": "B"})
    assert phones(file) == ["55 97 38 75", "55 97 50 00"]


def test_reloads_a_change_of_equal_size(write_csv: WriteCsv) -> None:
    path = write_csv({})
    file = DirectoryFile(path)
    status = path.stat()
    write_csv({"phone": "55 97 50 01"})
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert phones(file) == ["55 97 50 01"]


def test_a_bad_file_is_reported_once_and_the_old_one_kept(write_csv: WriteCsv) -> None:
    reported: list[DirectoryError] = []
    file = DirectoryFile(write_csv({}), on_problems=reported.append)
    path = write_csv({"phone": "12", "kind": "?"})
    assert phones(file) == ["55 97 50 00"]
    assert phones(file) == ["55 97 50 00"]
    assert len(reported) == 1
    assert [problem.column for problem in reported[0].problems] == ["kind", "phone"]
    path.unlink()
    assert phones(file) == ["55 97 50 00"]
    assert len(reported) == 2
    write_csv({"phone": "55 97 38 75"})
    assert phones(file) == ["55 97 38 75"]


def test_a_bad_file_is_logged(write_csv: WriteCsv, caplog: pytest.LogCaptureFixture) -> None:
    file = DirectoryFile(write_csv({}))
    write_csv({"phone": "12"})
    assert phones(file) == ["55 97 50 00"]
    assert "linje 2, kolonne phone" in caplog.text


def test_starts_only_with_a_good_file(write_csv: WriteCsv) -> None:
    with pytest.raises(DirectoryError):
        DirectoryFile(write_csv({"phone": "12"}))


def test_hospitals_beside_the_file(write_csv: WriteCsv) -> None:
    path = write_csv({})
    hospitals = path.with_name("hospitals.csv")
    file = DirectoryFile(path)
    assert file.directory.find("Fjernsjukehuset").hospital is None
    hospitals.write_text(
        "id,name,trust,aliases,places\nfjern,Fjernsjukehuset,T,,\n", encoding="utf-8"
    )
    hospital = file.directory.find("Fjernsjukehuset").hospital
    assert hospital is not None
    assert hospital.id == "fjern"


def test_import_replaces_the_file(tmp_path: Path, write_csv: WriteCsv) -> None:
    source = write_csv({}, name="ny.csv", delimiter=";", encoding="utf-8-sig")
    target = tmp_path / "departments.csv"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    entries = import_file(source, target, TODAY)
    assert read_directory(target, TODAY) == entries
    assert [entry.aliases for entry in entries] == [("Prøven", "PS")]
    assert target.read_bytes().startswith(b"id,trust,hospital,")
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["departments.csv", "ny.csv"]


def test_import_from_excel(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(COLUMNS))
    sheet.append([GOOD_ROW[name] for name in COLUMNS])
    book.save(tmp_path / "ny.xlsx")
    (entry,) = import_file(tmp_path / "ny.xlsx", tmp_path / "departments.csv", TODAY)
    assert read_directory(tmp_path / "departments.csv", TODAY) == (entry,)


def test_import_of_a_bad_file_changes_nothing(tmp_path: Path, write_csv: WriteCsv) -> None:
    source = write_csv({}, {"id": "b", "department": "B", "phone": "12"}, name="ny.csv")
    target = tmp_path / "departments.csv"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(DirectoryError):
        import_file(source, target, TODAY)
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["departments.csv", "ny.csv"]


def test_import_that_cannot_be_written_changes_nothing(
    tmp_path: Path, write_csv: WriteCsv, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    source = write_csv({}, name="ny.csv")
    target = tmp_path / "departments.csv"
    target.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        import_file(source, target, TODAY)
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["departments.csv", "ny.csv"]
