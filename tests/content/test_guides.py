"""Mistakes in the guides, and guides without a rule."""

from __future__ import annotations

from .conftest import Project

PATH = "data/guides/troubleshooting.yml"


def test_a_mistake_in_a_guide(project: Project) -> None:
    at = project.replace(PATH, "kind: questions", "kind: quiz")
    [wrong] = project.found()
    assert wrong.startswith(f"{PATH}:{at}: kind 'quiz' is unknown")


def test_a_guide_without_a_rule(project: Project) -> None:
    rules = "data/rules/troubleshooting.yml"
    old = "      - intent: no_sound\n      - action: action_start_guide\n"
    project.replace(rules, old, old.replace("action_start_guide", "action_stop_flow"))
    at = project.line(PATH, "  no_sound:")
    assert project.found() == [f"{PATH}:{at}: no rule starts the guide 'no_sound'"]


def test_a_rule_without_a_guide(project: Project) -> None:
    rules = "data/rules/after.yml"
    old = "      - intent: payment\n      - action: "
    project.replace(rules, old + "utter_payment", old + "action_start_guide")
    at = project.line(rules, "action_start_guide")
    assert f"{rules}:{at}: the rule for 'payment' starts a guide that does not exist" in (
        project.found()
    )
