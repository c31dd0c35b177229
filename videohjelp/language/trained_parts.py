"""What of the classifier is trained, and how it is kept in the model.

Plain arrays and JSON: loading a model never runs code from it, as pickle would.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from videohjelp.language.cascade import Thorough
from videohjelp.language.e5.engine import E5
from videohjelp.language.e5.files import write_e5
from videohjelp.language.known_examples import KnownExamples
from videohjelp.language.linear_model import LinearModel
from videohjelp.language.ngram_features import NgramFeatures
from videohjelp.language.normaliser import FunctionWords

_WEIGHTS = "weights.npz"
_DESCRIPTION = "classifier.json"
_VECTORS = "e5"


@dataclass(frozen=True)
class TrainedParts:
    """The parts that come of training; `thorough` is None where no sentence vectors are used."""

    words: FunctionWords
    ngrams: NgramFeatures
    quick: LinearModel
    thorough: Thorough | None
    known: KnownExamples

    def write(self, folder: Path) -> None:
        """Writes them to an existing folder, with what makes the vectors where they are used."""
        arrays: dict[str, Any] = {**self.ngrams.weights(), **_arrays("quick", self.quick)}
        thorough = self.thorough
        if thorough is not None:
            write_e5(folder / _VECTORS)
            arrays |= {"vector_mean": thorough.mean, **_arrays("thorough", thorough.model)}
        np.savez(folder / _WEIGHTS, **arrays)
        described = {
            "words": self.words.forms,
            "vocabularies": self.ngrams.vocabularies(),
            "labels": self.quick.labels,
            "examples": self.known.intents,
            "temperatures": {
                "quick": self.quick.temperature,
                "thorough": thorough.model.temperature if thorough else None,
            },
        }
        text = json.dumps(described, ensure_ascii=False)
        (folder / _DESCRIPTION).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, *, word_weight: float, vector_weight: float) -> TrainedParts:
        """Those that `write` wrote. The weights are the configuration's, as in training.

        Raises OSError when the files are not there.
        """
        described = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
        with np.load(folder / _WEIGHTS, allow_pickle=False) as kept:
            arrays = dict(kept)
        thorough = None
        if described["temperatures"]["thorough"] is not None:
            model = _model("thorough", described, arrays)
            thorough = Thorough(model, E5(folder / _VECTORS), arrays["vector_mean"], vector_weight)
        return cls(
            FunctionWords(described["words"]),
            NgramFeatures.restored(word_weight, described["vocabularies"], arrays),
            _model("quick", described, arrays),
            thorough,
            KnownExamples(described["examples"]),
        )


def _arrays(name: str, model: LinearModel) -> dict[str, Any]:
    return {f"{name}_weights": model.weights, f"{name}_bias": model.bias}


def _model(name: str, described: dict[str, Any], arrays: dict[str, Any]) -> LinearModel:
    return LinearModel(
        labels=described["labels"],
        weights=arrays[f"{name}_weights"],
        bias=arrays[f"{name}_bias"],
        temperature=described["temperatures"][name],
    )
