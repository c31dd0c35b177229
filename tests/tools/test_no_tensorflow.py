"""Python processes of their own: what is imported stays imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from videohjelp.evaluation.examples import read_examples
from videohjelp.evaluation.rasa_pipelines import HOW_TO_GET_TENSORFLOW, TENSORFLOW_PYTHON
from videohjelp.settings import ROOT

SHIM = ROOT / "tools" / "no_tensorflow"

#: The shim of this working copy, not the installed one, before anything else is imported.
INSTALL = f"""
import sys
sys.meta_path[:] = [f for f in sys.meta_path if type(f).__name__ != "_StandInFinder"]
sys.modules.pop("no_tensorflow", None)
sys.path.insert(0, {str(SHIM)!r})
import no_tensorflow
assert no_tensorflow.__file__.startswith({str(SHIM)!r})
no_tensorflow.install()
"""


def run(program: str) -> str:
    """What the program prints; an AssertionError with its errors when it fails."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", INSTALL + program],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_rasa_starts_without_tensorflow() -> None:
    out = run(
        """
import rasa.core.agent, rasa.model_training
import tensorflow
print(type(tensorflow).__name__, [name for name in ("numpy", "sklearn") if name in sys.modules])
"""
    )
    assert out.splitlines()[-1].startswith("_StandInModule")
    assert "numpy" in out


@pytest.mark.parametrize(
    "use",
    [
        "tensorflow.keras.layers.Dense(3)",
        "tensorflow.constant([1])",
        "tensorflow.config.list_physical_devices('GPU')",
        "__import__('tensorflow.keras.models').keras.models.load_model('x')",
        "__import__('tensorflow_hub').load('x')",
        "__import__('tensorflow_text').SentencepieceTokenizer()",
        "__import__('keras').Sequential()",
    ],
)
def test_using_tensorflow_fails_with_a_plain_message(use: str) -> None:
    out = run(
        f"""
import tensorflow
try:
    {use}
except no_tensorflow.TensorFlowMissingError as error:
    print(error)
"""
    )
    assert out.startswith("TensorFlow is not installed, but something in config.yml needs it (")
    assert "uv sync --extra tensorflow" in out
    assert "take DIET, TED and other TensorFlow components out of config.yml" in out


def test_a_component_of_rasas_that_needs_it_fails_with_the_message() -> None:
    out = run(
        """
import tempfile, pathlib
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import (
    CountVectorsFeaturizer,
)
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
context = ExecutionContext(GraphSchema({}))
try:
    diet = DIETClassifier.create(
        {**DIETClassifier.get_default_config(), "epochs": 1},
        LocalModelStorage(pathlib.Path(tempfile.mkdtemp())),
        Resource("diet"),
        context,
    )
    examples = [Message({"text": f"hei {n}", "intent": f"topic_{n % 2}"}) for n in range(6)]
    whitespace = WhitespaceTokenizer({**WhitespaceTokenizer.get_default_config()})
    data = whitespace.process_training_data(TrainingData(examples))
    place = LocalModelStorage(pathlib.Path(tempfile.mkdtemp()))
    defaults = CountVectorsFeaturizer.get_default_config()
    words = CountVectorsFeaturizer.create(defaults, place, Resource("words"), context)
    words.train(data)
    diet.train(words.process_training_data(data))
except no_tensorflow.TensorFlowMissingError as error:
    print("told:", error)
"""
    )
    assert "told: TensorFlow is not installed" in out


def test_names_can_be_inherited_from_and_stand_in_hints() -> None:
    out = run(
        """
from typing import Optional
import tensorflow as tf
from tensorflow.keras.utils import Sequence
from tensorflow import Tensor

class Data(Sequence):
    def __init__(self) -> None:
        self.rows = 3
    def get(self, x: Optional[Tensor] = None) -> "tf.data.Dataset":
        return self.rows

class Model(tf.keras.Model):
    @tf.function
    def call(self): ...

print(Data().get(), tf.keras.Model is tf.keras.Model, hasattr(tf, "__version_info__"))
"""
    )
    assert out == "3 True False"


def fake_tensorflow(folder: Path) -> Path:
    """A folder with a package called tensorflow that can be imported."""
    package = folder / "tensorflow"
    (package / "keras").mkdir(parents=True)
    (package / "__init__.py").write_text("REAL = True\ndef constant(x): return x\n")
    (package / "keras" / "__init__.py").write_text("REAL = 'keras'\n")
    return folder


def test_a_real_package_goes_before_the_stand_in(tmp_path: Path) -> None:
    out = run(
        f"""
asked = []
finder = next(f for f in sys.meta_path if type(f).__name__ == "_StandInFinder")
original = type(finder).find_spec
type(finder).find_spec = lambda self, name, *rest: asked.append(name) or original(self, name, *rest)
sys.path.insert(0, {str(fake_tensorflow(tmp_path))!r})
import tensorflow, tensorflow.keras
print(tensorflow.REAL, tensorflow.constant(7), tensorflow.keras.REAL, asked)
"""
    )
    assert out == "True 7 keras []"


def test_what_the_real_package_lacks_is_not_made_up(tmp_path: Path) -> None:
    out = run(
        f"""
sys.path.insert(0, {str(fake_tensorflow(tmp_path))!r})
import tensorflow
try:
    import tensorflow.gone
except ModuleNotFoundError as error:
    print(error)
"""
    )
    assert out == "No module named 'tensorflow.gone'"


def test_other_missing_packages_are_missing() -> None:
    out = run(
        """
for name in ("tensorflowx", "not_there", "kerasx.layers"):
    try:
        __import__(name)
    except ModuleNotFoundError as error:
        print(error.name)
"""
    )
    assert out.split() == ["tensorflowx", "not_there", "kerasx"]


def test_installing_twice_is_installing_once_and_it_stands_last() -> None:
    out = run(
        """
no_tensorflow.install()
finders = [type(finder).__name__ for finder in sys.meta_path]
print(finders.count("_StandInFinder"), finders[-1])
"""
    )
    assert out == "1 _StandInFinder"


def test_it_is_installed_when_python_starts() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; print([type(finder).__name__ for finder in sys.meta_path])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "_StandInFinder" in done.stdout


#: Arguments: a model, a file of texts (JSON). Prints TensorFlow's version and what is understood.
ASK = """
import asyncio, json, sys
import tensorflow
from rasa.core.agent import Agent

agent = Agent.load(sys.argv[1])
async def ask_all():
    return [await agent.parse_message(text) for text in json.load(open(sys.argv[2]))]
found = asyncio.run(ask_all())
# What is counted from now differs from minute to minute.
for one in found:
    for entity in one["entities"]:
        if entity["entity"] in ("date", "time"):
            del entity["value"]
answers = [(one["intent"], one["intent_ranking"], one["entities"]) for one in found]
version = tensorflow.__version__ if hasattr(tensorflow, "__version__") else None
print(json.dumps({"tensorflow": version, "answers": answers}))
"""
#: Of the training examples, every so many is asked.
EVERY = 30


def understood(python: Path, model: Path, texts: Path) -> dict[str, Any]:
    """What the interpreter's environment makes of the texts: {"tensorflow", "answers"}."""
    done = subprocess.run(
        [str(python), "-W", "ignore", "-c", ASK, str(model), str(texts)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answers


@pytest.mark.skipif(not TENSORFLOW_PYTHON.exists(), reason=HOW_TO_GET_TENSORFLOW)
def test_a_model_understands_the_same_with_the_real_package(model: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts.json"
    asked = [one.text for one in read_examples()[::EVERY]]
    texts.write_text(json.dumps(asked), encoding="utf-8")
    without = understood(Path(sys.executable), model, texts)
    with_it = understood(TENSORFLOW_PYTHON, model, texts)
    assert without["tensorflow"] is None
    assert with_it["tensorflow"] == "2.12.0"
    assert len(with_it["answers"]) == len(asked) > 100
    for text, one, other in zip(asked, without["answers"], with_it["answers"], strict=True):
        # The last digits hang on how many numbers a library adds at a time.
        assert _rounded(one) == _rounded(other), text


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value
