"""The hospitals the directory knows by name, those without a number included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from videohjelp.directory.entries import DirectoryEntry
from videohjelp.directory.problems import DirectoryError, Problem
from videohjelp.directory.reading import check_cells, is_identifier, split_list
from videohjelp.directory.table import Row, read_rows
from videohjelp.directory.text import folded, slug

COLUMNS = ("id", "name", "trust", "aliases", "places")
_REQUIRED = ("id", "name", "trust")
_PARENTHESIS = re.compile(r"\(([^)]*)\)")


@dataclass(frozen=True)
class Hospital:
    """A hospital or other institution.

    `aliases` name this institution and no other. `places` are towns and trusts people say when
    they mean it; several hospitals may share one, and the first in the file is then the likeliest.
    """

    id: str
    name: str
    trust: str
    aliases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names of this institution alone: "X (Y)" is known as "X" too."""
        without = _PARENTHESIS.sub(" ", self.name).strip()
        return tuple(dict.fromkeys((self.name, without, *self.aliases)))


def read_hospitals(path: Path) -> tuple[Hospital, ...]:
    """Read and check the list of hospitals in `path` (.csv or .xlsx).

    Gives them in the file's order. Raises DirectoryError with all mistakes found.
    """
    rows, problems = read_rows(path, COLUMNS)
    for row in rows:
        problems.extend(_check(row))
    problems.extend(_check_unique(rows))
    if problems:
        raise DirectoryError(path, problems)
    return tuple(
        Hospital(
            id=row.cells["id"],
            name=row.cells["name"],
            trust=row.cells["trust"],
            aliases=split_list(row.cells["aliases"]),
            places=split_list(row.cells["places"]),
        )
        for row in rows
    )


def with_hospitals_of(
    hospitals: Iterable[Hospital], entries: Iterable[DirectoryEntry]
) -> tuple[tuple[Hospital, ...], dict[str, str]]:
    """Add the hospitals that only the entries name, so that a new line needs no second file.

    Gives all hospitals, and the hospital's id by the name written in the entries. The aliases of a
    hospital's switchboard are other names people use for the hospital itself, kept as places
    because a town may be among them.
    """
    known = list(hospitals)
    by_name = {folded(name): hospital.id for hospital in known for name in hospital.names}
    ids = {hospital.id for hospital in known}
    id_of: dict[str, str] = {}
    for entry in entries:
        if not entry.is_department or entry.hospital in id_of:
            continue
        hospital_id = by_name.get(folded(entry.hospital))
        if hospital_id is None:
            added = _from_entry(entry, ids)
            known.append(added)
            ids.add(added.id)
            by_name.update((folded(name), added.id) for name in added.names)
            hospital_id = added.id
        id_of[entry.hospital] = hospital_id
    nicknames: dict[str, list[str]] = {}
    for entry in entries:
        if entry.is_department and entry.is_switchboard:
            nicknames.setdefault(id_of[entry.hospital], []).extend(entry.aliases)
    return tuple(_with_places(one, nicknames.get(one.id, [])) for one in known), id_of


def _from_entry(entry: DirectoryEntry, taken: set[str]) -> Hospital:
    wanted = slug(entry.hospital)
    hospital_id, number = wanted, 2
    while hospital_id in taken:
        hospital_id, number = f"{wanted}-{number}", number + 1
    inside = tuple(text.strip() for text in _PARENTHESIS.findall(entry.hospital))
    # "(SUS)" is a short name, "(felles)" is a remark.
    aliases = tuple(text for text in inside if text.isupper())
    return Hospital(hospital_id, entry.hospital, entry.trust, aliases)


def _with_places(hospital: Hospital, nicknames: list[str]) -> Hospital:
    own = {folded(name) for name in (*hospital.names, *hospital.places)}
    more = tuple(name for name in nicknames if folded(name) not in own)
    places = tuple(dict.fromkeys((*hospital.places, *more)))
    return Hospital(hospital.id, hospital.name, hospital.trust, hospital.aliases, places)


def _check(row: Row) -> Iterator[Problem]:
    yield from check_cells(row, _REQUIRED)
    value = row.cells["id"]
    if value and not is_identifier(value):
        yield Problem(
            row.line,
            "id",
            f'"{value}" kan ikke brukes som id.',
            'Bruk små bokstaver a-z, siffer og bindestrek, for eksempel "voss-sjukehus".',
        )


def _check_unique(rows: list[Row]) -> Iterator[Problem]:
    ids: dict[str, int] = {}
    names: dict[str, int] = {}
    for row in rows:
        value = row.cells["id"]
        if value and value in ids:
            yield Problem(
                row.line,
                "id",
                f'Id-en "{value}" er brukt også i linje {ids[value]}.',
                "Gi en av linjene en annen id.",
            )
        ids.setdefault(value, row.line)
        for column in ("name", "aliases"):
            for name in split_list(row.cells[column]):
                other = names.setdefault(folded(name), row.line)
                if other != row.line:
                    yield Problem(
                        row.line,
                        column,
                        f'Navnet "{name}" er brukt også i linje {other}.',
                        'Et navn kan bare bety ett sykehus; et sted kan stå i kolonnen "places".',
                    )
