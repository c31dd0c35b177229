"""Reads the public Norwegian messages that pipelines are compared on. They are not kept here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from videohjelp.evaluation.comparable import Example

COLUMNS = ("intent", "dialect", "text")
#: How NoMusic marks bokmål; MASSIVE, which is bokmål, leaves the column empty.
BOKMAAL = "B"
VALID, TEST, MASSIVE = "xsid_no_valid.tsv", "xsid_no_test.tsv", "massive_nb.tsv"
WHERE = f"""\
The benchmark needs a folder with three tab-separated files, columns {", ".join(COLUMNS)}:

  {VALID}  {TEST}
      NoMusic: the Norwegian sentences of xSID 0.7, CC BY-SA 4.0, from
      https://github.com/mainlp/xsid (data/xSID-0.7) or https://github.com/ltgoslo/NoMusic.
      dialect: B (bokmål), V (west), T (Trøndelag) or N (north)
  {MASSIVE}
      the Norwegian part of MASSIVE with xSID's intents, CC BY 4.0, from
      https://github.com/ltgoslo, made of https://github.com/alexa/massive. dialect: empty

In the files of xSID, each sentence has its text, intent and dialect in the lines that begin with #.
Then: make nlu-benchmark DATA=<folder>"""


class PublicDataError(ValueError):
    """A file is not as it must be. The text says file, line and what to do."""


class PublicDataMissing(FileNotFoundError):  # noqa: N818 - not a fault: nobody has to have it
    """The files are not there. The text says where they can be had."""


@dataclass(frozen=True)
class PublicData:
    """NoMusic's validation and test set, and MASSIVE's Norwegian part."""

    valid: tuple[Example, ...]
    test: tuple[Example, ...]
    massive: tuple[Example, ...]


def read_public_data(folder: Path) -> PublicData:
    """The three files of the folder. Raises PublicDataMissing and PublicDataError."""
    paths = [folder / name for name in (VALID, TEST, MASSIVE)]
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        raise PublicDataMissing(f"Nothing was measured: no {', no '.join(missing)}.\n\n{WHERE}")
    return PublicData(*map(read_messages, paths))


def read_messages(path: Path) -> tuple[Example, ...]:
    """The messages of a file, in its order. Raises PublicDataError with file and line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise PublicDataError(f"{path}: is not UTF-8 ({error}); save it as UTF-8") from error
    if tuple(lines[0].rstrip("\r").split("\t")) != COLUMNS:
        raise PublicDataError(
            f"{path}, line 1: the columns must be called {', '.join(COLUMNS)}, with tabs between "
            f"them; it says {lines[0]!r}"
        )
    messages = tuple(
        _message(f"{path}, line {number}", line.rstrip("\r").split("\t"))
        for number, line in enumerate(lines[1:], start=2)
        if line.strip()
    )
    if not messages:
        raise PublicDataError(f"{path}: has no messages after line 1; fetch it again")
    return messages


def _message(place: str, fields: list[str]) -> Example:
    if len(fields) != len(COLUMNS):
        raise PublicDataError(
            f"{place}: has {len(fields)} columns instead of {len(COLUMNS)}; put exactly "
            f"{len(COLUMNS) - 1} tabs between {', '.join(COLUMNS)}"
        )
    intent, dialect, text = (field.strip() for field in fields)
    if not intent or not text:
        raise PublicDataError(
            f"{place}: the {'text' if intent else 'intent'} is empty; fill it in or take the "
            "line out"
        )
    return Example(text, intent, dialect or BOKMAAL)
