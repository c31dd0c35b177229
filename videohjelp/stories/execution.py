"""Runs test cases against the assistant in this process."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from videohjelp import clock
from videohjelp.server.assistant import load_assistant
from videohjelp.stories.cases import TestCase, Turn
from videohjelp.stories.failures import failure
from videohjelp.stories.matching import problems
from videohjelp.stories.results import CaseResult, Heard, Problem, TurnResult
from videohjelp.stories.sms import SmsChannel, SmsTalk
from videohjelp.stories.web import NotOfferedError, WebTalk
from videohjelp.stories.witness import Witness


class Execution:
    """The assistant, loaded once, and all that a test case needs of it.

    The process's database is the one of VIDEOHJELP_DATABASE_URL; its logs go nowhere.
    """

    def __init__(self, model: Path) -> None:
        """Takes the trained model's file. Raises AssistantError when it cannot be loaded."""
        self.agent = load_assistant(model)
        self._witness = Witness(self.agent)
        self._sms = SmsChannel(self.agent, self._witness)
        self._loop = asyncio.new_event_loop()

    def run(self, case: TestCase) -> CaseResult:
        """Has the conversation, to its end or to a step that cannot be taken."""
        begin = time.monotonic()
        with clock.frozen(case.clock):
            turns = self._loop.run_until_complete(self._converse(case))
        return CaseResult(case, tuple(turns), time.monotonic() - begin)

    async def _converse(self, case: TestCase) -> list[TurnResult]:
        talk: WebTalk | SmsTalk = (
            WebTalk(self.agent, self._witness) if case.channel == "web" else self._sms.phone(case)
        )
        self._witness.take()
        await talk.begin(case)
        done: list[TurnResult] = []
        for turn in case.turns:
            try:
                heard = await talk.say(turn)
            except NotOfferedError as error:
                offered = ", ".join(f"[{title}]" for title in error.offered) or "–"
                values = {"want": error.title, "got": offered}
                found = Problem("button_not_offered", turn.line, values)
                return [*done, TurnResult(turn, Heard(), (found,))]
            except Exception as error:  # whatever it is, the other cases go on
                return [*done, _broken(turn, error)]
            found_problems = list(problems(turn, heard, strict=case.strict))
            if case.channel == "web" and not heard.texts:
                found_problems.append(Problem("no_answer", turn.line))
            done.append(TurnResult(turn, heard, tuple(found_problems)))
        return done


def _broken(turn: Turn, error: Exception) -> TurnResult:
    heard = Heard(failures=(failure("handle_message", error),))
    return TurnResult(turn, heard, problems(Turn(turn.text, line=turn.line), heard))
