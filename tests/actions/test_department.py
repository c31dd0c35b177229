"""A department's number: said when it is certain, else offered, else where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from actions import services
from actions.department import ActionDepartmentPhone, ValidateDepartmentForm
from tests.actions.case import (
    Outcome,
    buttons,
    create_tracker,
    ends_form,
    run_action,
    said,
    served,
    slots_set,
    values,
)
from tests.actions.samples import CAMERA, DELAYED, in_guide
from videohjelp.directory.entries import NATIONAL_SERVICE_KINDS, DirectoryEntry
from videohjelp.directory.hospitals import Hospital
from videohjelp.directory.problems import DirectoryError, Problem
from videohjelp.directory.search import Directory

PLACE = "department_place"
SEEN = date(2026, 11, 22)


def entry(id_: str, hospital: str, department: str, phone: str, **more: Any) -> DirectoryEntry:
    """A line of a directory; the numbers are made up."""
    fields: dict[str, Any] = {
        "trust": "Helse Bergen",
        "kind": "outpatient_clinic",
        "hours": "",
        "source_url": "https://example.org",
        "confidence": "stated",
        "verified": SEEN,
    } | more
    return DirectoryEntry(id=id_, hospital=hospital, department=department, phone=phone, **fields)


HAUKELAND, VALEN, KRONSTAD = "Haukeland universitetssjukehus", "Valen sjukehus", "Kronstad DPS"
HUD = entry("hud", HAUKELAND, "Hudavdelinga", "55 00 00 01", hours="Måndag-fredag 08.00-15.00")
CLINICS = [
    entry(f"kk-{number}", HAUKELAND, f"Kvinneklinikken - post {number}", f"55 00 00 1{number}")
    for number in range(1, 8)
]
SWITCHBOARD = entry(
    "haukeland", HAUKELAND, "Sentralbord", "55 00 00 00", kind="switchboard", verified=None
)
VALEN_CONTACT = entry("valen", VALEN, "Kontakt oss", "53 00 00 00", kind="switchboard")
EMERGENCY = entry(
    "amk-113", "AMK", "Medisinsk nødtelefon", "113", kind="emergency", aliases=("113", "ambulanse")
)
DIRECTORY = Directory(
    [SWITCHBOARD, HUD, *CLINICS, VALEN_CONTACT, EMERGENCY],
    [
        Hospital("haukeland", HAUKELAND, "Helse Bergen", ("Haukeland", "HUS")),
        Hospital("valen", VALEN, "Helse Fonna", ("Valen",)),
        Hospital("kronstad", KRONSTAD, "Helse Bergen", ("Kronstad",)),
    ],
)


@pytest.fixture(autouse=True)
def _directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "directory", lambda: DIRECTORY)


async def phone(text: str, entities: dict[str, str] | None = None, **slots: Any) -> Outcome:
    tracker = create_tracker(text, "inform_place", entities=entities, slots=slots)
    return await run_action(ActionDepartmentPhone(), tracker)


async def answered(
    text: str, intent: str, confidence: float = 0.95, requested: str | None = PLACE
) -> Outcome:
    """What the form takes from a message."""
    tracker = create_tracker(text, intent, confidence, form="department_form", requested=requested)
    return await run_action(ValidateDepartmentForm(), tracker)


# --- the number ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Hva er nummeret til hudavdelingen på Haukeland?",
        "Kva er nummeret til hudavdelinga på Haukeland",
        "ka e nummeret te hudavdelingå på Haukeland",
        "hudavdelinga HUS",
    ],
)
async def test_one_clear_match_is_said_with_all_that_is_known(text: str) -> None:
    outcome = await phone(text)
    assert said(outcome) == ["utter_department_phone_found"]
    assert values(outcome, "utter_department_phone_found") == {
        "department": "Hudavdelinga",
        "hospital": HAUKELAND,
        "phone": "55 00 00 01",
        "hours": " (Måndag-fredag 08.00-15.00)",
    }
    kept = slots_set(outcome)
    assert kept.pop("known_department"), "the number is said again when it is needed"
    assert kept == {PLACE: None}, "nothing of what the patient wrote is kept"


async def test_a_word_that_is_not_understood_makes_the_number_a_choice() -> None:
    """Any such word may be the name of another department."""
    outcome = await phone("ka e nommeret te hudavdelingå på Haukeland")
    assert said(outcome) == ["utter_department_phone_choose"]
    assert list(buttons(outcome)) == [f"Hudavdelinga ({HAUKELAND})"]


@pytest.mark.parametrize(
    "text",
    ["Kva nummer har avdelinga på Haukeland?", "hvilket nummer har avdelingen på Haukeland"],
)
async def test_a_department_without_a_name_is_not_one_that_sounds_alike(text: str) -> None:
    """ "Har avdelinga" is not "Hudavdelinga": that would be a wrong number."""
    assert "utter_department_phone_found" not in said(await phone(text))


async def test_a_number_nobody_has_verified_is_said_as_such() -> None:
    outcome = await phone("sentralbordet på Haukeland")
    assert said(outcome) == ["utter_department_phone_unverified"]
    assert values(outcome, "utter_department_phone_unverified") == {
        "department": "Sentralbord",
        "hospital": HAUKELAND,
        "phone": "55 00 00 00",
        "hours": "",
    }


async def test_several_matches_are_at_most_five_buttons_without_a_number() -> None:
    outcome = await phone("kvinneklinikken på Haukeland")
    assert said(outcome) == ["utter_department_phone_choose"]
    assert values(outcome, "utter_department_phone_choose") == {}
    offered = buttons(outcome)
    assert len(offered) == 5
    known = {one.id: one for one in CLINICS}
    for title, payload in offered.items():
        chosen = next(one for one in known.values() if f'"{one.id}"' in payload)
        assert payload == f'/inform_place{{"department": "{chosen.id}"}}'
        assert title == f"{chosen.department} ({HAUKELAND})"


async def test_a_chosen_button_gives_its_number() -> None:
    outcome = await phone('/inform_place{"department": "kk-2"}', {"department": "kk-2"})
    assert said(outcome) == ["utter_department_phone_found"]
    assert values(outcome, "utter_department_phone_found")["phone"] == "55 00 00 12"


async def test_only_the_switchboard_is_known() -> None:
    outcome = await phone("nevrologisk avdeling på Haukeland")
    assert said(outcome) == ["utter_department_phone_switchboard_unverified"]
    assert values(outcome, "utter_department_phone_switchboard_unverified") == {
        "hospital": HAUKELAND,
        "phone": "55 00 00 00",
    }


async def test_only_a_verified_switchboard_is_known() -> None:
    outcome = await phone("røntgenavdelinga på Valen sjukehus")
    assert said(outcome) == ["utter_department_phone_switchboard"]
    assert values(outcome, "utter_department_phone_switchboard")["phone"] == "53 00 00 00"


@pytest.mark.parametrize(
    "text",
    ["Kronstad DPS", "Ullevål", "hudavdelinga på Ullevål", "veit ikkje", "banan", "", "???"],
)
async def test_an_unknown_place_gets_no_number(text: str) -> None:
    outcome = await phone(text)
    assert said(outcome) == ["utter_department_phone_unknown"]
    assert values(outcome, "utter_department_phone_unknown") == {}


async def test_a_word_hardly_taken_for_a_place_is_not_understood() -> None:
    tracker = create_tracker("kmera", "inform_place", 0.36, ranking=("camera_not_working",))
    assert said(await run_action(ActionDepartmentPhone(), tracker)) == ["utter_did_you_mean"]


async def test_an_answer_ends_the_misunderstandings() -> None:
    assert slots_set(await phone("Valen", misunderstood=1))["misunderstood"] == 0


@pytest.mark.usefixtures("sample_guides")
async def test_the_guide_goes_on_after_the_number() -> None:
    outcome = await phone("hudavdelinga på Haukeland", **in_guide(CAMERA, "allow"))
    assert said(outcome) == [
        "utter_department_phone_found",
        "utter_back_to_guide",
        "utter_sample_allow",
        "utter_ask_helped",
    ]


@pytest.mark.usefixtures("sample_guides")
async def test_the_guide_waits_while_the_patient_chooses() -> None:
    outcome = await phone("kvinneklinikken på Haukeland", **in_guide(CAMERA, "allow"))
    assert said(outcome) == ["utter_department_phone_choose"]
    assert "guide" not in slots_set(outcome)


@pytest.mark.usefixtures("sample_guides")
@pytest.mark.parametrize("text", ["hudavdelinga på Haukeland", "Voss"])
async def test_the_offer_that_led_here_is_not_made_again(text: str) -> None:
    outcome = await phone(text, **in_guide(DELAYED, "offer"))
    assert "utter_back_to_guide" not in said(outcome)
    assert slots_set(outcome)["guide"] is None


# --- national services --------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["113", "ambulanse", "medisinsk nødtelefon", "AMK"])
async def test_emergency_is_never_found_as_a_department(text: str) -> None:
    outcome = await phone(text)
    assert said(outcome) == ["utter_department_phone_unknown"]


async def test_no_national_service_of_the_data_is_given_as_a_department() -> None:
    """Not even to a button that somebody made: 113 and the like have topics of their own."""
    real = services._directory_file().directory
    national = [one for one in real.entries if one.kind in NATIONAL_SERVICE_KINDS]
    assert {"113", "116 117", "116 123"} <= {one.phone for one in national}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(services, "directory", lambda: real)
        for one in national:
            payload = f'/inform_place{{"department": "{one.id}"}}'
            outcome = await phone(payload, {"department": one.id})
            assert said(outcome) == ["utter_department_phone_unknown"], one.id


@pytest.mark.parametrize("id_", ["gone-since-yesterday", "", "'; drop table --"])
async def test_a_button_of_a_department_that_is_gone(id_: str) -> None:
    outcome = await phone(f'/inform_place{{"department": "{id_}"}}', {"department": id_})
    assert said(outcome) == ["utter_department_phone_unknown"]


# --- the form -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("på Haukeland", "inform_place"),
        ("det e hudavdelingå på Haukeland", "nlu_fallback"),
        ("nei, Valen", "deny"),
        ("Kronstad", "inform_place"),
    ],
)
async def test_a_place_ends_the_form_and_its_name_is_not_kept(text: str, intent: str) -> None:
    assert slots_set(await answered(text, intent)) == {PLACE: "given"}


async def test_the_first_message_may_name_the_place() -> None:
    outcome = await answered("nummeret til Haukeland?", "department_phone", requested=None)
    assert slots_set(outcome) == {PLACE: "given"}


async def test_the_first_message_may_name_none() -> None:
    outcome = await answered("Kan eg få eit telefonnummer?", "department_phone", requested=None)
    assert outcome.events == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("vet ikke", "dont_know"),
        ("eg hugsar ikkje kva det heiter", "dont_know"),
        ("nei", "deny"),
        ("banan", "nlu_fallback"),
        ("Ullevål", "inform_place"),
    ],
)
async def test_an_answer_without_a_known_place_ends_the_form_too(text: str, intent: str) -> None:
    assert slots_set(await answered(text, intent)) == {PLACE: "unknown"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("kva kostar det på Haukeland?", "payment"),
        ("takk", "thank"),
        ("han puster ikke", "medical_emergency"),
        ("ja", "affirm"),
    ],
)
async def test_another_question_gives_nothing_so_that_the_form_lets_it_through(
    text: str, intent: str
) -> None:
    assert (await answered(text, intent)).events == []


async def test_an_unsure_intent_is_taken_as_an_answer() -> None:
    assert slots_set(await answered("haukeland", "payment", 0.3)) == {PLACE: "given"}


async def test_a_second_topic_is_answered_before_the_question() -> None:
    tracker = create_tracker(
        "Kva nummer har avdelinga? Og kva kostar det?", "department_phone", second="payment"
    )
    outcome = await run_action(ValidateDepartmentForm(), tracker)
    assert said(outcome) == ["utter_payment", "utter_second_topic"]


# --- when the directory fails -------------------------------------------------------------------


NAMED = {"hospital": "haukeland"}


@pytest.fixture
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> NoReturn:
        problem = Problem(3, "phone", "Nummeret har sju siffer.", "Rett det.")
        raise DirectoryError(Path("departments.csv"), [problem])

    monkeypatch.setattr(services, "directory", fail)


@pytest.mark.usefixtures("_broken")
@pytest.mark.parametrize("action", ["validate_department_form", "action_department_phone"])
async def test_a_broken_directory_gives_the_apology_and_ends_the_form(action: str) -> None:
    tracker = create_tracker(
        "Haukeland", "inform_place", entities=NAMED, form="department_form", requested=PLACE
    )
    outcome = await served(action, tracker)
    assert said(outcome) == ["utter_action_failed"]
    assert ends_form(outcome)
    assert not any("phone" in message for message in outcome.messages)


@pytest.mark.usefixtures("_broken")
async def test_after_a_broken_directory_the_place_is_asked_for_again() -> None:
    """Else the next question for a number is taken as answered, with no place at all."""
    tracker = create_tracker("Haukeland", "inform_place", entities=NAMED, slots={PLACE: "given"})
    outcome = await served("action_department_phone", tracker)
    assert slots_set(outcome).get(PLACE, "kept") is None
