"""Trains a Rasa pipeline and asks it: `python -m videohjelp.evaluation.rasa_worker FOLDER`.

Reads task.json in the folder ({"components", "packages", "train", "test"}), writes
predictions.jsonl (one line for each test message) and cost.json. Runs in the environment the
components need.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import structlog
import yaml

from videohjelp.evaluation.cost import mean_milliseconds, processor_seconds


def main(folder: Path) -> None:
    """Does the task of the folder."""
    from rasa.core.agent import Agent  # noqa: PLC0415 - takes seconds
    from rasa.model_training import train_nlu  # noqa: PLC0415

    # Unless told otherwise, Rasa writes every message into the log, which also takes its time.
    errors_only = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=errors_only)
    task = json.loads((folder / "task.json").read_text(encoding="utf-8"))
    config = {
        "recipe": "default.v1",
        "language": "nb",
        "assistant_id": "comparison",
        "pipeline": task["components"] or default_components(),
    }
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    _write_examples(folder / "nlu.json", task["train"])
    begin = processor_seconds()
    model = train_nlu(
        config=str(folder / "config.yml"), nlu_data=str(folder / "nlu.json"), output=str(folder)
    )
    trained = processor_seconds() - begin
    if model is None or not Path(model).is_file():
        raise SystemExit("Rasa has trained no model")
    agent = Agent.load(model)
    loop = asyncio.new_event_loop()

    def ask(text: str) -> dict[str, Any]:
        return loop.run_until_complete(agent.parse_message(text))

    with (folder / "predictions.jsonl").open("w", encoding="utf-8") as out:
        for text in task["test"]:
            out.write(json.dumps(_plain(ask(text))) + "\n")
    cost = {
        "train_cpu_seconds": trained,
        "parse_ms": mean_milliseconds(ask, task["test"]),
        "versions": {package: version(package) for package in task["packages"]},
    }
    (folder / "cost.json").write_text(json.dumps(cost), encoding="utf-8")
    loop.close()


def default_components() -> list[dict[str, Any]]:
    """What Rasa takes when config.yml names no pipeline (`rasa init` makes such a file).

    The fallback is left out: it would hide what the classifier takes a message for.
    """
    path = files("rasa.engine.recipes") / "config_files" / "default_config.yml"
    pipeline = yaml.safe_load(path.read_text(encoding="utf-8"))["pipeline"]
    return [one for one in pipeline if one["name"] != "FallbackClassifier"]


def _write_examples(path: Path, examples: list[dict[str, str]]) -> None:
    # JSON, not YAML: in Rasa's YAML, brackets in a message would be read as marked entities.
    rows = [{"text": one["text"], "intent": one["intent"]} for one in examples]
    path.write_text(json.dumps({"rasa_nlu_data": {"common_examples": rows}}), encoding="utf-8")


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    ranking = [(one["name"], one["confidence"]) for one in answer.get("intent_ranking", [])]
    intent = answer["intent"]
    return {
        "intent": intent["name"] or "",
        "confidence": intent["confidence"] or 0.0,
        "ranking": ranking,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
