"""What breaks the assistant turns its story tests red, and the report names the place.

Each mutation is made to the loaded assistant and undone; only the forked processes run with it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.assistant import Assistant
from tests.stories_runner.samples import one_case, sentences
from videohjelp.server.nlg import ResponsesWithLanguage
from videohjelp.settings import ROOT
from videohjelp.stories.coverage import coverage
from videohjelp.stories.results import CaseResult
from videohjelp.stories.workers import run_cases

CAMERA = one_case(
    "- user: kameraet virker ikke\n  intent: camera_not_working\n"
    "- action: action_start_guide\n- press: Nei"
)
IKT = one_case("- user: hva er nummeret til brukerstøtte\n- contains: 55 97 65 51")
Patch = pytest.MonkeyPatch
Run = Callable[[Any], CaseResult]


@pytest.fixture
def run(assistant: Assistant) -> Run:
    """Runs one case in a process of its own."""
    return lambda case: next(run_cases([case], assistant.agent, 1))


def problems(result: CaseResult) -> list[str]:
    """All that went wrong, as sentences."""
    return [one for turn in result.turns for one in sentences(turn.problems)]


def component(assistant: Assistant, name: str) -> Any:
    """A part of the loaded pipeline, by the name of its class."""
    nodes = assistant.agent.processor.graph_runner._instantiated_nodes
    return next(
        node._component for node in nodes.values() if type(node._component).__name__ == name
    )


@pytest.mark.parametrize("case", [CAMERA, IKT], ids=["camera", "ikt"])
def test_without_a_mutation_all_is_well(run: Run, case: Any) -> None:
    assert problems(run(case)) == []


def test_a_deleted_rule(run: Run, assistant: Assistant, monkeypatch: Patch) -> None:
    policy = component(assistant, "IndexedRulePolicy")
    kept = {
        key: action
        for key, action in policy.lookup["rules"].items()
        if '"intent": "camera_not_working"' not in key
    }
    assert len(kept) < len(policy.lookup["rules"])
    monkeypatch.setitem(policy.lookup, "rules", kept)
    result = run(CAMERA)
    assert not result.passed
    assert any("Ventet handlingen «action_start_guide»" in said for said in problems(result))
    missed = [thing for thing in coverage(ROOT, [result]).missed() if thing.part == "rule"]
    (rule,) = [thing for thing in missed if thing.name == "camera_not_working"]
    assert rule.path == "data/rules/troubleshooting.yml"
    written = (ROOT / rule.path).read_text(encoding="utf-8").splitlines()[rule.line - 1]
    assert "camera_not_working" in written


def test_a_changed_phone_number(run: Run, assistant: Assistant, monkeypatch: Patch) -> None:
    agent: Any = assistant.agent
    changed = copy.deepcopy(agent.domain.responses)
    for variations in changed.values():
        for variation in variations:
            variation["text"] = str(variation.get("text")).replace("55 97 65 51", "55 97 65 52")
    monkeypatch.setattr(agent, "nlg", ResponsesWithLanguage(changed))
    monkeypatch.setattr(agent.processor, "nlg", agent.nlg)
    result = run(IKT)
    assert problems(result) == ["Ventet «55 97 65 51» i svaret, men det står der ikke"]
    assert "55 97 65 52" in result.turns[0].heard.text


def test_a_broken_action(run: Run, assistant: Assistant, monkeypatch: Patch) -> None:
    async def broken(*_: Any) -> Any:
        raise KeyError("guide")

    actions = assistant.agent.action_endpoint._executor.actions
    monkeypatch.setitem(actions, "action_start_guide", broken)
    said = problems(run(CAMERA))[0]
    line = broken.__code__.co_firstlineno + 1
    here = f"tests/stories_runner/test_mutations.py:{line}"
    assert said == f"«action_start_guide» feilet i {here}: KeyError: 'guide'"


def test_two_intents_with_exchanged_examples(run: Run, assistant: Assistant) -> None:
    """To the classifier a class is a number: exchanged examples are exchanged names."""
    with exchanged(assistant, "camera_not_working", "no_sound"):
        said = problems(run(CAMERA))[0]
    assert "Ventet meningen «camera_not_working», men meldingen ble forstått som «no_sound»" in said


@contextmanager
def exchanged(assistant: Assistant, one: str, other: str) -> Iterator[None]:
    """The two intents in place of each other, also where a text is known word for word."""
    classifier = component(assistant, "NgramIntentClassifier")
    labels = classifier._cascade.quick.labels
    names = {one: other, other: one}

    def exchange() -> None:
        labels[:] = [names.get(label, label) for label in labels]
        for known in (classifier._known.intents, classifier._titles.intents):
            known.update({text: names[name] for text, name in known.items() if name in names})

    exchange()
    try:
        yield
    finally:
        exchange()
