from __future__ import annotations

import json
import pickletools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage

from tests.language.rasa_double import context, message, resource, storage, training_data
from videohjelp.language.e5.engine import E5
from videohjelp.language.e5.weights import Floats
from videohjelp.language.ngram_classifier import RANKING_LENGTH, NgramIntentClassifier
from videohjelp.language.ngram_features import NgramFeatures
from videohjelp.settings import ROOT

EXAMPLES = {
    "camera_not_working": [
        "kameraet virker ikke",
        "får ikke opp kamera",
        "kamera er svart",
        "ingen ser meg på kamera",
        "kameraet er borte",
        "feil med kameraet",
    ],
    "no_sound": [
        "hører ingen lyd",
        "lyden er borte",
        "ingen lyd",
        "får ikke lyd",
        "hører ikke legen",
        "det er stille, ingen lyd",
    ],
    "greet": ["hei", "hallo", "god dag", "heisann", "hei hei", "morn"],
}


def config(**changes: Any) -> dict[str, Any]:
    """The default settings without vectors, with paths that hold wherever tests are run."""
    defaults = NgramIntentClassifier.get_default_config()
    paths = {
        name: str(ROOT / value)
        for name, value in defaults.items()
        if name in ("function_words", "topics")
    }
    return {**defaults, **paths, "vectors": False, **changes}


@pytest.fixture
def model(tmp_path: Path) -> LocalModelStorage:
    return storage(tmp_path / "model")


@pytest.fixture
def trained(model: LocalModelStorage) -> NgramIntentClassifier:
    classifier = NgramIntentClassifier.create(config(), model, resource(), context())
    classifier.train(training_data(EXAMPLES))
    return classifier


def assert_same(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    """Two rankings are the same but for the last digits."""
    assert [entry["name"] for entry in one] == [entry["name"] for entry in other]
    assert [entry["confidence"] for entry in one] == pytest.approx(
        [entry["confidence"] for entry in other], rel=1e-3, abs=1e-6
    )


TEXTS = ["kamera virkar ikkje", "HØRER IKKE LYD", "hei", "romskip", "kameraaaaa", "1234", "?"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("kamerat mitt virkar ikkje", "camera_not_working"),
        ("eg høyrer inga lyd", "no_sound"),
        ("heihei", "greet"),
        ("kamera", "camera_not_working"),
    ],
)
def test_what_was_never_seen_is_understood(
    trained: NgramIntentClassifier, text: str, intent: str
) -> None:
    assert trained.rank(text)[0]["name"] == intent


def test_the_ranking_is_in_order_and_adds_up(trained: NgramIntentClassifier) -> None:
    for text in TEXTS:
        confidences = [entry["confidence"] for entry in trained.rank(text)]
        assert confidences == sorted(confidences, reverse=True)
        assert sum(confidences) == pytest.approx(1, abs=1e-4)
        assert len(confidences) == len(EXAMPLES)


def test_the_ranking_is_bounded(model: LocalModelStorage) -> None:
    many = {
        f"topic_{chr(97 + n)}": [f"{chr(97 + n) * 2} ord {i}" for i in range(4)] for n in range(15)
    }
    classifier = NgramIntentClassifier.create(config(), model, resource(), context())
    classifier.train(training_data(many))
    assert len(classifier.rank("aa ord")) == RANKING_LENGTH


def test_a_message_gets_intent_and_ranking(trained: NgramIntentClassifier) -> None:
    one, empty = trained.process([message("ingen lyd"), message("")])
    assert one.get("intent")["name"] == "no_sound"
    assert one.get("intent_ranking")[0] == one.get("intent")
    assert one.as_dict(only_output_properties=True)["intent"]["name"] == "no_sound"
    assert empty.get("intent") == {"name": None, "confidence": 0.0}


def test_what_is_loaded_ranks_as_what_was_trained(
    trained: NgramIntentClassifier, model: LocalModelStorage
) -> None:
    loaded = NgramIntentClassifier.load(config(), model, resource(), context())
    for text in TEXTS:
        assert_same(loaded.rank(text), trained.rank(text))


def test_the_words_the_model_was_trained_with_are_kept(
    trained: NgramIntentClassifier, model: LocalModelStorage, tmp_path: Path
) -> None:
    other = tmp_path / "other.yml"
    other.write_text("kamera: [lyd]\n", encoding="utf-8")
    changed = config(function_words=str(other))
    loaded = NgramIntentClassifier.load(changed, model, resource(), context())
    assert_same(loaded.rank("ingen lyd"), trained.rank("ingen lyd"))


def test_no_file_of_the_model_can_run_code(
    trained: NgramIntentClassifier, model: LocalModelStorage
) -> None:
    with model.read_from(resource()) as folder:
        files = {path.name: path for path in folder.rglob("*") if path.is_file()}
        assert set(files) == {"classifier.json", "weights.npz"}
        json.loads(files["classifier.json"].read_text(encoding="utf-8"))
        with np.load(files["weights.npz"], allow_pickle=False) as arrays:
            assert all(arrays[name].dtype != object for name in arrays.files)
        for path in files.values():
            with pytest.raises(ValueError):
                list(pickletools.genops(path.read_bytes()))


def test_an_untrained_classifier_says_so(model: LocalModelStorage) -> None:
    classifier = NgramIntentClassifier.create(config(), model, resource(), context())
    with pytest.raises(RuntimeError, match="not trained"):
        classifier.rank("hei")


def test_a_model_without_a_classifier_is_refused(model: LocalModelStorage) -> None:
    with pytest.raises(ValueError, match="component"):
        NgramIntentClassifier.load(config(), model, resource(), context())


def test_training_twice_gives_the_same(tmp_path: Path) -> None:
    rankings = []
    for number in range(2):
        place = storage(tmp_path / str(number))
        classifier = NgramIntentClassifier.create(config(), place, resource(), context())
        classifier.train(training_data(EXAMPLES))
        rankings.append(classifier.rank("kamera"))
    assert rankings[0] == rankings[1]


def test_rasa_trains_again_when_the_small_words_change(tmp_path: Path) -> None:
    words = tmp_path / "words.yml"
    words.write_text("ikke: [ikkje]\n", encoding="utf-8")
    before = NgramIntentClassifier.fingerprint_addon(config(function_words=str(words)))
    words.write_text("ikke: [ikkje, ittje]\n", encoding="utf-8")
    assert NgramIntentClassifier.fingerprint_addon(config(function_words=str(words))) != before


def test_marks_of_the_redaction_do_not_change_what_is_meant(trained: NgramIntentClassifier) -> None:
    assert trained.rank("kameraet virker ikke [telefonnummer]") == trained.rank(
        "kameraet virker ikke"
    )


WITH_DANGER = {
    **EXAMPLES,
    "medical_emergency": [
        "far puster ikke",
        "mor er helt borte",
        "han puster så rart",
        "far svarer meg ikke",
        "mor puster ikke",
        "hun svarer meg ikke",
    ],
}


def test_one_dangerous_sentence_makes_a_dangerous_message(model: LocalModelStorage) -> None:
    settings = config(danger_in_a_sentence=0.5)
    classifier = NgramIntentClassifier.create(settings, model, resource(), context())
    classifier.train(training_data(WITH_DANGER))
    ordinary = "Kameraet virker ikke. Kamera er svart. Ingen ser meg på kamera. Feil med kameraet."
    one, other = classifier.process([message(ordinary), message(f"{ordinary} Far puster ikke.")])
    assert one.get("intent")["name"] == "camera_not_working"
    assert classifier.rank(f"{ordinary} Far puster ikke.")[0]["name"] == "camera_not_working"
    assert other.get("intent")["name"] == "medical_emergency"
    confidences = [entry["confidence"] for entry in other.get("intent_ranking")]
    assert confidences == sorted(confidences, reverse=True)


def test_where_there_may_be_danger_vectors_are_asked(model: LocalModelStorage) -> None:
    settings = config(vectors=True, sure_above=0.4)
    NgramIntentClassifier.create(settings, model, resource(), context()).train(
        training_data(WITH_DANGER)
    )

    def ranked(**changes: Any) -> list[dict[str, Any]]:
        changed = {**settings, **changes}
        return NgramIntentClassifier.load(changed, model, resource(), context()).rank(text)

    text = "hører ingen lyd"
    alone, always = ranked(sure_above=0.0), ranked(sure_above=2.0)
    assert alone != always
    assert ranked(danger_doubt=1.0) == alone
    assert ranked(danger_doubt=0.0) == always


def test_one_text_is_counted_as_many_are() -> None:
    features = NgramFeatures(0.8)
    features.fit_transform([text for texts in EXAMPLES.values() for text in texts])
    for text in [*TEXTS, "Kameraet virker ikke. Ingen lyd, ingen lyd!"]:
        row, matrix = features.row(text), features.transform([text])
        expected = np.zeros(matrix.shape[1])
        expected[row.columns] = row.values
        assert matrix.toarray()[0] == pytest.approx(expected, abs=1e-6)


def test_a_message_and_its_parts_are_read_once(model: LocalModelStorage) -> None:
    classifier = NgramIntentClassifier.create(
        config(vectors=True, sure_above=2.0, danger_doubt_of_a_sentence=0.0),
        model,
        resource(),
        context(),
    )
    classifier.train(training_data(WITH_DANGER))
    asked: list[str] = []
    vector = E5.vector

    def counted(self: E5, text: str) -> Floats:
        asked.append(text)
        return vector(self, text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(E5, "vector", counted)
        classifier.process([message("Ingen lyd i dag. Kameraet er svart. Far svarer meg ikke.")])
    assert len(asked) == len(set(asked)) > 1


def test_the_share_of_words_that_were_learned() -> None:
    features = NgramFeatures(0.8)
    features.fit_transform(["lyden er borte", "lyden er av", "er du der"])
    assert features.known_share("Lyden er bananskall") == pytest.approx(2 / 3)
    assert features.known_share("😀") == 1.0


def test_danger_in_unknown_words_is_not_believed(model: LocalModelStorage) -> None:
    examples = {**EXAMPLES, "medical_emergency": ["han puster ikke", "hun puster ikke"] * 3}
    classifier = NgramIntentClassifier.create(config(), model, resource(), context())
    classifier.train(training_data(examples))
    assert classifier.rank("hun puster ikke")[0]["name"] == "medical_emergency"
    unknown = classifier.rank("pustere pusterom pusten")
    assert "medical_emergency" not in [entry["name"] for entry in unknown]


def test_an_example_word_for_word_is_certain(trained: NgramIntentClassifier) -> None:
    found = message("Ingen  LYD!")
    trained.process([found])
    assert found.get("intent") == {"name": "no_sound", "confidence": 1.0}


def test_a_button_word_for_word_is_its_topic(trained: NgramIntentClassifier) -> None:
    found = message("I cannot get into the call")
    trained.process([found])
    assert found.get("intent") == {"name": "waiting_room_problem", "confidence": 1.0}
