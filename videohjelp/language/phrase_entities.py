"""Finds named things (device, browser) in a message with spaCy's phrase matcher."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from videohjelp.language.text_entities import TextEntityExtractor

#: spaCy keeps every word it has ever seen, some 500 bytes each: with so many it is begun anew. That
#: takes a quarter of a second, every few thousand messages. No patient's word stays for longer.
MOST_WORDS = 20_000


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class PhraseEntityExtractor(TextEntityExtractor):
    """Adds an entity for each phrase of the lists in data/entities that stands in the message.

    The lists are read at start, so a new word needs a restart, not a training.
    """

    def __init__(self, folder: Path) -> None:
        self._phrases = [
            (content["entity"], value, [str(phrase) for phrase in phrases])
            for path in sorted(folder.glob("*.yml"))
            for content in [yaml.safe_load(path.read_text(encoding="utf-8"))]
            for value, phrases in content["values"].items()
        ]
        self._begin()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """folder: where the lists are, from the project's folder."""
        return {"folder": "data/entities"}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> PhraseEntityExtractor:
        """An extractor with the lists of the configured folder."""
        return cls(Path(config["folder"]))

    def find(self, text: str) -> list[dict[str, Any]]:
        """The entities of a text; where two overlap, the longer one."""
        if len(self._nlp.vocab) > MOST_WORDS:
            self._begin()
        document = self._document(text)
        spans = filter_spans(self._matcher(document, as_spans=True))
        return [
            self.entity(*self._meaning[span.label_], span.start_char, span.end_char)
            for span in spans
        ]

    def _document(self, text: str) -> Doc:
        # "Samsung-telefon" names a Samsung; a space of the same length keeps the places.
        return self._nlp.make_doc(text.replace("-", " "))

    def _begin(self) -> None:
        self._nlp = spacy.blank("nb")
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._meaning: dict[str, tuple[str, str]] = {}
        for entity, value, phrases in self._phrases:
            label = f"{entity}={value}"
            self._meaning[label] = (entity, value)
            self._matcher.add(label, [self._document(phrase) for phrase in phrases])
