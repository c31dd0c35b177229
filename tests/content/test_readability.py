"""Texts that are hard to read."""

from __future__ import annotations

import pytest

from videohjelp.content.readability import check_readability, lix
from videohjelp.content.texts import CHANNELS, LANGUAGES, read_responses
from videohjelp.content.yaml_lines import read_content

from .conftest import Project

PATH = "data/responses/conversation.yml"
HARD = (
    "Videokonsultasjonens gjennomføring forutsetter tilfredsstillende kommunikasjonsutstyr samt "
    "tilstrekkelig nettverkskapasitet, hvorfor pasienten oppfordres til forhåndskontroll og "
    "funksjonstesting av tilgjengelig maskinvare."
)


def test_words_for_each_sentence_and_long_words() -> None:
    # 4 words, 2 sentences, no long word: 2. One long word of four: 4 + 25.
    assert lix("Gå inn. Trykk ja.") == (2, 4)
    assert lix("Du kan bruke nettleseren.") == (29, 4)
    assert lix("") == (0, 0)


def test_addresses_numbers_and_places_count_as_nothing() -> None:
    assert lix("Gå til join.nhn.no nå.") == lix("Gå til nå.")
    assert lix("Ring 55 97 65 51 ({hours}) nå.") == lix("Ring nå.")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_official_prose(project: Project, channel: str, language: str) -> None:
    content, _ = read_content(project.root)
    [thanks] = [one for one in read_responses(content) if one.name == "utter_thank"]
    [own] = [one for one in thanks.variations if (one.channel, one.language) == (channel, language)]
    # The text begins after "text: |-", and is a single line.
    rows = (project.root / PATH).read_text(encoding="utf-8").split("\n")
    at = next(n for n in range(own.line - 1, len(rows)) if own.text in rows[n])
    rows[at] = f"      {HARD}"
    (project.root / PATH).write_text("\n".join(rows), encoding="utf-8")
    changed, _ = read_content(project.root)
    [problem] = check_readability(read_responses(changed))
    wrong = str(problem).removesuffix(f"; {problem.todo}")
    begin = f"{PATH}:{own.line}: {own.label} of 'utter_thank' is hard to read (LIX "
    assert wrong.startswith(begin)
    assert wrong.endswith(", at most 50)")
