"""Stock Rasa as `rasa init` sets it up, with the same examples, rules, answers and actions.

The pipeline and policies are Rasa's own default, the tracker store is Rasa's own on SQLite, the
actions run in a server of their own. Serving costs the same however long DIET and TED were
trained, so they are trained for a few epochs only; what the whole training takes is reckoned up.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from tests.server_process import ROOT
from videohjelp.evaluation.rasa_pipelines import HOW_TO_GET_TENSORFLOW, TENSORFLOW_PYTHON

#: Of our training data; the rest of data/ is not Rasa's.
DATA = ("nlu", "rules", "responses")
#: What `rasa init` gives each of DIET, TED and UnexpecTED.
WHOLE = 100
RASA = TENSORFLOW_PYTHON.parent / "rasa"


#: Beside the model: what it was trained on, and what that took.
_RECORD = "trained.json"


@dataclass(frozen=True)
class Trained:
    """A training. cpu_seconds: processor time of the short training, wall: its duration.

    data: tells one state of the training data from another. day: when it was trained.
    """

    data: str
    epochs: int
    day: str
    cpu_seconds: float
    wall: float


def is_there() -> bool:
    """Whether the environment with TensorFlow is installed."""
    return TENSORFLOW_PYTHON.is_file()


def how_to_get_it() -> str:
    """What to do where it is not."""
    return HOW_TO_GET_TENSORFLOW


def trained_before(folder: Path, epochs: int) -> Trained | None:
    """What is known of the model that lies there, if it was trained on the same data."""
    record = folder / _RECORD
    if not record.is_file() or not _model(folder).is_file():
        return None
    known = Trained(**json.loads(record.read_text(encoding="utf-8")))
    return known if (known.data, known.epochs) == (_data(), epochs) else None


def make_project(folder: Path, epochs: int) -> None:
    """Writes the project that stock Rasa trains and serves."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in DATA:
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    shutil.copy(ROOT / "domain.yml", folder / "domain.yml")
    stories = {"version": "3.1", "stories": list(_stories(folder / "data" / "rules"))}
    (folder / "data" / "stories.yml").write_text(_yaml(stories), encoding="utf-8")
    (folder / "config.yml").write_text(_yaml(_config(epochs)), encoding="utf-8")
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    (folder / "endpoints.yml").write_text(
        _yaml(
            {
                "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "stock.db"},
                "action_endpoint": {"url": "http://127.0.0.1:5055/webhook"},
            }
        ),
        encoding="utf-8",
    )


def train(folder: Path, epochs: int) -> Trained:
    """Trains the project made for so many epochs.

    Raises RuntimeError with the end of what Rasa said when that fails.
    """
    from videohjelp.evaluation.cost import processor_seconds

    begin, cpu = time.monotonic(), processor_seconds()
    log = folder / "training.log"
    with log.open("wb") as out:
        status = subprocess.call(
            [str(RASA), "train", "--domain", ".", "--fixed-model-name", "stock"],
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    if status or not _model(folder).is_file():
        raise RuntimeError(f"stock Rasa was not trained; it said why at the end of {log}")
    seconds, wall = processor_seconds() - cpu, time.monotonic() - begin
    trained = Trained(_data(), epochs, date.today().isoformat(), seconds, wall)
    (folder / _RECORD).write_text(json.dumps(asdict(trained)), encoding="utf-8")
    return trained


def _model(folder: Path) -> Path:
    return folder / "models" / "stock.tar.gz"


def _data() -> str:
    paths = [ROOT / "domain.yml", *(p for name in DATA for p in (ROOT / "data" / name).rglob("*"))]
    content = b"".join(path.read_bytes() for path in sorted(paths) if path.is_file())
    return hashlib.sha256(content).hexdigest()


def _config(epochs: int) -> dict[str, Any]:
    path = files("rasa.engine.recipes") / "config_files" / "default_config.yml"
    config: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for part in (*config["pipeline"], *config["policies"]):
        if "epochs" in part:
            part["epochs"] = epochs
    return {"recipe": "default.v1", "language": "nb", "assistant_id": "stock", **config}


def _stories(rules: Path) -> Iterator[dict[str, Any]]:
    """The rules once more as stories: without stories TED is not trained."""
    for path in sorted(rules.glob("*.yml")):
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]:
            plain = all(set(step) <= {"intent", "action"} for step in rule["steps"])
            if plain and "condition" not in rule and "intent" in rule["steps"][0]:
                name = re.sub(r"\W+", " ", rule["rule"])
                yield {"story": f"story {name}", "steps": rule["steps"]}


def _yaml(content: Any) -> str:
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
