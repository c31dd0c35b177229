"""Mistakes in the training examples."""

from __future__ import annotations

import pytest

from videohjelp.language.known_examples import same_example

from .conftest import Project

PATH = "data/nlu/after.yml"


def block(*examples: str, intent: str = "recording", variety: str = "bokmaal") -> str:
    rows = "".join(f"    - {example}\n" for example in examples)
    return f"- intent: {intent}\n  metadata:\n    variety: {variety}\n  examples: |\n{rows}"


def test_an_unknown_intent(project: Project) -> None:
    at = project.append(PATH, block("et helt nytt eksempel xyz", intent="recordings"))
    assert project.found() == [f"{PATH}:{at}: the intent 'recordings' is not in domain.yml"]


def test_an_unknown_variety(project: Project) -> None:
    at = project.append(PATH, block("et helt nytt eksempel xyz", variety="bergensk"))
    assert project.found() == [f"{PATH}:{at + 2}: the variety 'bergensk' is not known"]


def test_no_variety(project: Project) -> None:
    new = block("et helt nytt eksempel xyz").replace("  metadata:\n    variety: bokmaal\n", "")
    at = project.append(PATH, new)
    assert project.found() == [f"{PATH}:{at}: the block of examples has no 'metadata'"]


def test_an_unknown_name(project: Project) -> None:
    at = project.append(PATH, block("et helt nytt eksempel xyz") + "  exampels: x\n")
    assert project.found() == [f"{PATH}:{at + 5}: 'exampels' is not known in a block of examples"]


def test_the_same_example_twice(project: Project) -> None:
    at = project.append(PATH, block("et helt nytt eksempel xyz", "Et helt nytt  eksempel, xyz!"))
    assert project.found() == [
        f"{PATH}:{at + 5}: the example 'Et helt nytt  eksempel, xyz!' stands twice under "
        f"'recording', first in {PATH}:{at + 4}"
    ]


def test_the_same_example_under_two_intents(project: Project) -> None:
    at = project.append(
        PATH,
        block("et helt nytt eksempel xyz") + block("Et helt nytt eksempel XYZ?", intent="payment"),
    )
    assert project.found() == [
        f"{PATH}:{at + 9}: the example 'Et helt nytt eksempel XYZ?' stands under 'payment' and "
        f"under 'recording' ({PATH}:{at + 4})"
    ]


@pytest.mark.parametrize("example", ["på [iPad](device) xyz", '[iPad]{"entity": "device"} xyz'])
def test_brackets_that_mark_an_entity(project: Project, example: str) -> None:
    at = project.append(PATH, block(example))
    assert project.found() == [
        f"{PATH}:{at + 4}: the example has square brackets that mark an entity"
    ]


def test_a_line_without_its_hyphen(project: Project) -> None:
    at = project.append(PATH, block("et helt nytt eksempel xyz") + "    og et til\n")
    assert project.found() == [f"{PATH}:{at + 5}: the line 'og et til' is no example"]


def test_examples_as_a_list(project: Project) -> None:
    new = block("et helt nytt eksempel xyz").replace("examples: |", "examples:")
    at = project.append(PATH, new)
    assert project.found() == [f"{PATH}:{at + 4}: the examples are not written as one block"]


def test_an_intent_without_examples(project: Project) -> None:
    at = project.replace("domain.yml", "  - recording\n", "  - recording\n  - parking\n") + 1
    assert f"domain.yml:{at}: the intent 'parking' has no examples" in project.found()


def test_what_counts_as_the_same_example() -> None:
    assert same_example("  Får ikkje LYD, eg!") == same_example("får ikkje lyd eg")
    assert same_example("PIN-kode") == same_example("pin kode")
    assert same_example("pc'en") == "pcen"
    assert same_example("?") != same_example("...")
    assert same_example("bra 👍") != same_example("bra")
