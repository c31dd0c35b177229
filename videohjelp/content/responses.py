"""The form of the responses: six texts each, known names, buttons that lead somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import yaml

from videohjelp.content.domain import Domain
from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required
from videohjelp.content.texts import CHANNELS, FOLDER, LANGUAGES, Button, Response, Variation
from videohjelp.content.yaml_lines import Content, line

_NAME = re.compile(r"utter_[a-z0-9_]*[a-z0-9]")
_PAYLOAD = re.compile(r"/([a-z0-9_]+)(\{.*\})?")


def check_responses(
    content: Content, responses: list[Response], domain: Domain
) -> Iterator[Problem]:
    """Gives the mistakes in the form of data/responses."""
    for path, document in content.below(FOLDER):
        yield from check_names(path, document, ("version", "responses"), "a file of responses")
    first: dict[str, Response] = {}
    for response in responses:
        earlier = first.setdefault(response.name, response)
        # Twice in one file is found when the file is read.
        if earlier.path != response.path:
            yield Problem(
                response.path,
                response.line,
                f"the response '{response.name}' is in {earlier.path}:{earlier.line} too",
                "remove one of the two",
            )
        yield from _check_response(response, domain)


def _check_response(response: Response, domain: Domain) -> Iterator[Problem]:
    if not _NAME.fullmatch(response.name):
        yield Problem(
            response.path,
            response.line,
            f"'{response.name}' cannot be the name of a response",
            "begin it with utter_ and use small letters a-z, digits and _",
        )
    found: dict[tuple[str, str], int] = {}
    for variation in response.variations:
        yield from _check_variation(response.path, variation, domain)
        if not variation.language or variation.channel not in CHANNELS:
            continue
        key = (variation.channel, variation.language)
        if key in found:
            yield Problem(
                response.path,
                variation.line,
                f"{variation.label} of '{response.name}' stands twice, first in line {found[key]}",
                "remove one of the two",
            )
        found.setdefault(key, variation.line)
    for channel in CHANNELS:
        for language in LANGUAGES:
            if (channel, language) not in found:
                missing = Variation(channel, language, "", 0, response.node, None)
                yield Problem(
                    response.path,
                    response.line,
                    f"'{response.name}' lacks {missing.label}",
                    "add it; every response has bokmål, nynorsk and English for web and for SMS",
                )


def _check_variation(path: str, variation: Variation, domain: Domain) -> Iterator[Problem]:
    known = ("text", "condition", "channel", "buttons")
    yield from check_names(path, variation.node, known, "a response")
    if variation.channel not in CHANNELS:
        yield Problem(
            path,
            variation.line,
            f"the channel '{variation.channel}' is not known",
            "write channel: sms, or leave it out for the web",
        )
    if not variation.language:
        yield Problem(
            path,
            variation.line,
            "the condition of this text is not one on the language",
            "write condition: [{type: slot, name: language, value: nn}], or value: en",
        )
    if not variation.text.strip():
        yield Problem(path, variation.line, "the text is empty", "write what is to be said")
    for button in variation.buttons:
        yield from _check_button(path, button, domain)


def _check_button(path: str, button: Button, domain: Domain) -> Iterator[Problem]:
    yield from check_names(path, button.node, ("title", "payload"), "a button")
    yield from check_required(path, button.node, ("title", "payload"), "the button")
    if not button.payload or not isinstance(button.node, yaml.MappingNode):
        return
    at = max(line(value) for _, value in button.node.value)
    match = _PAYLOAD.fullmatch(button.payload)
    if match is None:
        yield Problem(
            path,
            at,
            f"the button sends '{button.payload}', which is no intent",
            "write / and the name of an intent",
        )
        return
    if match[1] not in domain.intents:
        yield Problem(
            path,
            at,
            f"the button sends the intent '{match[1]}', which is not in domain.yml",
            "use the name of an intent that is",
        )
    if match[2]:
        yield from _check_values(path, at, match[2], domain)


def _check_values(path: str, at: int, written: str, domain: Domain) -> Iterator[Problem]:
    # Doubled braces: single ones are places to fill in (response templates).
    try:
        values = json.loads(written.replace("{{", "{").replace("}}", "}"))
    except ValueError:
        values = None
    if not isinstance(values, dict) or not written.startswith("{{"):
        yield Problem(
            path,
            at,
            f"the values '{written}' of the button cannot be read",
            'write them like {{"device": "iphone"}}',
        )
        return
    for name in values:
        if name not in domain.entities:
            yield Problem(
                path,
                at,
                f"the button sends the entity '{name}', which is not in domain.yml",
                "use the name of an entity that is",
            )
