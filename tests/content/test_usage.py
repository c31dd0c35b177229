"""Responses that are said and do not exist, or exist and are never said."""

from __future__ import annotations

from videohjelp.content.usage import Use

from .conftest import Project

MISSING = "the response 'utter_nothing' does not exist"
SIX = """\
  {name}:
  - text: Hei
  - condition: [{{type: slot, name: language, value: nn}}]
    text: Hei
  - condition: [{{type: slot, name: language, value: en}}]
    text: Hello
  - channel: sms
    text: Hei
  - channel: sms
    condition: [{{type: slot, name: language, value: nn}}]
    text: Hei
  - channel: sms
    condition: [{{type: slot, name: language, value: en}}]
    text: Hello
"""


def test_a_rule_says_what_does_not_exist(project: Project) -> None:
    path = "data/rules/safety.yml"
    old = "      - action: action_leave_flow"
    at = project.replace(path, old, f"      - action: utter_nothing\n{old}")
    assert project.found() == [f"{path}:{at}: {MISSING}"]


def test_a_guide_says_what_does_not_exist(project: Project) -> None:
    path = "data/guides/troubleshooting.yml"
    at = project.replace(path, "why: utter_why_wireless", "why: utter_nothing")
    assert project.found() == [f"{path}:{at}: {MISSING}"]


def test_the_answer_of_a_guide_says_what_does_not_exist(project: Project) -> None:
    path = "data/guides/troubleshooting.yml"
    at = project.replace(path, "{say: utter_use_letter_contact,", "{say: utter_nothing,")
    assert project.found() == [f"{path}:{at}: {MISSING}"]


def test_an_action_says_what_does_not_exist(project: Project) -> None:
    at = project.append("actions/state.py", '\n\nNOTHING = "utter_nothing"\n') + 2
    assert project.found() == [f"actions/state.py:{at}: {MISSING}"]


def test_an_action_says_a_name_whose_beginning_does_not_exist(project: Project) -> None:
    at = project.append("actions/state.py", '\n\nNOTHING = f"utter_zebra_{1}"\n') + 2
    assert project.found() == [f"actions/state.py:{at}: no response begins with 'utter_zebra_'"]


def test_a_response_nobody_says(project: Project) -> None:
    path = "data/responses/during.yml"
    at = project.append(path, "\n" + SIX.format(name="utter_nothing")) + 1
    assert project.found() == [f"{path}:{at}: the response 'utter_nothing' is never said"]


def test_a_response_said_by_its_beginning(project: Project) -> None:
    project.append("data/responses/during.yml", "\n" + SIX.format(name="utter_zebra_new"))
    project.append("actions/state.py", '\n\nNOTHING = f"utter_zebra_{1}"\n')
    assert project.found() == []


def test_the_less_particular_question_of_a_form_is_never_said(project: Project) -> None:
    path = "data/responses/during.yml"
    at = project.append(path, "\n" + SIX.format(name="utter_ask_department_place")) + 1
    assert project.found() == [
        f"{path}:{at}: the response 'utter_ask_department_place' is never said"
    ]


def test_a_form_without_a_question(project: Project) -> None:
    form = project.line("domain.yml", "  department_form:")
    project.replace("domain.yml", "      - department_place", "      - department_place\n      - x")
    assert project.found() == [
        f"domain.yml:{form}: the form 'department_form' has no question for 'x'"
    ]


def test_a_beginning_fits_every_name_with_it() -> None:
    use = Use("utter_language_", "actions/x.py", 1, prefix=True)
    assert use.fits("utter_language_nn")
    assert not use.fits("utter_menu")
    assert not Use("utter_menu", "actions/x.py", 1).fits("utter_menu_2")
