"""What is written like a training example or a button, word for word, means what that means.

A classifier may take even that for something else: "no" is the English "no" and Nynorsk's "now".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping


class _Punctuation(dict[int, "str | None"]):
    """For str.translate: apostrophes go, other punctuation becomes a space."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        value: str | None = character
        if character in "'’´`":
            value = None
        elif unicodedata.category(character).startswith("P"):
            value = " "
        self[code] = value
        return value


_PUNCTUATION = _Punctuation()


def same_example(written: str) -> str:
    """What two examples have in common when they count as the same one.

    Without difference of capitals, punctuation and spaces; an example of punctuation alone ("?!")
    is taken as it is.
    """
    plain = " ".join(written.casefold().translate(_PUNCTUATION).split())
    return plain or written.strip()


class KnownExamples:
    """The training examples with their intents.

    intents: what `same_example` gives for an example -> its intent.
    """

    def __init__(self, intents: Mapping[str, str]) -> None:
        self.intents = dict(intents)

    @classmethod
    def of(cls, texts: Iterable[str], intents: Iterable[str]) -> KnownExamples:
        """The examples of a training; one that has two intents says nothing."""
        found: dict[str, str] = {}
        unclear: set[str] = set()
        for text, intent in zip(texts, intents, strict=True):
            key = same_example(text)
            if found.setdefault(key, str(intent)) != intent:
                unclear.add(key)
        return cls({key: intent for key, intent in found.items() if key not in unclear})

    def intent(self, text: str) -> str | None:
        """The intent of the example that a message repeats, None when it repeats none."""
        return self.intents.get(same_example(text))
