"""The server is killed between acknowledgement and reply: nothing is lost, nothing comes twice."""

from __future__ import annotations

from pathlib import Path

from tests.channels.sms import crash
from tests.figures import record

TIMES = 3


def test_each_accepted_message_has_its_one_answer(model: Path, tmp_path: Path) -> None:
    """The deep version is `make sms-crash`."""
    outcome = crash.run(TIMES, tmp_path)
    record(f"SMS, server killed {TIMES} times", str(outcome))
    assert outcome.kills_with_work_left, "no kill came between acknowledgement and reply"
    assert outcome.is_right, f"{outcome}\n" + "\n".join(outcome.wrong)
    assert outcome.accepted == TIMES * sum(map(len, crash.SCRIPTS))
