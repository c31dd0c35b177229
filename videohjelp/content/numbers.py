"""Which numbers the assistant may state: data/numbers.yml and the hospital's directory.

A wrong phone number is the worst the assistant can say, so no text states one that is not listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required
from videohjelp.content.texts import Response
from videohjelp.content.yaml_lines import Content, fields, is_text, items, line, line_at, scalars

PATH = "data/numbers.yml"
#: Folders and files whose every value is searched for numbers; of responses, texts and titles.
SEARCHED = ("data/channels", "data/guides")
TOPICS = "data/topics.yml"
_FIELDS = ("number", "what", "source")
_PARTS = ("phones", "codes")

_NOT_NUMBERS = re.compile(
    r"""(?x)
      \{\w+\}                                                  # filled in later
    | (?<![\d.:]) (?:[01]?\d|2[0-3]) [.:] [0-5]\d (?![.:]?\d)   # a clock time: 08.00
    | (?<!\d) (?:19|20)\d\d (?![ \u00a0]?\d)                     # a year
    | (?<!\d) \d{1,3} [ \u00a0] (?:år|years?)\b                  # an age
    """
)
_SPACED = re.compile(r"\+?\d+(?:[ \u00a0\u202f]\d+)*")
#: Digits kept together by other signs: 55.97.65.51, 55-97-65-51, (55) 97 65 51.
_PUNCTUATED = re.compile(r"\+?\d(?:[ \u00a0\u202f.\-–/()]{0,2}\d){5,}")
_SHORTEST = 3


@dataclass(frozen=True)
class Numbers:
    """The digits, without spaces, of every number that may be stated."""

    digits: frozenset[str]

    def unknown_in(self, written: str) -> Iterator[tuple[int, str]]:
        """The numbers of a text that may not be stated, each with its place in the text.

        Clock times, years, ages and groups of one or two digits are not looked at.
        """
        bare = _NOT_NUMBERS.sub(lambda found: "x" * len(found[0]), written)
        reported: list[tuple[int, int]] = []
        for pattern in (_PUNCTUATED, _SPACED):
            for found in pattern.finditer(bare):
                if any(start <= found.start() < end for start, end in reported):
                    continue
                if not self._known(re.findall(r"\d+", found[0]), found[0].startswith("+47")):
                    reported.append(found.span())
                    yield found.start(), found[0]

    def _known(self, groups: list[str], with_country: bool) -> bool:
        if with_country:
            groups = [groups[0].removeprefix("47"), *groups[1:]]
        if len("".join(groups)) < _SHORTEST:
            return True
        # "116 117 116 123": several known numbers with nothing but a space between them.
        reachable = {0}
        for start in range(len(groups)):
            if start in reachable:
                reachable.update(
                    end
                    for end in range(start + 1, len(groups) + 1)
                    if "".join(groups[start:end]) in self.digits
                )
        return len(groups) in reachable


def read_numbers(content: Content, directory_phones: Iterable[str]) -> Numbers:
    """The numbers of data/numbers.yml and those of the directory."""
    listed = [
        str(number.value)
        for part in _PARTS
        for item in items(fields(content.documents.get(PATH)).get(part))
        if (number := fields(item).get("number")) is not None
    ]
    return Numbers(frozenset(re.sub(r"\D", "", one) for one in [*listed, *directory_phones]))


def check_numbers_file(content: Content) -> Iterator[Problem]:
    """Gives the mistakes in data/numbers.yml."""
    document = content.documents.get(PATH)
    if document is None:
        yield Problem(PATH, 0, "the file is missing", "restore it from git")
        return
    yield from check_names(PATH, document, _PARTS, "the file")
    for part in _PARTS:
        for item in items(fields(document).get(part)):
            yield from check_names(PATH, item, _FIELDS, "a number")
            yield from check_required(PATH, item, _FIELDS, "the number")
            yield from _check_number(item)


def check_numbers(
    content: Content, responses: list[Response], numbers: Numbers
) -> Iterator[Problem]:
    """Gives every number in a response, error text, guide or title that may not be stated."""
    for path, node in _searched(content, responses):
        for offset, number in numbers.unknown_in(node.value):
            yield Problem(
                path,
                line_at(node, offset),
                f"the number '{number}' is neither in data/directory/departments.csv nor in {PATH}",
                "correct it, or add it there with its source",
            )


def _check_number(item: yaml.Node) -> Iterator[Problem]:
    number = fields(item).get("number")
    if number is not None and not (is_text(number) and re.fullmatch(r"\d[\d ]*\d", number.value)):
        yield Problem(
            PATH,
            line(number),
            f"'{number.value}' is not written as a number in quotation marks",
            'write it like "55 97 65 51"',
        )


def _searched(content: Content, responses: list[Response]) -> Iterator[tuple[str, yaml.ScalarNode]]:
    for response in responses:
        for variation in response.variations:
            for node in scalars(variation.node):
                yield response.path, node
    for folder in SEARCHED:
        for path, document in content.below(folder):
            for node in scalars(document):
                yield path, node
    if TOPICS in content.documents:
        for node in scalars(content.documents[TOPICS]):
            yield TOPICS, node
