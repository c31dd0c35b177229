"""The directory's data: every number as it was found, none added."""

from __future__ import annotations

from pathlib import Path

from videohjelp.directory import command
from videohjelp.directory.search import Directory

from .conftest import DATA

#: The numbers found, by the address of the page each was found on, as written there.
FOUND = {
    "55 97 50 00": "https://helse-bergen.no/en/coronavirus",
    "55 97 38 75": "https://www.helse-bergen.no/avdelinger/yrkesmedisinsk-avdeling/",
    "55 97 22 00": "https://www.helse-bergen.no/avdelinger/kvinneklinikken/",
    "55 97 42 00": "https://www.helse-bergen.no/en/avdelinger/kvinneklinikken/",
    "55 56 87 55": "https://www.helse-bergen.no/avdelinger/ortopedisk-klinikk/",
    "51 51 92 09": "https://helse-stavanger.no/en/avdelinger/kvinne-og-barneklinikken/",
    "51 51 94 80": "https://helse-stavanger.no/en/avdelinger/kvinne-og-barneklinikken/",
    "51 51 94 81": "https://helse-stavanger.no/en/avdelinger/kvinne-og-barneklinikken/",
    "52 73 90 00": "https://helse-fonna.no/koronavirus",
    "52 73 46 50": "https://helse-fonna.no/mine-timar",
    "53 46 64 00": "https://helse-fonna.no/besokstider",
    "480 32 638": "https://helse-forde.no/behandlinger/pakkeforlop-for-kreft",
    "959 87 274": "https://helse-forde.no/behandlinger/pakkeforlop-for-kreft",
    "959 87 275": "https://helse-forde.no/behandlinger/pakkeforlop-for-kreft",
    "57 86 43 30": "https://helse-forde.no/behandlinger/tvungen-psykisk-helsehjelp",
    "55 61 82 00": "https://solli.no/",
    "56 15 10 00": "https://olaviken.no/",
    "56 51 40 00": "https://www.bjorkeli.no/er-du-pasient",
    "52 80 50 00": "https://hsr.as/",
    "57 73 71 00": "https://www.rkhr.no/welcome/",
    "57 73 71 11": "https://www.rkhr.no/welcome/",
    "55 97 65 51": "https://www.revmatismesykehuset.no/behandlinger/videokonsultasjon",
    "23 32 70 00": "https://www.helsenorge.no/om-tjenestene/profil/",
    "113": "https://www.helsenorge.no/nn/forstehjelp/ring-113/",
    "116 117": "https://www.helse-bergen.no/avdelinger/mottaksklinikken/",
    "116 123": "https://www.vindafjord.kommune.no/",
    "22 59 13 00": "https://www.helsenorge.no/giftinformasjon/om/",
    "53 00 55 10": "https://www.bergen.kommune.no/",
}


def test_exactly_the_numbers_found(directory: Directory) -> None:
    assert sorted(entry.phone for entry in directory.entries) == sorted(FOUND)
    for entry in directory.entries:
        assert entry.source_url.startswith(FOUND[entry.phone]), entry.id


def test_old_and_unclear_pages_are_not_verified(directory: Directory) -> None:
    for entry in directory.entries:
        assert entry.needs_check == (entry.confidence in {"stated_old", "stated_ambiguous"})


def test_the_file_passes_its_own_check() -> None:
    assert command.check(DATA / "departments.csv") == command.OK


def test_every_department_belongs_to_a_listed_hospital(directory: Directory) -> None:
    listed = (DATA / "hospitals.csv").read_text(encoding="utf-8").splitlines()
    assert len(directory.hospitals) == len(listed) - 1  # none had to be added


def test_national_numbers_by_topic(directory: Directory) -> None:
    assert [one.phone for one in directory.services("emergency")] == ["113"]
    assert [one.phone for one in directory.services("urgent_care")] == ["116 117"]
    assert [one.phone for one in directory.services("tech_support")] == ["55 97 65 51"]
    assert directory.services("crisis_line")[0].phone == "116 123"


def test_no_line_breaks_for_windows() -> None:
    for name in ("departments.csv", "hospitals.csv"):
        assert b"\r" not in Path(DATA / name).read_bytes()
