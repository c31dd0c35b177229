"""Takes what identifies somebody out of results: a story may be a patient's conversation."""

from __future__ import annotations

from dataclasses import replace

from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact
from videohjelp.stories.results import CaseResult, Problem, TurnResult


def without_identifiers(result: CaseResult) -> CaseResult:
    """The result as reports may show it: every text in it redacted."""
    case = replace(result.case, name=_redacted(result.case.name))
    return replace(result, case=case, turns=tuple(map(_turn, result.turns)))


def _turn(result: TurnResult) -> TurnResult:
    heard = result.heard
    return replace(
        result,
        turn=replace(result.turn, text=_redacted(result.turn.text)),
        heard=replace(heard, texts=tuple(map(_redacted, heard.texts))),
        problems=tuple(map(_problem, result.problems)),
    )


def _problem(problem: Problem) -> Problem:
    values = {name: _redacted(value) for name, value in problem.values.items()}
    return replace(problem, values=values)


def _redacted(text: str) -> str:
    return redact(text, own_numbers())
