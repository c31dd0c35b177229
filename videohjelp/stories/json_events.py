"""The run as JSON, one object a line, for programs that show it while it goes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from videohjelp.stories.results import CaseResult, TurnResult
from videohjelp.stories.texts import StaffLanguage


class JsonEvents:
    """Writes `start`, a `case` for each result, and `end`; or `failed`."""

    def __init__(self, stream: TextIO, language: StaffLanguage) -> None:
        """Takes where to write, and the language of what was wrong."""
        self._stream = stream
        self._language = language

    def start(self, model: str, cases: int) -> None:
        """The run begins. model: its name. cases: how many there are."""
        self._write(event="start", model=model, cases=cases)

    def case(self, result: CaseResult) -> None:
        """A case is done."""
        self._write(**case_event(result, self._language))

    def end(self, results: Sequence[CaseResult], seconds: float) -> None:
        """The run is over."""
        passed = sum(result.passed for result in results)
        failed = len(results) - passed
        self._write(event="end", passed=passed, failed=failed, seconds=round(seconds, 3))

    def failed(self, reason: str) -> None:
        """Nothing was run, or not to the end. reason: a sentence, or more."""
        self._write(event="failed", reason=reason)

    def _write(self, **event: Any) -> None:
        print(json.dumps(event, ensure_ascii=False), file=self._stream, flush=True)


def case_event(result: CaseResult, language: StaffLanguage) -> dict[str, Any]:
    """A result as plain values."""
    return {
        "event": "case",
        "name": result.case.name,
        "file": result.case.path,
        "line": result.case.line,
        "passed": result.passed,
        "seconds": round(result.seconds, 3),
        "turns": [_turn(turn, language) for turn in result.turns],
    }


def _turn(turn: TurnResult, language: StaffLanguage) -> dict[str, Any]:
    understood = turn.heard.understood
    return {
        "user": turn.turn.text,
        "pressed": turn.turn.is_press,
        "line": turn.turn.line,
        "intent": understood.intent if understood else None,
        "confidence": understood.confidence if understood else None,
        "runner_up": understood.runner_up if understood else None,
        "runner_up_confidence": understood.runner_up_confidence if understood else None,
        "bot": list(turn.heard.texts),
        "responses": list(turn.heard.responses),
        "actions": list(turn.heard.actions),
        "buttons": list(turn.heard.buttons),
        "problems": [problem.said(language) for problem in turn.problems],
    }
