"""Every text that is shown to patients, by the language it is written in, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from videohjelp.content.texts import LANGUAGES, Response
from videohjelp.content.yaml_lines import Content, fields, line_at, pairs

#: The confirmation of a language is in that language, whichever was used before.
_CONFIRMATION = "utter_language_"
#: Names as they stand on the screen, and what a word is called in another language.
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|\([^)]*\)")
_NO_WORDS = re.compile(r"\{\w+\}|(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/[\w/-]+)?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Word:
    """A word of a text; `quoted` when it stands between quotation marks or in parentheses."""

    written: str
    line: int
    quoted: bool


@dataclass(frozen=True)
class LanguageText:
    """A text and the language ("nb", "nn", "en") it is written in."""

    path: str
    language: str
    node: yaml.ScalarNode

    def words(self, without: re.Pattern[str] = _NO_WORDS) -> Iterator[Word]:
        """Its words, without addresses, what is filled in, and what `without` matches.

        Words with a hyphen are one.
        """
        # Blanked out, not cut out: a word's place in the text says which line it is on.
        bare = without.sub(_blank, _NO_WORDS.sub(_blank, str(self.node.value)))
        unquoted = _QUOTED.sub(_blank, bare)
        for found in _WORD.finditer(bare):
            quoted = unquoted[found.start()] == " "
            yield Word(found[0], line_at(self.node, found.start()), quoted)


def read_language_texts(content: Content, responses: list[Response]) -> Iterator[LanguageText]:
    """The texts and buttons of responses, the titles of topics and the channels' own texts."""
    for response in responses:
        confirmed = response.name.removeprefix(_CONFIRMATION)
        for variation in response.variations:
            language = confirmed if confirmed in LANGUAGES else variation.language
            if language not in LANGUAGES:
                continue
            if variation.text_node is not None:
                yield LanguageText(response.path, language, variation.text_node)
            for button in variation.buttons:
                title = fields(button.node).get("title")
                # Buttons written once and repeated (*name) are looked at where they are written.
                if isinstance(title, yaml.ScalarNode) and button.line > variation.line:
                    yield LanguageText(response.path, language, title)
    titles = content.documents.get("data/topics.yml")
    yield from _by_language("data/topics.yml", titles)
    yield from _by_language("data/topics.yml", fields(titles).get("topics"))
    for folder in ("data/channels", "data/widget", "data/staff"):
        for path, document in content.below(folder):
            for part in ("errors", "texts"):
                yield from _by_language(path, fields(document).get(part))


def _by_language(path: str, node: yaml.Node | None) -> Iterator[LanguageText]:
    for _, by_language in pairs(node):
        for language, value in fields(by_language).items():
            if language in LANGUAGES and isinstance(value, yaml.ScalarNode):
                yield LanguageText(path, language, value)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
