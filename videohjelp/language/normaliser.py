"""Makes one word out of the many spellings of small words before a message is classified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

_WORD = re.compile(r"[\w'&]+(?:-\w+)*", re.UNICODE)
_REPEATED = re.compile(r"(\w)\1{2,}")


class FunctionWords:
    """Replaces the forms of small words by one form each.

    forms: form -> replacement, both lower case. Only single words are replaced; a form of
    several words in the file is for the reader.
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        self.forms = dict(forms)

    def apply(self, text: str) -> str:
        """The text in lower case, letters written more than twice halved ("hjeeelp"), with every
        known small word in its one form."""
        lowered = _REPEATED.sub(r"\1\1", text.lower().replace("\u2019", "'"))
        return _WORD.sub(lambda match: self.forms.get(match.group(), match.group()), lowered)


def read_function_words(path: Path) -> FunctionWords:
    """Reads a YAML file of "word: [forms]".

    Raises ValueError, naming the word, when a form is listed under two words.
    """
    # BaseLoader: "no" is a word here, not "false".
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {}  # noqa: S506
    forms: dict[str, str] = {}
    for word, variants in content.items():
        for variant in variants:
            form = str(variant).lower()
            if " " in form:
                continue
            if form in forms and forms[form] != word:
                raise ValueError(f"{path}: '{form}' stands under '{forms[form]}' and '{word}'")
            forms[form] = str(word)
    return FunctionWords(forms)
