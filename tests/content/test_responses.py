"""Mistakes in the form of the responses."""

from __future__ import annotations

import re

import pytest

from videohjelp.content.texts import CHANNELS, LANGUAGES, read_responses
from videohjelp.content.yaml_lines import read_content

from .conftest import Project

PATH = "data/responses/during.yml"
CONVERSATION = "data/responses/conversation.yml"
NN = "  - condition: [{type: slot, name: language, value: nn}]\n"


def response_line(project: Project, name: str = "utter_recording") -> int:
    return project.line(PATH, f"  {name}:\n")


def test_a_missing_variation(project: Project) -> None:
    name = "utter_language_en"
    at = project.line(CONVERSATION, f"  {name}:\n")
    text = "    text: |-\n      I will answer in English.\n"
    project.replace(
        CONVERSATION,
        f"  {name}:\n  - text: |-\n      I will answer in English.\n{NN}{text}",
        f"  {name}:\n  - text: |-\n      I will answer in English.\n",
    )
    assert project.found() == [f"{CONVERSATION}:{at}: '{name}' lacks the nynorsk text (web)"]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_variation_is_asked_for(project: Project, channel: str, language: str) -> None:
    content, _ = read_content(project.root)
    [response] = [one for one in read_responses(content) if one.name == "utter_recording"]
    [cut] = [
        one for one in response.variations if (one.channel, one.language) == (channel, language)
    ]
    rows = (project.root / PATH).read_text(encoding="utf-8").split("\n")
    # Until the next variation or the next response.
    end = next(n for n in range(cut.line, len(rows)) if re.match(r"  \S", rows[n]))
    (project.root / PATH).write_text("\n".join(rows[: cut.line - 1] + rows[end:]), "utf-8")
    assert project.found() == [f"{PATH}:{response.line}: 'utter_recording' lacks {cut.label}"]


def test_a_variation_that_stands_twice(project: Project) -> None:
    name = "utter_language_en"
    at = project.line(CONVERSATION, f"  {name}:\n")
    project.replace(
        CONVERSATION,
        f"  {name}:\n",
        f"  {name}:\n  - text: |-\n      I will answer in English.\n",
    )
    assert project.found() == [
        f"{CONVERSATION}:{at + 3}: the bokmål text (web) of '{name}' stands twice, "
        f"first in line {at + 1}"
    ]


def test_an_unknown_channel(project: Project) -> None:
    at = project.replace(PATH, "  - channel: sms\n", "  - channel: email\n")
    wrong = project.found()
    assert f"{PATH}:{at}: the channel 'email' is not known" in wrong
    assert len(wrong) == 2
    assert "lacks the bokmål text (SMS)" in " ".join(wrong)


def test_a_condition_on_something_else(project: Project) -> None:
    at = project.replace(PATH, NN, NN.replace("nn", "se"))
    wrong = project.found()
    assert f"{PATH}:{at}: the condition of this text is not one on the language" in wrong


def test_an_unknown_name(project: Project) -> None:
    at = project.replace(PATH, "    text: |-\n", "    image: x\n    text: |-\n")
    assert project.found() == [f"{PATH}:{at}: 'image' is not known in a response"]


def test_an_empty_text(project: Project) -> None:
    path = "data/responses/conversation.yml"
    at = project.replace(path, "  - text: |-\n      Bare hyggelig.\n", '  - text: ""\n')
    assert project.found() == [f"{path}:{at}: the text is empty"]


def test_a_name_that_is_none(project: Project) -> None:
    at = project.replace(PATH, "  utter_recording:", "  Opptak:")
    assert f"{PATH}:{at}: 'Opptak' cannot be the name of a response" in project.found()


def test_the_same_response_in_two_files(project: Project) -> None:
    other = project.line(PATH, "  utter_recording:")
    block = (project.root / PATH).read_text(encoding="utf-8")
    start = block.index("  utter_recording:")
    end = block.index("\n  utter_", start)
    at = project.append("data/responses/safety.yml", "\n" + block[start:end] + "\n") + 1
    assert project.found() == [
        f"data/responses/safety.yml:{at}: the response 'utter_recording' is in {PATH}:{other} too"
    ]


def test_a_button_to_an_unknown_intent(project: Project) -> None:
    path = "data/responses/conversation.yml"
    old = 'Ja, det virker"\n      payload: /affirm\n'
    at = project.replace(path, old, old.replace("/affirm", "/afirm")) + 1
    wrong = project.found()
    assert f"{path}:{at}: the button sends the intent 'afirm', which is not in domain.yml" in wrong


def test_a_button_without_its_slash(project: Project) -> None:
    path = "data/responses/conversation.yml"
    old = 'Ja, det virker"\n      payload: /affirm\n'
    at = project.replace(path, old, old.replace("/affirm", "affirm")) + 1
    assert f"{path}:{at}: the button sends 'affirm', which is no intent" in project.found()


def test_a_button_with_single_braces(project: Project) -> None:
    path = "data/responses/conversation.yml"
    at = project.replace(path, '{{"device": "iphone"}}', '{"device": "iphone"}')
    wrong = f"""{path}:{at}: the values '{{"device": "iphone"}}' of the button cannot be read"""
    assert wrong in project.found()


def test_a_button_with_an_unknown_entity(project: Project) -> None:
    path = "data/responses/conversation.yml"
    at = project.replace(path, '{{"device": "iphone"}}', '{{"devise": "iphone"}}')
    wrong = f"{path}:{at}: the button sends the entity 'devise', which is not in domain.yml"
    assert wrong in project.found()
