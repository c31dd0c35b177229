"""Kills the server between acknowledgement and reply, again and again, and counts the answers.

`python -m tests.channels.sms.crash --times 50`, or `make sms-crash`.

Each round starts the real server, brings it messages from several patients as Twilio does (signed,
over HTTP), and kills it (SIGKILL) at a random moment after the first acknowledgement. What was not
acknowledged is brought again in the next round under the same id, as Twilio does, and some of what
was acknowledged is brought again too. The provider is slow, takes its messages before it answers,
and remembers them: what it has taken at the end is what the patients have got.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.channels.sms.provider_server import ProviderServer, provider_server
from tests.channels.sms.twilio_calls import bring, twilio_settings
from tests.server_process import Server, running_server

#: What patients write, and what each answer must have; None for a message that gets none.
SCRIPTS: tuple[tuple[tuple[str, str | None], ...], ...] = (
    (("HJELP", "113.*55 97 65 51"), ("START", "svar igjen"), ("MER", "ikke mer å lese")),
    (
        ("De ser meg ikke på videoen", "Tillat.*kameraet"),
        ("nei", "strek over symbolet"),
        ("nei", "iPhone, iPad, Android eller PC"),
    ),
    (
        ("Jeg fikk ikke skrevet inn navnet mitt", "join.nhn.no.*fullt navn"),
        ("det hjalp ikke", "Lukk videosiden"),
        ("2", "avdelingen som har kalt deg inn"),
    ),
    (("STOPP", "ikke flere meldinger"), ("Hallo?", None), ("START", "svar igjen")),
    (("Hvor finner jeg innkallingsbrevet?", "helsenorge.no"),),
)
#: Seconds after the first acknowledgement within which the kill comes, or else when one piece of
#: work is left.
LATEST_KILL = 4.0
#: Seconds that the provider takes at most, before it takes a message and again before it answers.
SLOWNESS = 0.4
#: How many of the acknowledged messages come again.
AGAIN = 0.3
#: Leases must be over before a message is taken up again: 7 s in the inbox, 60 s in the outbox.
LONGEST_REST = 400.0


@dataclass
class Patient:
    """Somebody who writes the messages of a script, each when the one before is acknowledged."""

    number: str
    script: tuple[tuple[str, str | None], ...]
    acknowledged: int = 0

    def sid(self, nth: int) -> str:
        """The provider's id of a message."""
        return f"SM{self.number.removeprefix('+')}n{nth}"

    def write(self, url: str, first: threading.Event) -> None:
        """Brings messages until all are acknowledged, or one is not."""
        for nth in range(self.acknowledged):
            if random.random() < AGAIN:  # noqa: S311
                bring(url, self.sid(nth), self.number, self.script[nth][0])
        while self.acknowledged < len(self.script):
            nth = self.acknowledged
            if not bring(url, self.sid(nth), self.number, self.script[nth][0]):
                return
            self.acknowledged += 1
            first.set()

    @property
    def answers(self) -> list[str]:
        """What the answers to the acknowledged messages must have."""
        return [answer for _, answer in self.script[: self.acknowledged] if answer is not None]


@dataclass
class Outcome:
    """What became of the messages. open_*: what the kills left to do, summed over the kills."""

    kills: int = 0
    kills_with_work_left: int = 0
    open_messages: int = 0
    open_replies: int = 0
    accepted: int = 0
    silent: int = 0
    answers: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether each message has got its one answer."""
        return self.lost == self.doubled == 0 and not self.wrong

    def __str__(self) -> str:
        return (
            f"{self.kills} kills ({self.kills_with_work_left} with work left: "
            f"{self.open_messages} messages, {self.open_replies} replies), "
            f"{self.accepted} messages accepted ({self.silent} of them to be met with silence), "
            f"{self.answers} answers, "
            f"{self.lost} lost, {self.doubled} doubled, {len(self.wrong)} wrong or out of order"
        )


def run(times: int, folder: Path) -> Outcome:
    """Kills the server so many times, lets it finish its work, and looks at what was sent."""
    outcome = Outcome()
    patients: list[Patient] = []
    numbers = (f"+47901{nth:05d}" for nth in range(100_000))
    with provider_server() as provider:
        provider.slowness = SLOWNESS
        settings = twilio_settings(provider.url)
        for _ in range(times):
            patients += [Patient(next(numbers), script) for script in SCRIPTS]
            with running_server(folder, **settings) as server:
                _write_and_kill(server, patients, folder)
            _note_open(outcome, folder)
        with running_server(folder, **settings) as server:
            for patient in patients:
                patient.write(server.url, threading.Event())
            _rest(folder)
        _judge(outcome, patients, provider)
    return outcome


def _write_and_kill(server: Server, patients: list[Patient], folder: Path) -> None:
    first = threading.Event()
    with ThreadPoolExecutor(len(patients)) as pool:
        for patient in patients:
            pool.submit(patient.write, server.url, first)
        first.wait(10)
        moment = time.monotonic() + random.uniform(0, LATEST_KILL)  # noqa: S311
        while time.monotonic() < moment and not _nearly_done(patients, folder):
            time.sleep(0.01)
        server.kill()


def _nearly_done(patients: list[Patient], folder: Path) -> bool:
    """A kill that comes later, on a fast machine, finds nothing to break."""
    acknowledged = all(one.acknowledged == len(one.script) for one in patients)
    return acknowledged and sum(_open(folder)) <= 1


def _note_open(outcome: Outcome, folder: Path) -> None:
    messages, replies = _open(folder)
    outcome.kills += 1
    outcome.kills_with_work_left += bool(messages or replies)
    outcome.open_messages += messages
    outcome.open_replies += replies


def _rest(folder: Path) -> None:
    """Waits until everything is answered and sent."""
    deadline = time.monotonic() + LONGEST_REST
    while any(_open(folder)):
        assert time.monotonic() < deadline, f"work is left: {_open(folder)}"
        time.sleep(0.5)


def _open(folder: Path) -> tuple[int, int]:
    """How many messages are not answered, and how many replies not sent."""
    with closing(sqlite3.connect(folder / "server.db", timeout=10)) as connection:
        found = [
            connection.execute(
                f"SELECT COUNT(*) FROM {table} WHERE state IN ('waiting', 'taken')"  # noqa: S608
            ).fetchone()[0]
            for table in ("sms_inbox", "sms_outbox")
        ]
    return found[0], found[1]


def _judge(outcome: Outcome, patients: list[Patient], provider: ProviderServer) -> None:
    for patient in patients:
        wanted = patient.answers
        got = [one["Body"] for one in provider.taken if one["To"] == patient.number]
        outcome.accepted += patient.acknowledged
        outcome.silent += patient.acknowledged - len(wanted)
        outcome.answers += len(got)
        outcome.lost += max(0, len(wanted) - len(got))
        outcome.doubled += max(0, len(got) - len(wanted))
        for pattern, text in zip(wanted, got):  # noqa: B905 - the lengths are counted above
            if not re.search(pattern, text, re.DOTALL):
                outcome.wrong.append(f"{patient.number}: no {pattern!r} in: {text}")


def main(arguments: list[str]) -> int:
    """Prints what came out; 1 when a message was lost or answered twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50, help="how often the server is killed")
    times = parser.parse_args(arguments).times
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(times, Path(folder))
    print("\n".join([str(outcome), *outcome.wrong]))
    return 0 if outcome.is_right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
