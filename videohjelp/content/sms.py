"""Whether the SMS texts can be sent: characters, and how many messages they take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from videohjelp.appointments.wording import Language
from videohjelp.content.problem import Problem
from videohjelp.content.texts import Response, Variation
from videohjelp.content.yaml_lines import line_at
from videohjelp.device_check.intents import OPEN_PAYLOAD
from videohjelp.sms.answers import Option, Said, answer
from videohjelp.sms.gsm7 import PART, foreign_characters, segments
from videohjelp.sms.pages import MOST_SEGMENTS

#: How long what is filled in gets, in characters: the longest value possible, rounded up.
LONGEST = {
    "department": 110,  # data/directory/departments.csv
    "hospital": 55,
    "hours": 60,
    "phone": 11,
    "code": 8,  # "7K9-JK4X"
    "spoken_code": 173,  # seven symbols of up to 23 characters, with commas between them
    "deadline": 40,  # "laurdag 11. september kl. 10.30"
    "appointment": 40,
    "opens": 40,
    "closes": 10,
    "step": 2,
    "steps": 2,
}
_PLACE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


def filled(written: str) -> str:
    """The text with the longest values filled in, and doubled braces made single."""
    with_values = _PLACE.sub(lambda place: "x" * LONGEST.get(place[1], 0), written)
    return with_values.replace("{{", "{").replace("}}", "}")


def check_sms(responses: list[Response]) -> Iterator[Problem]:
    """Gives SMS texts and titles with other characters, SMS texts that are too long, and names in
    braces whose length is not known."""
    for response in responses:
        for variation in response.variations:
            yield from _check_places(response, variation)
            if variation.channel == "sms":
                yield from _check_characters(response, variation)
                yield from _check_length(response, variation)


def _check_places(response: Response, variation: Variation) -> Iterator[Problem]:
    for place in _PLACE.finditer(variation.text):
        if place[1] not in LONGEST and variation.text_node is not None:
            yield Problem(
                response.path,
                line_at(variation.text_node, place.start()),
                f"nothing is filled in for {{{place[1]}}}",
                f"use one of: {', '.join(sorted(LONGEST))}",
            )


def _check_characters(response: Response, variation: Variation) -> Iterator[Problem]:
    for character in foreign_characters(variation.text):
        if variation.text_node is not None:
            yield Problem(
                response.path,
                line_at(variation.text_node, variation.text.index(character)),
                f"the SMS text has the character {character!r}, which is not in the SMS alphabet",
                'write it otherwise; use " for «», - for a long dash, e or o without accents',
            )
    for button in variation.buttons:
        if variation.channel == "sms" and button.payload == OPEN_PAYLOAD:
            yield Problem(
                response.path,
                button.line,
                f"the button '{button.title}' opens the device check, which SMS has not",
                "leave it out of the SMS texts",
            )
        if foreign := foreign_characters(button.title):
            yield Problem(
                response.path,
                button.line,
                f"the title '{button.title}' has {foreign[0]!r}, which is not in the SMS alphabet",
                "write it otherwise",
            )


def _check_length(response: Response, variation: Variation) -> Iterator[Problem]:
    options = tuple(Option(button.title, button.payload) for button in variation.buttons)
    language = cast(Language, variation.language or "nb")
    sent = answer([Said(filled(variation.text), options)], language).pages
    if len(sent) > 1:
        yield Problem(
            response.path,
            variation.line,
            f"{variation.label} of '{response.name}' takes {sum(map(segments, sent))} messages"
            + (", its options included" if options else ""),
            f"shorten it to {MOST_SEGMENTS * PART} characters, {MOST_SEGMENTS} messages; "
            "the options, and https:// before each address, count",
        )
