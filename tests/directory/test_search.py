"""Finding a number, and above all: not giving a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videohjelp.directory.entries import NATIONAL_SERVICE_KINDS, DirectoryEntry
from videohjelp.directory.reading import read_directory
from videohjelp.directory.search import Directory

from .conftest import DATA

KK_HAUKELAND = {"55 97 42 00", "55 97 22 00"}
KK_SUS = {"51 51 92 09", "51 51 94 80", "51 51 94 81"}


def phones(directory: Directory, text: str, hospital_id: str | None = None) -> list[str]:
    return [entry.phone for entry in directory.find(text, hospital_id).matches]


@pytest.mark.parametrize(
    "text",
    [
        "kva er nummeret til kvinneklinikken på haukeland?",
        "Kvinneklinikken Haukeland",
        "haukeland kvinneklinikk",
        "KVINNEKLINIKKA PÅ HAUKELAND UNIVERSITETSSYKEHUS",
        "kvinne klinikken haukeland sjukehus",
        "kvinneklinken haukeland",
        "kvinnneklinikkn på haukelan",
        "nr til kk på hus",
        "hei, eg har time på kvinneklinikken på haukeland i morgon og lurer på kva nummeret er "
        "fordi eg har feber og bussen står",
        "Jeg bor på Voss og skal til kvinneklinikken på Haukeland",
        "what is the phone number of the women's clinic at Haukeland",
        "kvinneklinikken i helse bergen",
        "haukelandsjukehus kvinneklinikken",
    ],
)
def test_womens_clinic_at_haukeland(directory: Directory, text: str) -> None:
    answer = directory.find(text)
    assert {entry.phone for entry in answer.matches} == KK_HAUKELAND
    assert answer.matches[0].kind == "reception"
    assert answer.hospital is not None
    assert answer.hospital.id == "haukeland"
    assert answer.switchboard is not None
    assert answer.switchboard.phone == "55 97 50 00"
    assert not answer.certain  # two numbers: the patient chooses


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("resepsjonen på kvinneklinikken på haukeland", "55 97 42 00"),
        ("kvinneklinikken haukeland innleggingstelefon", "55 97 22 00"),
        ("fødeavdelinga på Haukeland", "55 97 22 00"),
        ("fødeavdelinga på kvinneklinikken, Haukeland", "55 97 22 00"),
        ("arbeidsmedisinsk poliklinikk haukeland", "55 97 38 75"),
        ("yrkesmedisinsk avdeling HUS", "55 97 38 75"),
        ("arbeidsmedisnsk haukeland", "55 97 38 75"),
        ("sentralbordet på haukeland sykehus", "55 97 50 00"),
        ("hovednummer haukeland", "55 97 50 00"),
        ("skadepoliklinikken på bergen helsehus", "55 56 87 55"),
        ("diagnostisk pakkeforløp helse førde", "959 87 275"),
        ("forløpskoordinator kreft bryst helse førde", "480 32 638"),
        ("behandlingshjelpemidler i helse fonna", "52 73 46 50"),
        ("Nordfjord psykiatrisenter", "57 86 43 30"),
        ("Solli DPS", "55 61 82 00"),
        ("resepsjonen på Solli", "55 61 82 00"),
        ("olaviken", "56 15 10 00"),
        ("voss dps", "56 51 40 00"),
        ("bjørkeli", "56 51 40 00"),
        ("Valen sykehus", "53 46 64 00"),
        ("HSR", "52 80 50 00"),
        ("revmatismesykehuset i Haugesund", "52 80 50 00"),
        ("vakthavende sykepleier på haugland", "57 73 71 11"),
        ("resepsjonen røde kors haugland", "57 73 71 00"),
    ],
)
def test_one_clear_match(directory: Directory, text: str, phone: str) -> None:
    answer = directory.find(text)
    assert [entry.phone for entry in answer.matches] == [phone]
    assert answer.certain


@pytest.mark.parametrize(
    "text",
    [
        "SUS", "sus kvinneklinikken", "kvinneklinikken i Stavanger", "KK på SUS",
        "kvinneklinikken ved Stavanger universitetssykehus", "kvinneklinikka stavanger sjukehus",
    ],
)  # fmt: skip
def test_stavanger(directory: Directory, text: str) -> None:
    answer = directory.find(text)
    assert {entry.phone for entry in answer.matches} == KK_SUS
    assert answer.hospital is not None
    assert answer.hospital.id == "sus"
    assert not answer.certain


def test_hospital_alone_gives_its_numbers_switchboard_first(directory: Directory) -> None:
    for text in ("Haukeland", "eg har time på HUS i morgon", "Bergen", "sjukehuset i Bergen"):
        answer = directory.find(text)
        assert answer.hospital is not None
        assert answer.hospital.id == "haukeland"
        assert answer.matches[0].phone == "55 97 50 00"
        assert {entry.hospital for entry in answer.matches} == {"Haukeland universitetssjukehus"}
        assert not answer.certain


@pytest.mark.parametrize(
    "name",
    ["Voss sjukehus", "sykehuset på Voss", "Stord", "Stord sjukehus", "Odda", "odda sykehus",
     "Lærdal", "laerdal sjukehus", "Førde sentralsjukehus", "Haugesund sjukehus", "Haraldsplass",
     "Nordfjord sjukehus", "Sandviken", "Kysthospitalet", "Betanien", "Kronstad DPS",
     "Haugaland DPS", "Stavanger DPS", "Indre Sogn psykiatrisenter", "Florø sjukehus", "Ullevål",
     "Rikshospitalet", "Volda sjukehus", "Ålesund", "St. Olavs", "sykehuset i Kristiansand",
     "Moss", "Levanger", "Halden"],
)  # fmt: skip
@pytest.mark.parametrize(
    "asked",
    ["{}", "kvinneklinikken {}", "nummeret til kvinneklinikken på {}", "sentralbord {}",
     "arbeidsmedisinsk poliklinikk ved {}", "kva er telefonnummeret til {}?", "{} resepsjon"],
)  # fmt: skip
def test_no_number_for_a_hospital_without(directory: Directory, name: str, asked: str) -> None:
    answer = directory.find(asked.format(name))
    assert answer.matches == ()
    assert answer.switchboard is None
    assert not answer.certain


def test_hospitals_without_a_number_are_recognised(directory: Directory) -> None:
    for text, hospital_id in (
        ("Voss sjukehus", "voss-sjukehus"),
        ("ortopedisk i Førde", "forde-sentralsjukehus"),
        ("har time på stord", "stord-sjukehus"),
        ("LERDAL", "laerdal-sjukehus"),
        ("haraldsplas", "haraldsplass"),
    ):
        hospital = directory.find(text).hospital
        assert hospital is not None
        assert hospital.id == hospital_id


@pytest.mark.parametrize(
    "department",
    ["ortopedisk", "ortopedisk poliklinikk", "hudavdelinga", "øyeavdelingen", "augeavdelinga",
     "øre-nese-hals", "nevrologisk", "nevrologisk avdeling", "barneklinikken", "barneavdelingen",
     "barnepoliklinikken", "hjerteavdelingen", "hjartepoliklinikken", "lungeavdelinga",
     "lungemedisinsk", "nyremedisinsk", "medisinsk poliklinikk", "medisinsk avdeling",
     "kirurgisk", "kirurgisk poliklinikk", "urologisk", "onkologisk", "kreftavdelingen",
     "kreftpoliklinikken", "stråleterapi", "blodbanken", "røntgen", "radiologisk", "MR",
     "revmatologisk", "reumapoliklinikken", "gastro", "fordøyelse", "infeksjon", "søvnsenteret",
     "smertepoliklinikken", "smerteklinikken", "psykiatrisk", "BUP", "DPS", "rusavdelingen",
     "geriatrisk", "habilitering", "rehabilitering", "fysikalsk medisin", "hudpoliklinikken",
     "tannklinikken", "kjeveklinikken", "plastikkirurgisk", "diabetespoliklinikken",
     "endokrinologisk", "gynekologisk", "barselavdelingen", "nyfødt", "sengepost 3",
     "akuttmottaket", "dagkirurgi", "intensiv", "lab", "laboratoriet",
     "legevakta", "apoteket", "ernæring"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["", " haukeland", " på SUS", " i Bergen", " i Helse Førde"])
def test_no_number_for_a_department_without(
    directory: Directory, department: str, place: str
) -> None:
    assert directory.find(department + place).matches == ()


def test_which_clinic_is_not_guessed(directory: Directory) -> None:
    for text in ("poliklinikken på haukeland", "resepsjonen på Haukeland", "avdelinga på HUS"):
        answer = directory.find(text)
        assert answer.matches == ()
        assert answer.switchboard is not None
        assert answer.switchboard.phone == "55 97 50 00"


def test_a_department_that_is_missing_still_gives_the_switchboard(directory: Directory) -> None:
    answer = directory.find("ortopedisk poliklinikk på Haukeland")
    assert answer.matches == ()
    assert answer.switchboard is not None
    assert answer.switchboard.phone == "55 97 50 00"


def test_switchboard_is_not_guessed_from_a_shared_town(directory: Directory) -> None:
    assert directory.find("legevakta i Bergen").switchboard is None


def test_department_without_a_hospital_is_never_certain(directory: Directory) -> None:
    assert set(phones(directory, "kvinneklinikken")) == KK_HAUKELAND | KK_SUS
    assert not directory.find("arbeidsmedisinsk poliklinikk").certain
    assert directory.find("skadepoliklinikken").hospital is None


def test_department_without_a_hospital_and_an_unknown_word(directory: Directory) -> None:
    for text in ("kvinneklinikken ullevål", "kvinneklinikken på Ahus", "min venn kvinneklinikken"):
        assert phones(directory, text) == []


def test_the_conversations_hospital(directory: Directory) -> None:
    assert set(phones(directory, "kvinneklinikken", "haukeland")) == KK_HAUKELAND
    assert set(phones(directory, "kvinneklinikken", "sus")) == KK_SUS
    assert phones(directory, "kvinneklinikken", "voss-sjukehus") == []
    assert phones(directory, "sentralbordet", "haukeland") == ["55 97 50 00"]
    assert phones(directory, "kvinneklinikken på Ullevål", "haukeland") == []
    assert phones(directory, "kvinneklinikken", "no-such-hospital") == []
    # A town with several hospitals, one of which has been named before.
    answer = directory.find("resepsjonen på kvinneklinikken i Bergen", "haukeland")
    assert answer.certain


def test_the_message_goes_before_the_conversations_hospital(directory: Directory) -> None:
    assert set(phones(directory, "kvinneklinikken på SUS", "haukeland")) == KK_SUS
    assert phones(directory, "kvinneklinikken på Stord", "haukeland") == []


def test_two_hospitals_named(directory: Directory) -> None:
    answer = directory.find("kvinneklinikken på haukeland eller sus")
    assert {entry.phone for entry in answer.matches} <= KK_HAUKELAND | KK_SUS
    assert answer.hospital is None
    assert not answer.certain
    assert directory.find("haukeland eller sus").matches == ()


def test_a_hospital_in_another_town_needs_a_question(directory: Directory) -> None:
    answer = directory.find("resepsjonen kvinneklinikken haukeland i stavanger")
    assert not answer.certain
    assert {entry.phone for entry in answer.matches} <= KK_HAUKELAND


def test_haukeland_is_not_haugland(directory: Directory) -> None:
    assert directory.find("Haukland").matches[0].phone == "55 97 50 00"
    assert directory.find("Haugland").matches[0].phone == "57 73 71 00"
    assert directory.find("Hauland").matches == ()


def test_a_house_is_not_a_hospital_where_one_is_named(directory: Directory) -> None:
    # "hus" is Haukeland's short name and an ordinary word.
    assert set(phones(directory, "eg er i mitt hus, kvinneklinikken på SUS")) == KK_SUS
    assert set(phones(directory, "kk på hus")) == KK_HAUKELAND


def test_a_first_name_is_not_a_town(directory: Directory) -> None:
    assert directory.find("legen min heter Frode").hospital is None
    assert directory.find("lege Berge").hospital is None


def test_national_services_are_not_offered(directory: Directory) -> None:
    for text in ("113", "legevakt", "Mental Helse", "Giftinformasjonen", "helsenorge", "IKT",
                 "hjelpetelefonen", "kundesenteret i Helse Vest IKT", "ambulanse",
                 "Bergen kommune", "psykisk helse i Bergen"):  # fmt: skip
        assert directory.find(text).matches == (), text


def test_limit(directory: Directory) -> None:
    assert len(directory.find("kvinneklinikken", limit=2).matches) == 2
    assert len(directory.find("kvinneklinikken", limit=50).matches) == 5


def test_recognises_hospitals_from_the_entries_alone() -> None:
    alone = Directory(read_directory(DATA / "departments.csv"))
    for text in ("haukeland universitetssykehus", "HUS", "Bergen"):
        assert alone.find(text).matches[0].phone == "55 97 50 00", text
    assert {one.phone for one in alone.find("kvinneklinikken på SUS").matches} == KK_SUS


def test_new_department_is_one_line() -> None:
    entry = DirectoryEntry(
        "x", "T", "Nytt sjukehus", "Hudavdelinga", "department", "55 97 50 00", "",
        "https://x.no", "stated", None, ("hudpoliklinikk",),
    )  # fmt: skip
    found = Directory([entry]).find("hudpoliklinikken på nytt sykehus")
    assert found.matches == (entry,)
    assert found.certain


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "12345", "kva er nummeret?", "sentralbord", "på", "🙂", "æøå", "a" * 5000],
)
def test_nothing_asked(directory: Directory, text: str) -> None:
    answer = directory.find(text)
    assert answer.matches == ()
    assert answer.hospital is None


def test_a_long_story_is_never_certain(directory: Directory) -> None:
    text = "sentralbordet på haukeland " + "og så gikk jeg " * 60
    assert not directory.find(text).certain


WORDS = st.sampled_from(
    [
        "kvinneklinikken",
        "haukeland",
        "sus",
        "voss",
        "stord",
        "sjukehus",
        "sykehuset",
        "bergen",
        "førde",
        "helse",
        "fonna",
        "dps",
        "solli",
        "på",
        "i",
        "nummeret",
        "kreft",
        "resepsjon",
        "sentralbord",
        "poliklinikk",
        "ullevål",
        "ortopedisk",
        "haugland",
        "odda",
    ]
)


@given(st.lists(WORDS, max_size=8).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_what_always_holds(directory: Directory, text: str) -> None:
    answer = directory.find(text)
    assert len(answer.matches) <= 5
    assert len(set(answer.matches)) == len(answer.matches)
    assert not any(entry.kind in NATIONAL_SERVICE_KINDS for entry in answer.matches)
    if answer.certain:
        assert len(answer.matches) == 1
        assert answer.hospital is not None
    if answer.hospital is not None:
        own = directory.numbers_of(answer.hospital.id)
        assert set(answer.matches) <= set(own)
        assert answer.switchboard is None or answer.switchboard in own


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_taken(directory: Directory, text: str) -> None:
    directory.find(text)
