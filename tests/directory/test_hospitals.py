"""The list of hospitals known by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from videohjelp.directory.hospitals import Hospital, read_hospitals
from videohjelp.directory.problems import DirectoryError

HEADER = "id,name,trust,aliases,places\n"


def test_reads(tmp_path: Path) -> None:
    path = tmp_path / "hospitals.csv"
    path.write_text(HEADER + "a,A (B),T,AA;AAA,Byen\n", encoding="utf-8")
    (hospital,) = read_hospitals(path)
    assert hospital == Hospital("a", "A (B)", "T", ("AA", "AAA"), ("Byen",))
    assert hospital.names == ("A (B)", "A", "AA", "AAA")


@pytest.mark.parametrize(
    ("rows", "line", "column"),
    [
        ("A b,A,T,,\n", 2, "id"),
        ("a,,T,,\n", 2, "name"),
        ("a,A,T,,\na,B,T,,\n", 3, "id"),
        ("a,Voss sjukehus,T,,\nb,B,T,VOSS SYKEHUS,\n", 3, "aliases"),
    ],
)
def test_problems(tmp_path: Path, rows: str, line: int, column: str) -> None:
    path = tmp_path / "hospitals.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(DirectoryError) as caught:
        read_hospitals(path)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (line, column)
