"""Whether the SMS texts can be sent: characters, and how many messages they take.

GSM 03.38 (3GPP TS 23.038): a message has 160 characters of the basic set, or 153 when the text
takes several; those of the extension table count two and cannot be split between messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from videohjelp.content.problem import Problem
from videohjelp.content.texts import Response, Variation
from videohjelp.content.yaml_lines import line_at

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
SINGLE = 160
PART = 153
MOST_SEGMENTS = 3

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


def foreign_characters(written: str) -> list[str]:
    """The characters of a text that are not in the SMS alphabet, in order, each once."""
    return [one for one in dict.fromkeys(written) if one not in BASIC and one not in EXTENDED]


def septets(written: str) -> int:
    """The length of a text in an SMS, where the characters of the extension table count two."""
    return sum(2 if character in EXTENDED else 1 for character in written)


def segments(written: str) -> int:
    """How many messages a text takes (at least 1)."""
    if septets(written) <= SINGLE:
        return 1
    count, used = 1, 0
    for character in written:
        length = 2 if character in EXTENDED else 1
        if used + length > PART:
            count, used = count + 1, 0
        used += length
    return count


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
        if foreign := foreign_characters(button.title):
            yield Problem(
                response.path,
                button.line,
                f"the title '{button.title}' has {foreign[0]!r}, which is not in the SMS alphabet",
                "write it otherwise",
            )


def _check_length(response: Response, variation: Variation) -> Iterator[Problem]:
    written = filled(variation.text)
    count = segments(written)
    if count > MOST_SEGMENTS:
        too_many = septets(written) - MOST_SEGMENTS * PART
        yield Problem(
            response.path,
            variation.line,
            f"{variation.label} of '{response.name}' takes {count} messages",
            f"shorten it by {max(too_many, 1)} characters, to {MOST_SEGMENTS} messages at most",
        )
