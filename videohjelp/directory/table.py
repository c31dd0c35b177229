"""Read a CSV or Excel file as rows of text, with the line each row stands on."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from videohjelp.directory.problems import DirectoryError, Problem

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
WHOLE_FILE = "-"

_BYTE_ORDER_MARKS_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS_UTF8 = 'Lagre på nytt i Excel med "Lagre som" og filtypen "CSV UTF-8 (kommadelt)".'


@dataclass(frozen=True)
class Row:
    """The cells of one line by column name; a missing cell is an empty text."""

    line: int
    cells: dict[str, str]


def read_rows(path: Path, columns: Sequence[str]) -> tuple[list[Row], list[Problem]]:
    """Read the rows of `path` (.csv or .xlsx), which must have exactly `columns`, in any order.

    Empty rows are left out; cells are trimmed and hard spaces made ordinary. Gives the rows and
    the mistakes of form in them. Raises DirectoryError when the file cannot be read at all.
    """
    data = _read_bytes(path)
    suffix = path.suffix.casefold()
    if suffix == ".csv":
        raw = _csv_rows(path, data)
    elif suffix == ".xlsx":
        raw = _excel_rows(path, data)
    else:
        raise _whole_file(
            path, f'Filtypen "{path.suffix}" kan ikke leses.', "Bruk .csv eller .xlsx."
        )
    filled = [(line, cells) for line, cells in raw if any(cells)]
    if not filled:
        raise _whole_file(path, "Filen er tom.", f"Legg inn overskriftene {', '.join(columns)}.")
    if len(filled) > MAX_ROWS:
        raise _whole_file(
            path, f"Filen har over {MAX_ROWS} linjer.", "Kontroller at det er rett fil."
        )
    header_line, header = filled[0]
    names = [name.casefold() for name in header]
    header_problems = _check_header(header_line, names, columns)
    if header_problems:
        raise DirectoryError(path, header_problems)
    return _by_name(filled[1:], names)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _whole_file(path, "Filen er over 5 MB.", "Kontroller at det er rett fil.")
        return path.read_bytes()
    except OSError as error:
        raise _whole_file(
            path,
            f"Filen kan ikke åpnes ({error.strerror}).",
            "Kontroller filnavnet og at du har tilgang.",
        ) from error


def _csv_rows(path: Path, data: bytes) -> list[tuple[int, list[str]]]:
    if data.startswith(_BYTE_ORDER_MARKS_UTF16):
        raise _whole_file(path, "Filen er lagret som UTF-16.", _SAVE_AS_UTF8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DirectoryError(
            path,
            [
                Problem(
                    line,
                    WHOLE_FILE,
                    "Filen er ikke lagret som UTF-8 (trolig Latin-1/Windows-1252), så æ, ø og å "
                    "kan ikke leses.",
                    _SAVE_AS_UTF8,
                )
            ],
        ) from error
    skipped = 0
    if text.casefold().startswith("sep="):
        # Excel writes this line itself when the separator is not the country's own.
        _, _, text = text.partition("\n")
        skipped = 1
    header = text.lstrip("\r\n").partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            rows.append((start + skipped, [_clean(cell) for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        raise DirectoryError(
            path,
            [
                Problem(
                    start + skipped,
                    WHOLE_FILE,
                    "Linjen kan ikke deles i kolonner.",
                    'Se etter et anførselstegn (") som mangler eller er til overs.',
                )
            ],
        ) from error
    return rows


def _excel_rows(path: Path, data: bytes) -> list[tuple[int, list[str]]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = []
        for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            if line > MAX_ROWS:
                break
            rows.append((line, [_cell_text(value) for value in values]))
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        IndexError,
        ValueError,
        SyntaxError,  # what the XML parser raises for a damaged sheet
    ) as error:
        raise _whole_file(
            path,
            "Filen kan ikke leses som et Excel-ark.",
            "Åpne den i Excel og lagre på nytt som .xlsx.",
        ) from error
    return rows


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _clean(str(value))


def _clean(cell: str) -> str:
    return cell.replace("\u00a0", " ").replace("\u202f", " ").strip()


def _check_header(line: int, names: list[str], columns: Sequence[str]) -> list[Problem]:
    missing = [name for name in columns if name not in names]
    problems = [
        Problem(line, name, f'Kolonnen "{name}" mangler.', f'Legg til overskriften "{name}".')
        for name in missing
    ]
    seen: set[str] = set()
    for name in names:
        if name and name not in columns:
            known = ", ".join(columns)
            problems.append(
                Problem(
                    line,
                    name,
                    f'Overskriften "{name}" er ukjent.',
                    f"Rett skrivemåten eller slett kolonnen; de som brukes er {known}.",
                )
            )
        elif name in seen:
            problems.append(
                Problem(line, name, f'Kolonnen "{name}" står to ganger.', "Slett den ene.")
            )
        if name:
            seen.add(name)
    return problems


def _by_name(
    lines: list[tuple[int, list[str]]], names: list[str]
) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, cells in lines:
        extra = [cell for _, cell in _beyond(cells, names) if cell]
        if extra:
            problems.append(
                Problem(
                    line,
                    WHOLE_FILE,
                    f'Linjen har flere celler enn overskrifter ("{extra[0]}").',
                    'Sett anførselstegn (") rundt celler som har skilletegnet i seg.',
                )
            )
        padded = cells + [""] * (len(names) - len(cells))
        by_name = {name: cell for name, cell in zip(names, padded, strict=False) if name}
        rows.append(Row(line, by_name))
    return rows, problems


def _beyond(cells: list[str], names: list[str]) -> Iterator[tuple[int, str]]:
    for index, cell in enumerate(cells):
        if index >= len(names) or not names[index]:
            yield index, cell


def _whole_file(path: Path, wrong: str, todo: str) -> DirectoryError:
    return DirectoryError(path, [Problem(0, WHOLE_FILE, wrong, todo)])
