"""Reading a directory file, and telling everything that is wrong with it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from videohjelp.directory.problems import DirectoryError, Problem
from videohjelp.directory.reading import COLUMNS, read_directory
from videohjelp.directory.store import DirectoryFile

from .conftest import GOOD_ROW, WriteCsv

TODAY = date(2026, 11, 23)


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(DirectoryError) as caught:
        read_directory(path, TODAY)
    return caught.value.problems


def places(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    return [(problem.line, problem.column) for problem in problems]


def test_reads_every_cell(write_csv: WriteCsv) -> None:
    (entry,) = read_directory(write_csv({}), TODAY)
    assert entry.id == "prove-sentralbord"
    assert entry.hospital == "Prøve sjukehus"
    assert entry.phone == "55 97 50 00"
    assert entry.verified == date(2026, 1, 15)
    assert entry.aliases == ("Prøven", "PS")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_encodings_and_separators(write_csv: WriteCsv, encoding: str, delimiter: str) -> None:
    (entry,) = read_directory(write_csv({}, delimiter=delimiter, encoding=encoding), TODAY)
    assert entry.hospital == "Prøve sjukehus"
    assert entry.aliases == ("Prøven", "PS")


def test_separator_line_of_excel(tmp_path: Path, write_csv: WriteCsv) -> None:
    text = write_csv({}, {"id": "Feil"}, delimiter=";").read_text(encoding="utf-8")
    path = tmp_path / "excel.csv"
    path.write_text("sep=;\n" + text, encoding="utf-8")
    assert (4, "id") in places(problems_of(path))


def test_latin_1_is_explained(write_csv: WriteCsv) -> None:
    (problem,) = problems_of(write_csv({}, encoding="latin-1"))
    assert problem.line == 2
    assert "Latin-1" in problem.wrong
    assert "CSV UTF-8" in problem.todo


def test_utf_16_is_explained(write_csv: WriteCsv) -> None:
    (problem,) = problems_of(write_csv({}, encoding="utf-16"))
    assert "UTF-16" in problem.wrong


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("id", "", "tom"),
        ("id", "Haukeland Sentralbord", "kan ikke brukes som id"),
        ("trust", "", "tom"),
        ("hospital", "", "tom"),
        ("department", "", "tom"),
        ("department", "To\nlinjer", "linjeskift"),
        ("kind", "sentral", "ikke en kjent verdi"),
        ("phone", "", "tom"),
        ("phone", "55 97 50", "ikke et gyldig norsk telefonnummer"),
        ("phone", "55975000", "ikke skrevet som de andre"),
        ("phone", "+47 55 97 50 00", "ikke skrevet som de andre"),
        ("phone", "55 97 50 00 (sentralbord)", "andre tegn"),
        ("source_url", "", "tom"),
        ("source_url", "http://example.org", "https://"),
        ("source_url", "example.org", "https://"),
        ("source_url", "https://[::1", "https://"),
        ("confidence", "sikker", "ikke en kjent verdi"),
        ("verified", "22.11.2026", "ikke en dato"),
        ("verified", "2026-02-30", "ikke en dato"),
        ("verified", "2026-11-24", "ikke kommet"),
    ],
)
def test_one_wrong_cell(write_csv: WriteCsv, column: str, value: str, expected: str) -> None:
    (problem,) = problems_of(write_csv({}, {"id": "b", "department": "B", column: value}))
    assert (problem.line, problem.column) == (3, column)
    assert expected in problem.message
    assert problem.todo


def test_suggests_the_right_way_of_writing(write_csv: WriteCsv) -> None:
    (problem,) = problems_of(write_csv({"phone": "48032638"}))
    assert problem.todo == 'Skriv "480 32 638".'


def test_today_and_empty_are_good_days(write_csv: WriteCsv) -> None:
    path = write_csv({"verified": "2026-11-23"}, {"id": "b", "department": "B", "verified": ""})
    first, second = read_directory(path, TODAY)
    assert first.verified == TODAY
    assert second.needs_check


def test_a_clock_that_is_behind_does_not_keep_the_numbers_away(write_csv: WriteCsv) -> None:
    path = write_csv({"verified": "2026-11-24"})
    assert len(read_directory(path)) == 1
    assert DirectoryFile(path).directory.entries
    assert problems_of(path)


def test_all_problems_at_once_in_order(write_csv: WriteCsv) -> None:
    path = write_csv(
        {"phone": "12", "kind": "x"},
        {"id": "b", "department": "B"},
        {"id": "b", "department": "C", "source_url": "ftp://x.no", "verified": "i går"},
    )
    assert places(problems_of(path)) == [
        (2, "kind"),
        (2, "phone"),
        (4, "id"),
        (4, "source_url"),
        (4, "verified"),
    ]


def test_same_department_twice(write_csv: WriteCsv) -> None:
    (problem,) = problems_of(
        write_csv({}, {"id": "b", "department": "SENTRALBORD", "phone": "55 97 38 75"})
    )
    assert (problem.line, problem.column) == (3, "department")
    assert "linje 2" in problem.wrong


def test_lines_are_counted_through_line_breaks(write_csv: WriteCsv) -> None:
    path = write_csv({"hours": "en\nto\ntre"}, {"id": "b", "department": "B", "phone": "1"})
    assert places(problems_of(path)) == [(2, "hours"), (5, "phone")]


def test_header(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,trust,hospital,department,kind,telefon,hours,id\n", encoding="utf-8")
    found = {(problem.column, problem.wrong) for problem in problems_of(path)}
    assert ("phone", 'Kolonnen "phone" mangler.') in found
    assert ("telefon", 'Overskriften "telefon" er ukjent.') in found
    assert ("id", 'Kolonnen "id" står to ganger.') in found


def test_columns_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    names = list(reversed(COLUMNS))
    path.write_text(
        ",".join(names) + "\n" + ",".join(GOOD_ROW[name] for name in names) + "\n\n",
        encoding="utf-8",
    )
    (entry,) = read_directory(path, TODAY)
    assert entry.id == "prove-sentralbord"


def test_too_many_cells(tmp_path: Path, write_csv: WriteCsv) -> None:
    path = write_csv({})
    with path.open("a", encoding="utf-8") as file:
        file.write("b,T,H,B, uten anførselstegn,ward,113,,https://x.no,stated,,A\n")
    assert (3, "-") in places(problems_of(path))


@pytest.mark.parametrize("text", ["", "\n\n", ",,,\n"])
def test_empty_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    (problem,) = problems_of(path)
    assert "tom" in problem.wrong


def test_header_alone(write_csv: WriteCsv) -> None:
    (problem,) = problems_of(write_csv())
    assert "ingen numre" in problem.wrong


def test_unclosed_quotation_mark(tmp_path: Path, write_csv: WriteCsv) -> None:
    path = write_csv({})
    with path.open("a", encoding="utf-8") as file:
        file.write('b,"T,H\n')
    assert "anførselstegn" in problems_of(path)[0].todo


def test_missing_file_and_other_types(tmp_path: Path) -> None:
    (missing,) = problems_of(tmp_path / "nei.csv")
    assert "kan ikke åpnes" in missing.wrong
    path = tmp_path / "x.txt"
    path.write_text("hei", encoding="utf-8")
    (other,) = problems_of(path)
    assert ".csv eller .xlsx" in other.todo


def write_xlsx(path: Path, *changes: dict[str, object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(COLUMNS))
    for change in changes:
        row: dict[str, object] = {**GOOD_ROW, **change}
        sheet.append([row[name] for name in COLUMNS])
    book.save(path)
    return path


def test_excel(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {"verified": datetime(2026, 1, 15)},
        {"id": "b", "department": "Nød", "phone": 113, "verified": None},
    )
    first, second = read_directory(path, TODAY)
    assert first.verified == date(2026, 1, 15)
    assert first.hospital == "Prøve sjukehus"
    assert (second.phone, second.verified) == ("113", None)


def test_excel_problems_have_rows(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x.xlsx", {}, {"id": "b", "department": "B", "phone": 55975000})
    (problem,) = problems_of(path)
    assert (problem.line, problem.column) == (3, "phone")
    assert '"55 97 50 00"' in problem.todo


def test_damaged_excel(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 not a book")
    (problem,) = problems_of(path)
    assert "Excel" in problem.wrong
