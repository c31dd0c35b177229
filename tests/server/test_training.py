from __future__ import annotations

import re
from pathlib import Path

import pytest

from videohjelp.server import training
from videohjelp.server.training import SOURCES, TrainingError, ensure_model, fingerprint
from videohjelp.settings import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with every source of a model."""
    for source in SOURCES:
        path = tmp_path / source
        if path.suffix:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("a: 1\n", encoding="utf-8")
        else:
            path.mkdir(parents=True)
            (path / "one.yml").write_text("a: 1\n", encoding="utf-8")
    return tmp_path


def first_file(path: Path) -> Path:
    return path if path.is_file() else path / "one.yml"


def test_it_is_twelve_hexadecimal_digits(project: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", fingerprint(project))


@pytest.mark.parametrize("source", SOURCES)
def test_it_changes_when_a_source_changes(project: Path, source: str) -> None:
    before = fingerprint(project)
    path = first_file(project / source)
    path.write_text("a: 2\n", encoding="utf-8")
    assert fingerprint(project) != before
    path.write_text("a: 1\n", encoding="utf-8")
    assert fingerprint(project) == before


def test_it_changes_when_a_file_comes_goes_or_is_renamed(project: Path) -> None:
    before = fingerprint(project)
    new = project / "data/nlu/two.yml"
    new.write_text("b: 1\n", encoding="utf-8")
    assert fingerprint(project) != before
    new.unlink()
    assert fingerprint(project) == before
    (project / "data/nlu/one.yml").rename(new)
    assert fingerprint(project) != before


@pytest.mark.parametrize(
    "other",
    [
        "data/guides/connecting.yml",
        "data/directory/departments.csv",
        "data/settings.yml",
        "data/safety/phrases.yml",
        "README.md",
        "videohjelp/language/__pycache__/danger.cpython-310.pyc",
        "data/nlu/.one.yml.swp",
        "data/nlu/.DS_Store",
        "data/nlu/one.yml~",
        "var/videohjelp.db",
    ],
)
def test_it_does_not_change_with_anything_else(project: Path, other: str) -> None:
    before = fingerprint(project)
    path = project / other
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("something", encoding="utf-8")
    assert fingerprint(project) == before


def test_it_is_the_same_wherever_the_project_lies(project: Path, tmp_path: Path) -> None:
    before = fingerprint(project)
    (tmp_path / "moved").mkdir()
    for source in SOURCES:
        target = tmp_path / "moved" / source
        target.parent.mkdir(parents=True, exist_ok=True)
        (project / source).rename(target)
    assert fingerprint(tmp_path / "moved") == before


def test_the_sources_are_there() -> None:
    missing = [source for source in SOURCES if not (ROOT / source).exists()]
    assert set(missing) <= {"data/stories"}


class TestEnsureModel:
    @pytest.fixture(autouse=True)
    def models(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(training, "models", lambda: tmp_path / "models")
        monkeypatch.setattr(training, "ROOT", tmp_path)
        monkeypatch.setattr(training, "fingerprint", lambda: "0123456789ab")
        (tmp_path / "models").mkdir()
        return tmp_path / "models"

    def test_a_model_of_the_present_data_is_taken(
        self, models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(training, "_train", _not_called)
        model = models / "videohjelp-0123456789ab.tar.gz"
        model.touch()
        assert ensure_model() == model
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize("force", [True, False])
    def test_a_new_model_replaces_the_old_ones(
        self,
        models: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        force: bool,
    ) -> None:
        monkeypatch.setattr(training, "_train", lambda path: path.write_text("new"))
        (models / "videohjelp-000000000000.tar.gz").touch()
        (models / "somebody-elses.tar.gz").touch()
        if force:
            (models / "videohjelp-0123456789ab.tar.gz").touch()
        path = ensure_model(force=force)
        assert path.read_text() == "new"
        assert {model.name for model in models.iterdir()} == {
            "videohjelp-0123456789ab.tar.gz",
            "somebody-elses.tar.gz",
        }
        assert "Training the model" in capsys.readouterr().out

    def test_a_training_that_fails_leaves_the_old_model(
        self, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_: Path) -> None:
            raise TrainingError("Rasa refused the training data")

        monkeypatch.setattr(training, "_train", fail)
        old = models / "videohjelp-000000000000.tar.gz"
        old.touch()
        with pytest.raises(TrainingError):
            ensure_model()
        assert old.exists()


def _not_called(_: Path) -> None:
    raise AssertionError("trained although nothing has changed")
