from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from videohjelp.server.logs import TEXT_FIELDS, be_quiet, without_texts
from videohjelp.settings import ROOT

PREPARE = """
from videohjelp.server.logs import be_quiet, configure_logs
be_quiet()
configure_logs()
import logging, structlog
log = structlog.get_logger("videohjelp.test")
"""

Lines = list[dict[str, object]]


@pytest.fixture
def logged() -> Callable[[str], Lines]:
    """What a program writes to standard error, line by line."""

    def run(program: str) -> Lines:
        done = subprocess.run(
            [sys.executable, "-c", PREPARE + program],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == ""
        return [json.loads(line) for line in done.stderr.splitlines()]

    return run


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_fields_with_patients_words_are_left_out(field: str) -> None:
    event = without_texts(None, "info", {"event": "x", field: "mor er syk", "n": 1})
    assert event == {"event": "x", field: "[left out]", "n": 1}


def test_fields_deep_inside_are_left_out_and_redacted() -> None:
    event = without_texts(
        None,
        "info",
        {
            "event": "rom 123456",
            "data": {"text": "mor er syk", "rows": [{"message": "x"}, "pin 1234", 7]},
            "timestamp": "2026-12-24T10:30:00.123456Z",
        },
    )
    assert event == {
        "event": "rom [romnummer]",
        "data": {"text": "[left out]", "rows": [{"message": "[left out]"}, "pin [pin-kode]", 7]},
        "timestamp": "2026-12-24T10:30:00.123456Z",
    }


def test_the_address_that_sanic_could_not_serve_is_left_out() -> None:
    said = "Exception occurred while handling uri: 'http://x/jeg%20heter%20Kari?a=1'"
    event = without_texts(None, "error", {"event": said})
    assert event["event"] == "Exception occurred while handling uri: [left out]"


def test_what_is_no_text_is_redacted_as_it_would_be_written() -> None:
    values = {"event": "x", "body": b"ring 412 34 567", "error": ValueError("15108695088"), "n": 7}
    event = without_texts(None, "error", values)
    assert event == {"event": "x", "body": "b'ring [telefonnummer]'", "error": "ValueError", "n": 7}


def test_each_line_is_one_json_object(logged: Callable[[str], Lines]) -> None:
    (line,) = logged('log.info("ready", seconds=1.5, text="mor er syk")')
    assert line["event"] == "ready"
    assert line["level"] == "info"
    assert line["logger"] == "videohjelp.test"
    assert line["seconds"] == 1.5
    assert line["text"] == "[left out]"
    assert str(line["timestamp"]).endswith("Z")


def test_a_trace_is_one_line_without_what_the_error_quotes(logged: Callable[[str], Lines]) -> None:
    (line,) = logged(
        """
try:
    try:
        {}["syk" + "dom"]
    except KeyError as error:
        raise ValueError("fnr " + str(151086) + "95088\\nog mer") from error
except ValueError:
    log.exception("action_failed", action="action_x")
"""
    )
    trace = str(line["exception"])
    assert "ValueError" in trace
    assert "KeyError" in trace
    assert "sykdom" not in trace
    assert "15108695088" not in trace


def test_what_rasa_and_others_say_is_json_too_and_only_errors(
    logged: Callable[[str], Lines],
) -> None:
    lines = logged(
        """
logging.getLogger("rasa.core.processor").warning("not this")
logging.getLogger("rasa.core.processor").error("pin %s", "1234")
logging.getLogger("somebody").info("nor this")
logging.getLogger("somebody").warning("but this: å")
"""
    )
    assert [(line["logger"], line["event"]) for line in lines] == [
        ("rasa.core.processor", "pin [pin-kode]"),
        ("somebody", "but this: å"),
    ]


def test_the_level_holds_for_our_own(logged: Callable[[str], Lines]) -> None:
    assert logged('configure_logs("ERROR"); log.warning("x"); log.info("y")') == []


def test_a_lone_surrogate_can_be_logged(logged: Callable[[str], Lines]) -> None:
    (line,) = logged('log.error("x", reason="\\ud83d")')
    assert line["event"] == "x"


def test_quiet_leaves_what_somebody_has_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    be_quiet()
    assert os.environ["RASA_TELEMETRY_ENABLED"] == "true"
    assert os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] == "1"
    assert logging.getLogger().handlers is not None


def test_a_models_name_stays_whole() -> None:
    """Its fingerprint has digits like a room number's; it is this program's own."""
    event = without_texts(None, "info", {"event": "ready", "model": "videohjelp-1d710022df51"})
    assert event["model"] == "videohjelp-1d710022df51"
    assert without_texts(None, "info", {"event": "x", "other": "710022"})["other"] != "710022"
