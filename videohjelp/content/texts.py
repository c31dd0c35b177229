"""The responses of data/responses as texts: one for each language and channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from videohjelp.content.yaml_lines import Content, fields, items, line, pairs, text

FOLDER = "data/responses"
LANGUAGES = ("nb", "nn", "en")
CHANNELS = ("web", "sms")


@dataclass(frozen=True)
class Button:
    """A button: its title and what it sends. `line` is the title's."""

    title: str
    payload: str
    line: int
    node: yaml.Node


@dataclass(frozen=True)
class Variation:
    """One text of a response. `language` is "" when its condition is not one on the language."""

    channel: str
    language: str
    text: str
    line: int
    node: yaml.Node
    text_node: yaml.ScalarNode | None
    buttons: tuple[Button, ...] = ()

    @property
    def label(self) -> str:
        """How the variation is named in messages: "the nynorsk text (SMS)"."""
        name = {"nb": "bokmål", "nn": "nynorsk", "en": "English"}.get(self.language, "first")
        return f"the {name} text" + (" (SMS)" if self.channel == "sms" else " (web)")


@dataclass(frozen=True)
class Response:
    """A response with all its variations, in the order of the file."""

    name: str
    path: str
    line: int
    node: yaml.Node
    variations: tuple[Variation, ...] = field(default=())


def read_responses(content: Content) -> list[Response]:
    """Reads every response of data/responses; what has a wrong form is left out."""
    return [
        Response(
            name=str(key.value),
            path=path,
            line=line(key),
            node=node,
            variations=tuple(_variations(node)),
        )
        for path, document in content.below(FOLDER)
        for key, node in pairs(fields(document).get("responses"))
    ]


def _variations(node: yaml.Node) -> Iterator[Variation]:
    for item in items(node):
        parts = fields(item)
        text_node = parts.get("text")
        yield Variation(
            channel=text(parts.get("channel")) or "web",
            language=_language(parts.get("condition")),
            text=text(text_node) or "",
            line=line(item),
            node=item,
            text_node=text_node if isinstance(text_node, yaml.ScalarNode) else None,
            buttons=tuple(_button(button) for button in items(parts.get("buttons"))),
        )


def _language(condition: yaml.Node | None) -> str:
    if condition is None:
        return "nb"
    conditions = [
        {name: text(value) for name, value in fields(item).items()} for item in items(condition)
    ]
    for language in LANGUAGES:
        if conditions == [{"type": "slot", "name": "language", "value": language}]:
            return language
    return ""


def _button(node: yaml.Node) -> Button:
    parts = fields(node)
    title = parts.get("title")
    return Button(text(title) or "", text(parts.get("payload")) or "", line(title or node), node)
