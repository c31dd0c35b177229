"""The error texts of the channels, data/channels."""

from __future__ import annotations

from collections.abc import Iterator

from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names
from videohjelp.content.texts import LANGUAGES
from videohjelp.content.yaml_lines import Content, fields, line, pairs, text

FOLDER = "data/channels"


def check_error_texts(content: Content) -> Iterator[Problem]:
    """Gives error texts that lack a language."""
    for path, document in content.below(FOLDER):
        for key, by_language in pairs(fields(document).get("errors")):
            yield from check_names(path, by_language, LANGUAGES, "an error text")
            for language in LANGUAGES:
                if not (text(fields(by_language).get(language)) or "").strip():
                    yield Problem(
                        path,
                        line(key),
                        f"the error text '{key.value}' has no text in {language}",
                        "add it; patients are answered in nb, nn and en",
                    )
