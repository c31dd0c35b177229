"""What must hold of every answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.fuzz.acts import Act
from tests.fuzz.talk import Answer
from videohjelp.channels.clean_text import clean

#: More of the processor than this for one message is a fault of its own, in seconds; of 99 in 100
#: messages none may have half of it (figures.py).
TOO_SLOW = 2.0
#: A value that a response's text should have had ("{deadline}").
_UNFILLED = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True)
class Problem:
    """What is wrong. kind: the same for the same fault, so that it can be made smaller."""

    kind: str
    detail: str


def problem(act: Act, answer: Answer, errors: list[str], limit: int, cpu: float) -> Problem | None:
    """The first thing that is wrong with an answer; None when nothing is.

    errors: logged meanwhile. limit: the longest text, in characters. cpu: seconds of processor
    time.
    """
    if errors:
        return Problem(f"logged: {_last_line(errors[0])}", "\n".join(errors))
    if answer.refusal is not None and not _may_refuse(act, answer.refusal, limit):
        return Problem(f"refused: {answer.refusal}", "this act should have been answered")
    if answer.refusal is None and answer.silence is None:
        if not any(text.strip() for text in answer.texts):
            return Problem("no answer", "there is no text in the answer")
        unfilled = next((text for text in answer.texts if _UNFILLED.search(text)), None)
        if unfilled is not None:
            return Problem("unfilled", unfilled)
    return Problem("too slow", f"{cpu:.2f} s of processor time") if cpu > TOO_SLOW else None


def _may_refuse(act: Act, code: str, limit: int) -> bool:
    if act.kind == "press":
        return code == "not_offered"
    if act.kind != "text":
        return False
    if code == "too_long":
        return len(act.value) > limit
    return code == "empty" and not clean(act.value)


def _last_line(error: str) -> str:
    """The kind of the exception, without what it quotes."""
    lines = [line for line in error.splitlines() if line and not line.startswith(" ")]
    return (lines[-1] if lines else error).split(":")[0][:120]
