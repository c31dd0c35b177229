"""Mistakes in the rules."""

from __future__ import annotations

import pytest

from .conftest import Project

PATH = "data/rules/safety.yml"
RULE = '\n  - rule: "a new one"\n    steps:\n      - intent: payment\n      - {step}\n'


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("action: action_nothing", "the action 'action_nothing' is not in domain.yml"),
        ("intent: nothing", "the intent 'nothing' is not in domain.yml"),
        ("active_loop: some_form", "the form 'some_form' is not in domain.yml"),
        ("slot_was_set: [{colour: red}]", "the slot 'colour' is not in domain.yml"),
        ("acton: action_listen", "'acton' is not known in a step"),
    ],
)
def test_a_step_that_is_wrong(project: Project, step: str, wrong: str) -> None:
    at = project.append(PATH, RULE.format(step=step)) + 4
    assert project.found() == [f"{PATH}:{at}: {wrong}"]


def test_what_rasa_brings_itself_is_known(project: Project) -> None:
    project.append(PATH, RULE.format(step="action: action_listen"))
    assert project.found() == []


def test_an_intent_without_a_rule(project: Project) -> None:
    at = project.line("domain.yml", "  - medical_question\n")
    project.replace(PATH, "      - intent: medical_question\n", "      - intent: nlu_fallback\n")
    assert project.found() == [f"domain.yml:{at}: the intent 'medical_question' has no rule"]


def test_two_rules_of_one_name(project: Project) -> None:
    first = project.line(PATH, 'rule: "medical_emergency"')
    new = RULE.format(step="action: action_listen").replace("a new one", "medical_emergency")
    at = project.append(PATH, new) + 1
    assert project.found() == [
        f"{PATH}:{at}: the rule 'medical_emergency' stands twice, first in {PATH}:{first}"
    ]
