from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluation import made_up
from videohjelp.evaluation.comparable import Example
from videohjelp.evaluation.public_data import (
    PublicDataError,
    PublicDataMissing,
    read_messages,
    read_public_data,
)

HEADING = "intent\tdialect\ttext\n"


def test_the_three_files_are_read(tmp_path: Path) -> None:
    data = read_public_data(made_up.write_public_data(tmp_path))
    assert data.valid[0] == Example("blir det regn i Florø i morgen", "weather/find", "B")
    assert {one.variety for one in data.valid} == {"B", "V"}
    assert data.massive[0].variety == "B"
    assert len(data.massive) == len(made_up.train())


def test_quotes_and_carriage_returns_are_no_trap(tmp_path: Path) -> None:
    path = tmp_path / "file.tsv"
    path.write_bytes('intent\tdialect\ttext\r\na\tV\tspill "Øye\r\nb\t\tja"\r\n'.encode())
    assert read_messages(path) == (Example('spill "Øye', "a", "V"), Example('ja"', "b", "B"))


@pytest.mark.parametrize(
    ("content", "place", "advice"),
    [
        ("intent,dialect,text\na,B,hei\n", "line 1", "with tabs between them"),
        ("", "line 1", "the columns must be called intent, dialect, text"),
        (HEADING + "a\tB\thei\n" + "a\thei\n", "line 3", "put exactly 2 tabs"),
        (HEADING + "a\tB\thei\tdu\n", "line 2", "has 4 columns instead of 3"),
        (
            HEADING + "\n\tB\thei\n",
            "line 3",
            "the intent is empty; fill it in or take the line out",
        ),
        (HEADING + "a\tB\t \n", "line 2", "the text is empty"),
        (HEADING, "file.tsv", "has no messages after line 1"),
    ],
)
def test_a_broken_file_is_told_with_its_line(
    tmp_path: Path, content: str, place: str, advice: str
) -> None:
    path = tmp_path / "file.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PublicDataError) as told:
        read_messages(path)
    assert str(path) in str(told.value)
    assert place in str(told.value)
    assert advice in str(told.value)


def test_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file.tsv"
    path.write_bytes(HEADING.encode() + "a\tB\tvær\n".encode("latin-1"))
    with pytest.raises(PublicDataError, match="save it as UTF-8"):
        read_messages(path)


def test_a_missing_folder_says_where_the_data_can_be_had(tmp_path: Path) -> None:
    with pytest.raises(PublicDataMissing) as told:
        read_public_data(tmp_path / "not there")
    text = str(told.value)
    assert str(tmp_path / "not there" / "massive_nb.tsv") in text
    assert "https://github.com/mainlp/xsid" in text
    assert "https://github.com/alexa/massive" in text
    assert "CC BY-SA 4.0" in text
    assert "make nlu-benchmark DATA=<folder>" in text


def test_only_what_is_missing_is_named(tmp_path: Path) -> None:
    (made_up.write_public_data(tmp_path) / "massive_nb.tsv").unlink()
    with pytest.raises(PublicDataMissing) as told:
        read_public_data(tmp_path)
    first = str(told.value).splitlines()[0]
    assert "massive_nb.tsv" in first
    assert "xsid_no_test.tsv" not in first
