"""Texts of one response that do not state the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from videohjelp.content.same_facts import addresses, check_same_facts, quoted
from videohjelp.content.texts import CHANNELS, LANGUAGES, Variation, read_responses
from videohjelp.content.yaml_lines import Content, read_content

from .conftest import Project

SAFETY = "data/responses/safety.yml"
SERVICE = "data/responses/service.yml"


def variation_line(project: Project, path: str, text_line: int) -> int:
    """The line on which the variation with the text in `text_line` begins."""
    rows = (project.root / path).read_text(encoding="utf-8").split("\n")
    return next(n for n in range(text_line, 0, -1) if rows[n - 1].startswith("  - "))


def test_another_clock_time_in_nynorsk(project: Project) -> None:
    text_line = project.replace(
        SERVICE, "måndag til fredag kl. 08.00–15.30", "måndag kl. 09.00–15.30"
    )
    at = variation_line(project, SERVICE, text_line)
    what = "the nynorsk text (web) of 'utter_cancellation_message'"
    assert project.found() == [
        f"{SERVICE}:{at}: {what} has the number '0900', the bokmål text (web) has not",
        f"{SERVICE}:{at}: {what} lacks the number '0800' of the bokmål text (web)",
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SERVICE, "måndag til fredag kl. 08.00–15.30", "måndag til fredag kl. 08.30–15.00"),
        ("data/responses/connect.yml", "55 97 65 51", "55 97 51 65"),
    ],
)
def test_the_same_digits_as_other_numbers(project: Project, path: str, old: str, new: str) -> None:
    project.replace(path, old, new)
    wrong = compared_in(project)
    assert any(" has the number '" in one for one in wrong)
    assert any(" lacks the number '" in one for one in wrong)


def test_one_number_given_for_another(project: Project) -> None:
    path = "data/responses/before.yml"
    old = "Er det fare for liv, ring 113. Kan det ikkje vente, ring legevakta på 116 117."
    new = "Er det fare for liv, ring 116 117. Kan det ikkje vente, ring legevakta på 113."
    at = variation_line(project, path, project.replace(path, old, new))
    assert project.found() == [
        f"{path}:{at}: the nynorsk text (web) of 'utter_condition_worsened' has the numbers in "
        "another order (116117, 113, 0800, 1530) than the bokmål text (web) "
        "(113, 116117, 0800, 1530)"
    ]


@pytest.mark.parametrize("where", [(one, other) for one in CHANNELS for other in LANGUAGES])
@pytest.mark.parametrize(
    ("fact", "facts", "what"),
    [("join.nhn.no", addresses, "the address"), ("Tillat", quoted, "the quoted name")],
)
def test_each_text_is_compared(
    project: Project,
    where: tuple[str, str],
    fact: str,
    facts: Callable[[Variation], set[str]],
    what: str,
) -> None:
    content, _ = read_content(project.root)
    response = next(
        one
        for one in read_responses(content)
        if all(fact in facts(variation) for variation in one.variations)
    )
    own = next(one for one in response.variations if (one.channel, one.language) == where)
    file = project.root / response.path
    rows = file.read_text(encoding="utf-8").split("\n")
    at = next(n for n in range(own.line, len(rows)) if fact in rows[n])
    rows[at] = rows[at].replace(fact, f"{fact}t" if fact == "Tillat" else "join.nhm.no")
    file.write_text("\n".join(rows), encoding="utf-8")
    told = [one for one in compared_in(project) if f"{what} '{fact}'" in one]
    # The bokmål text for the web is what the others are compared with: each Norwegian one differs.
    assert len(told) >= 3 if where == ("web", "nb") else len(told) == 1


def compared_in(project: Project) -> list[str]:
    content, _ = read_content(project.root)
    return [str(one) for one in check_same_facts(project.root, read_responses(content))]


def test_a_placeholder_that_is_missing(project: Project) -> None:
    text_line = project.replace(SERVICE, "send ei melding før {deadline}", "send ei melding no")
    at = variation_line(project, SERVICE, text_line)
    assert project.found() == [
        f"{SERVICE}:{at}: the nynorsk text (web) of 'utter_cancellation_message' lacks the part in "
        "braces 'deadline' of the bokmål text (web)"
    ]


def test_a_button_that_leads_elsewhere(project: Project) -> None:
    old = 'Find the number"\n      payload: /department_phone'
    project.replace(SERVICE, old, old.replace("department_phone", "opening_hours"))
    wrong = project.found()
    # The SMS text repeats the buttons of the web text.
    assert len(wrong) == 4
    assert all("the button that sends" in one for one in wrong)


TEXTS = {
    "the address 'join.nhn.no'": ("Gå til join.nhn.no.", "Gå til sida."),
    "the quoted name 'Delta'": ("Trykk på «Delta».", "Trykk på «Join»."),
}


@pytest.mark.parametrize(("fact", "texts"), TEXTS.items(), ids=list(TEXTS))
def test_a_fact_that_is_missing_in_nynorsk(fact: str, texts: tuple[str, str]) -> None:
    found = compared(nb=texts[0], nn=texts[1])
    assert any(f"the nynorsk text (web) of 'utter_x' lacks {fact}" in one for one in found)


def test_the_numbers_of_a_list_are_no_facts() -> None:
    assert compared(nb="1. Gå inn.\n2. Trykk.", nn="Gå inn. Trykk.") == []


def test_english_may_explain_a_name_and_keeps_it() -> None:
    assert compared(nb="Trykk på «Tillat».", en="Press «Tillat» («Allow»).") == []
    assert len(compared(nb="Trykk på «Tillat».", en="Press «Allow».")) == 1


def test_what_the_patient_writes_is_in_their_language() -> None:
    assert compared(nb="Skriv «vet ikke».", en="Write «I do not know».") == []


def compared(**by_language: str) -> list[str]:
    variations = [
        {"text": text}
        | (
            {}
            if language == "nb"
            else {"condition": [{"type": "slot", "name": "language", "value": language}]}
        )
        for language, text in by_language.items()
    ]
    written = yaml.safe_dump({"responses": {"utter_x": variations}}, allow_unicode=True)
    node = yaml.compose(written, Loader=yaml.SafeLoader)
    assert node is not None
    content = Content(Path("/nowhere"), {"data/responses/x.yml": node})
    return [str(one) for one in check_same_facts(Path("/nowhere"), read_responses(content))]


def test_a_quotation_that_is_in_the_sms_only(project: Project) -> None:
    text_line = project.replace(SERVICE, 'skriver du "vet ikke"', 'skriver du "aner ikke"')
    at = variation_line(project, SERVICE, text_line)
    what = "the bokmål text (SMS) of 'utter_ask_cancellation_form_appointment_time'"
    assert project.found() == [
        f"{SERVICE}:{at}: {what} has the quoted words 'aner ikke', the bokmål text (web) has not",
        f"{SERVICE}:{at}: {what} lacks the quoted words 'vet ikke' of the bokmål text (web)",
    ]
