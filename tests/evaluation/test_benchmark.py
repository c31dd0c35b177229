from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.evaluation import made_up
from videohjelp.evaluation.benchmark import compare
from videohjelp.evaluation.benchmark_command import run_benchmark
from videohjelp.evaluation.benchmark_tasks import Column, Task, tasks
from videohjelp.evaluation.benchmark_text import as_markdown
from videohjelp.evaluation.command import nlu_app
from videohjelp.evaluation.plain_sklearn import PlainSklearn
from videohjelp.evaluation.public_data import read_public_data
from videohjelp.evaluation.rasa_pipelines import ours_without_vectors, rasas_default

SIZE = len(made_up.train())
ASKED = len(made_up.test())


def quiet(_text: str) -> None:
    """Progress nobody looks at."""


@pytest.fixture
def small_tasks(tmp_path: Path) -> list[Task]:
    return tasks(read_public_data(made_up.write_public_data(tmp_path)))


def test_training_is_on_all_versions_or_on_bokmaal_alone(small_tasks: list[Task]) -> None:
    both, bokmaal, _folds = (task.splits for task in small_tasks)
    assert len(both[0][0]) == 2 * SIZE
    assert len(bokmaal[0][0]) == SIZE
    assert {one.variety for one in bokmaal[0][0]} == {"B"}
    assert both[0][1] == bokmaal[0][1]


def test_an_intent_that_was_never_learned_is_not_asked(small_tasks: list[Task]) -> None:
    for task in small_tasks:
        assert "alarm/gone" not in {one.intent for one in task.asked}


def test_columns_are_the_varieties_there_are_and_massive(small_tasks: list[Task]) -> None:
    task = small_tasks[0]
    counted = {column.name: (len(column.places), column.sentences) for column in task.columns}
    assert counted == {
        "NoMusic, all": (2 * ASKED, ASKED),
        "bokmål": (ASKED, ASKED),
        "west": (ASKED, ASKED),
        "MASSIVE": (SIZE, SIZE),
    }
    west = next(column for column in task.columns if column.name == "west")
    assert all(task.asked[place].text.startswith("du, ") for place in west.places)


def test_each_message_of_massive_is_asked_once_of_a_model_without_it(
    small_tasks: list[Task],
) -> None:
    task = small_tasks[2]
    assert len(task.splits) == 5
    assert sorted(one.text for one in task.asked) == sorted(one.text for one in made_up.train())
    for train, test in task.splits:
        assert not {one.text for one in train} & {one.text for one in test}


def test_pipelines_are_measured_side_by_side(tmp_path: Path) -> None:
    absent = replace(rasas_default(), python=tmp_path / "python")
    places = tuple(range(ASKED))
    task = Task(
        "A small task",
        ((tuple(made_up.train()), tuple(made_up.test())),),
        (Column("all", places, ASKED), Column("half", places[::2], ASKED // 2)),
    )
    found = compare(task, [ours_without_vectors(), PlainSklearn(), absent], quiet)
    ours, plain = found.measured
    assert [cell.messages for cell in ours.cells] == [ASKED, ASKED // 2]
    for cell in (*ours.cells, *plain.cells):
        assert cell.accuracy.low <= cell.accuracy.value <= cell.accuracy.high
        assert 50 < cell.accuracy.value <= 100
        assert 30 < cell.macro_f1 <= 100
    for first, other in zip(ours.cells, plain.cells, strict=True):
        assert first.to_first is None
        assert other.to_first is not None
        gained = other.accuracy.value - first.accuracy.value
        assert other.to_first.value == pytest.approx(gained)
    assert list(found.not_run) == ["Rasa's default (DIET)"]
    text = as_markdown([found])
    assert "## A small task" in text
    assert "| accuracy | all | half |" in text
    assert "| to Videohjelp without vectors | all | half |" in text
    assert "Not run: Rasa's default (DIET). Rasa's default pipeline needs TensorFlow" in text


def test_confidence_of_mistakes_is_that_of_the_wrong_ones() -> None:
    wrong = replace(made_up.test()[0], intent="PlayMusic")
    task = Task("t", ((tuple(made_up.train()), (wrong,)),), (Column("all", (0,), 1),))
    (plain,) = compare(task, [PlainSklearn()], quiet).measured
    (prediction,) = PlainSklearn().run(made_up.train(), [wrong]).predictions
    assert plain.sure_when_wrong == pytest.approx(prediction.confidence)
    assert plain.cells[0].accuracy.value == 0
    learned = Task("t", ((tuple(made_up.train()),) * 2,), (Column("all", (0,), 1),))
    assert compare(learned, [PlainSklearn()], quiet).measured[0].sure_when_wrong is None


def test_the_command_writes_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made_up.write_public_data(tmp_path)
    results = tmp_path / "results"
    assert run_benchmark(folder, results, [PlainSklearn()]) == 0
    text = (results / "benchmark.md").read_text(encoding="utf-8")
    assert "## Trained on NoMusic, all versions (48 messages)" in text
    assert "## MASSIVE in 5 folds (24 messages)" in text
    stored = json.loads((results / "benchmark.json").read_text(encoding="utf-8"))
    assert [len(one["measured"][0]["cells"]) for one in stored] == [4, 4, 1]
    assert stored[0]["measured"][0]["versions"]["scikit-learn"].startswith("1.")
    assert str(results / "benchmark.md") in capsys.readouterr().out


def test_without_the_data_the_command_says_where_they_are_and_is_content(tmp_path: Path) -> None:
    done = CliRunner().invoke(nlu_app, ["benchmark", str(tmp_path / "nothing")])
    assert done.exit_code == 0
    assert "Nothing was measured" in done.stdout
    assert "https://github.com/mainlp/xsid" in done.stdout


def test_a_broken_file_is_told_and_nothing_is_trained(tmp_path: Path) -> None:
    broken = made_up.write_public_data(tmp_path) / "xsid_no_test.tsv"
    broken.write_text(broken.read_text(encoding="utf-8") + "alarm\tB\n", encoding="utf-8")
    last = 1 + 2 * ASKED + 1 + 1
    done = CliRunner().invoke(nlu_app, ["benchmark", str(tmp_path)])
    assert done.exit_code == 1
    assert f"{broken}, line {last}: has 2 columns instead of 3" in done.stdout
    assert "…" not in done.stdout
