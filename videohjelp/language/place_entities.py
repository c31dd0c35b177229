"""Finds the hospital and the department that a message names, by the directory of numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from videohjelp.directory.mentions import mentions_in
from videohjelp.directory.search import Directory
from videohjelp.directory.store import DirectoryFile
from videohjelp.language.text_entities import TextEntityExtractor


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class PlaceExtractor(TextEntityExtractor):
    """Adds `hospital` and `department`; their values are ids of the directory.

    No role: it is the one that is meant. `possible`: one of several to choose from. The other
    roles of a hospital stand in videohjelp/directory/mentions.py. A value never holds anything
    that the patient wrote. A changed directory is taken up without a restart.
    """

    def __init__(self, directory: Callable[[], Directory]) -> None:
        """Takes what gives the directory in force."""
        self._directory = directory

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """directory: the file with the numbers, from the project's folder; hospitals.csv is
        beside it."""
        return {"directory": "data/directory/departments.csv"}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> PlaceExtractor:
        """An extractor with the configured directory.

        Raises DirectoryError when there is no usable directory to begin with.
        """
        file = DirectoryFile(Path(config["directory"]))
        return cls(lambda: file.directory)

    def find(self, text: str) -> list[dict[str, Any]]:
        """The hospital, and the departments, one entity for each that may be meant."""
        return [
            self.entity(mention.kind, mention.value, mention.start, mention.end, mention.role)
            for mention in mentions_in(text, self._directory())
        ]
