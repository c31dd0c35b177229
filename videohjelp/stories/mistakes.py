"""A mistake in a file of story tests, told to whoever wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from videohjelp.stories.texts import StaffLanguage, say, texts

_NAMED = ("what", "kind", "where")


@dataclass(frozen=True)
class Mistake:
    """One mistake.

    path: the file. line: 1 the first; 0 when it is in no single line. name: of the sentence in
    texts.yml, values: what stands in its places; what, kind
    and where may be the name of a sentence, which then stands there.
    """

    path: str
    line: int
    name: str
    values: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: StaffLanguage = "nb") -> str:
        """The mistake as "file:line: what is wrong; what to do"."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        words = {
            key: say(value, language) if key in _NAMED and value in texts() else value
            for key, value in self.values.items()
        }
        return f"{place}: {say(self.name, language, **words)}"


class StoriesError(ValueError):
    """Files of story tests have mistakes; `mistakes` are all of them."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(mistake.said("en") for mistake in mistakes))
        self.mistakes = tuple(mistakes)
