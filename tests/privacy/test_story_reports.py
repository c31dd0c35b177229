"""Reports of story tests show no identifier: a story may be a patient's conversation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.privacy.canaries import canaries, found_in
from videohjelp.stories import runs, workers
from videohjelp.stories.cases import TestCase, Turn
from videohjelp.stories.results import CaseResult, Heard, Problem, TurnResult


def test_reports_of_stories_show_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A story may be a patient's conversation, and staff may add to it."""
    some = canaries()
    turns = [
        TurnResult(
            Turn(one.sentence),
            Heard(texts=(f"Du skrev {one.sentence}",)),
            (Problem("contains_missing", 1, {"want": one.sentence, "got": one.sentence}),),
        )
        for one in some
    ]
    result = CaseResult(TestCase(f"heter {some[0].sentence}", ()), tuple(turns), 0.1)
    monkeypatch.setattr(runs, "checked", lambda *_: [result.case])
    monkeypatch.setattr(workers, "load", lambda _: None)
    monkeypatch.setattr(workers, "run_cases", lambda *_: iter([result]))
    reports = [tmp_path / "report.html", tmp_path / "report.xml"]
    for events in (True, False):
        wishes = runs.Wishes(
            folder=tmp_path, language="nb", wanted=None, jobs=1, junit=reports[1],
            html=reports[0], events=events, model=tmp_path / "model.tar.gz",
        )  # fmt: skip
        assert runs.run(wishes) == runs.FAILED
    for content in (*(path.read_bytes() for path in reports), capsysbinary.readouterr().out):
        assert "[fødselsnummer]".encode() in content or b"dselsnummer]" in content
        assert {one.sentence for one in found_in(content, some)} == set()
