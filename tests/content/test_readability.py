"""Texts that are hard to read."""

from __future__ import annotations

from videohjelp.content.readability import lix

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


def test_official_prose(project: Project) -> None:
    old = "  - text: |-\n      Bare hyggelig.\n"
    at = project.replace(PATH, old, old.replace("Bare hyggelig.", HARD))
    [wrong] = project.found()
    assert wrong.startswith(f"{PATH}:{at}: the bokmål text (web) of 'utter_thank' is hard to read")
