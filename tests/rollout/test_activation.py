"""A model is put in force only with a verdict that holds for it and for what lies here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.rollout.models import tiny_model
from videohjelp.rollout.activation import Terms, activate
from videohjelp.rollout.checking import check
from videohjelp.rollout.errors import RolloutError
from videohjelp.rollout.models import Model
from videohjelp.rollout.pointer import Pointer
from videohjelp.rollout.report import listed, status
from videohjelp.rollout.serving import Serving, note_serving, this_process
from videohjelp.rollout.suite import suite_digest
from videohjelp.rollout.verdicts import Verdict, read_verdict, verdict_path, write_verdict


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder with one story."""
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "one.yml").write_text("test_cases: []\n", encoding="utf-8")
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Model:
    """A model that is whole."""
    return Model(tiny_model(tmp_path / "models" / "videohjelp-0123456789ab.tar.gz"))


@pytest.fixture
def passed(model: Model, stories: Path) -> Verdict:
    """The model's verdict: it passed."""
    verdict = Verdict(
        sha256=model.sha256(),
        suite=suite_digest(stories),
        stories="stories",
        passed=True,
        stories_passed=3,
        stories_failed=0,
        content_mistakes=0,
        at="2026-11-27T10:00:00+00:00",
        by="kari",
        seconds=1.5,
    )
    write_verdict(model, verdict)
    return verdict


def put_in_force(model: Model, terms: Terms) -> str | None:
    return activate(Pointer(model.path.parent), model, terms, lambda _: None).checked


@pytest.mark.usefixtures("passed")
def test_a_model_that_passed_is_put_in_force(model: Model, stories: Path) -> None:
    assert put_in_force(model, Terms(stories, already_checked=True)) == "3 of 3 stories in stories"
    in_force = Pointer(model.path.parent).in_force()
    assert in_force is not None
    assert (in_force.model, in_force.sha256) == (model.name, model.sha256())
    with pytest.raises(RolloutError, match="in force already"):
        put_in_force(model, Terms(stories, already_checked=True))


def test_a_model_that_was_never_checked(model: Model, stories: Path) -> None:
    with pytest.raises(RolloutError, match="never checked"):
        put_in_force(model, Terms(stories, already_checked=True))
    assert Pointer(model.path.parent).in_force() is None


@pytest.mark.usefixtures("passed")
def test_a_verdict_does_not_hold_for_other_stories(model: Model, stories: Path) -> None:
    (stories / "two.yml").write_text("test_cases: []\n", encoding="utf-8")
    with pytest.raises(RolloutError, match="stories, content or code have changed"):
        put_in_force(model, Terms(stories, already_checked=True))


@pytest.mark.usefixtures("passed")
def test_a_verdict_does_not_hold_for_another_file(model: Model, stories: Path) -> None:
    tiny_model(model.path, "2026-11-02T10:00:00")
    with pytest.raises(RolloutError, match="file has changed"):
        put_in_force(model, Terms(stories, already_checked=True))


def test_a_model_that_failed(model: Model, stories: Path, passed: Verdict) -> None:
    write_verdict(model, replace(passed, passed=False, stories_passed=2, stories_failed=1))
    with pytest.raises(RolloutError, match="2 of 3 stories"):
        put_in_force(model, Terms(stories, already_checked=True))


@pytest.mark.usefixtures("passed")
def test_a_damaged_verdict_is_none(model: Model, stories: Path) -> None:
    verdict_path(model).write_text("{", encoding="utf-8")
    with pytest.raises(RolloutError, match=r"damaged.*check the model again"):
        put_in_force(model, Terms(stories, already_checked=True))


def test_without_a_check_it_takes_a_reason_which_is_shown(model: Model, stories: Path) -> None:
    with pytest.raises(RolloutError, match="say why"):
        put_in_force(model, Terms(stories, without_check="  "))
    put_in_force(model, Terms(stories, without_check="telefonkø, gammel feil"))
    told = "\n".join(status(model.path.parent, "activated", "0123456789ab"))
    assert "WITHOUT A CHECK: telefonkø, gammel feil" in told


def test_a_damaged_model_is_refused_even_without_a_check(model: Model, stories: Path) -> None:
    model.path.write_bytes(model.path.read_bytes()[:-20])
    with pytest.raises(RolloutError, match="not a whole model"):
        put_in_force(model, Terms(stories, without_check="det haster"))


def test_the_first_model_can_be_rolled_back_to_what_was_served(model: Model, stories: Path) -> None:
    folder = model.path.parent
    served = Model(tiny_model(folder / "served.tar.gz", "2026-10-01T10:00:00"))
    host, pid = this_process()
    note_serving(folder, Serving(host, pid, served.name, served.sha256(), "2026-11-27T09:00:00"))
    put_in_force(model, Terms(stories, without_check="prøve"))
    before = Pointer(folder).before()
    assert before is not None
    assert before.model == served.name


def test_a_server_that_was_killed_is_no_longer_shown(model: Model) -> None:
    folder = model.path.parent
    no_such_pid = 2**22 + 1  # above Linux's highest
    note_serving(folder, Serving(this_process()[0], no_such_pid, "a", "b", "c"))
    assert "No server is running here." in list(status(folder, "auto", ""))


@pytest.mark.usefixtures("passed")
def test_the_list(model: Model, stories: Path) -> None:
    folder = model.path.parent
    put_in_force(model, Terms(stories, already_checked=True))
    tiny_model(folder / "videohjelp-fedcba987654.tar.gz", "2026-11-02T10:00:00")
    lines = {line.split()[0]: line for line in listed(folder, stories, "fedcba987654")}
    assert "IN FORCE" in lines[model.name]
    assert "3 of 3 stories" in lines[model.name]
    assert "other content" in lines[model.name]
    assert "trained 2026-11-02T10:00" in lines["videohjelp-fedcba987654.tar.gz"]
    assert "never checked" in lines["videohjelp-fedcba987654.tar.gz"]


def test_status_tells_of_a_model_of_other_content_and_of_a_missing_one(
    model: Model, stories: Path
) -> None:
    put_in_force(model, Terms(stories, without_check="prøve"))
    folder = model.path.parent
    told = "\n".join(status(folder, "auto", "fedcba987654"))
    assert "was trained from other content than lies here" in told
    model.path.unlink()
    assert "MISSING" in "\n".join(status(folder, "auto", "fedcba987654"))


def test_stories_that_cannot_be_run_are_no_pass(model: Model, stories: Path) -> None:
    told: list[str] = []
    verdict = check(model, stories, 1, told.append)
    assert not verdict.passed
    assert any("the stories were not run" in line for line in told)
    assert read_verdict(model) == verdict
