"""The reports: a conversation in the terminal, XML that parses, a page that needs nothing else."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from rich.console import Console

from tests.stories_runner.samples import failed_result, passed_result
from videohjelp.settings import ROOT
from videohjelp.stories.html import write_html
from videohjelp.stories.json_events import JsonEvents
from videohjelp.stories.junit import write_junit
from videohjelp.stories.runs import NOT_RUN, Wishes, run
from videohjelp.stories.terminal import TerminalReport

RESULTS = [failed_result(), passed_result()]


def test_the_terminal_shows_a_failure_as_a_conversation() -> None:
    shown = io.StringIO()
    report = TerminalReport("nb", Console(file=shown, width=200))
    for result in RESULTS:
        report.progress(result)
    report.summary(RESULTS, 1.5)
    text = shown.getvalue()
    begin, patient, understood, answer, expected, total = (
        text.index(part)
        for part in (
            "✗ kamera <1>  (tests/e2e/prøve.yml:2)",
            "Du skrev: kameraet virker ikke",
            "Forstått som: camera_not_working (0.91), no_sound (0.05)",
            "Assistenten svarte: <b>Ring 113</b> & vent",
            "tests/e2e/prøve.yml:5: Ventet «55 97 65 51»",
            "1 samtaler gikk som ventet, 1 gjorde ikke det. 1.5 s",
        )
    )
    assert begin < patient < understood < answer < expected < total


def test_junit_is_xml_with_the_conversation_in_the_failure(tmp_path: Path) -> None:
    path = tmp_path / "new" / "junit.xml"
    write_junit(path, [failed_result("a\x00b ]]> <c>"), passed_result()], 1.5, "en")
    root = ET.parse(path).getroot()  # noqa: S314 - our own file
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    failed, passed = root.iter("testcase")
    assert (failed.get("name"), failed.get("line")) == ("kamera <1>", "2")
    failure = failed.find("failure")
    assert failure is not None
    assert failure.get("message") == "Expected '55 97 65 51' in the answer, but it is not there"
    assert "a\N{REPLACEMENT CHARACTER}b ]]> <c>" in (failure.text or "")
    assert passed.find("failure") is None


def test_the_page_needs_nothing_else_and_escapes_what_was_said(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_html(path, RESULTS, 1.5, "nb", model="videohjelp-1")
    page = path.read_text(encoding="utf-8")
    assert not re.search(r"(src|href|url\(|@import|https?://)", page)
    assert "<b>Ring" not in page
    assert "&lt;b&gt;Ring 113&lt;/b&gt; &amp; vent" in page
    assert page.index("kamera &lt;1&gt;") < page.index(">Som ventet<")
    assert '<html lang="nb">' in page


def test_the_events_are_json_lines() -> None:
    stream = io.StringIO()
    events = JsonEvents(stream, "nb")
    events.start("videohjelp-1", 2)
    for result in RESULTS:
        events.case(result)
    events.end(RESULTS, 1.5)
    start, failed, passed, end = map(json.loads, stream.getvalue().splitlines())
    assert start == {"event": "start", "model": "videohjelp-1", "cases": 2}
    assert end == {"event": "end", "passed": 1, "failed": 1, "seconds": 1.5}
    assert (failed["file"], failed["line"], failed["passed"]) == ("tests/e2e/prøve.yml", 2, False)
    (turn,) = failed["turns"]
    assert (turn["user"], turn["intent"], turn["confidence"], turn["runner_up"]) == (
        "kameraet virker ikke",
        "camera_not_working",
        0.91,
        "no_sound",
    )
    assert turn["problems"] == ["Ventet «55 97 65 51» i svaret, men det står der ikke"]
    assert passed["passed"] is True


def test_a_selection_that_fits_nothing_is_told_of_in_the_events(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = ROOT / "tests" / "e2e" / "repetition"
    assert run(Wishes(folder, wanted="finnes ikke", events=True)) == NOT_RUN
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "event": "failed",
        "reason": "Ingen samtale passer til «finnes ikke»",
    }
