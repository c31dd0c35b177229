"""What the test's own processes do: bring messages in, answer them, send the replies.

They write down what they did in a file each, so that the test can look at it afterwards; the
provider of the tests is a file as well: one line for each message it took.
"""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from tests.sms.messages import PROVIDER, SERVICE
from videohjelp.sms.inbox import Inbox
from videohjelp.sms.outbox import Outbox, Reply
from videohjelp.sms.phone_ids import PhoneIds
from videohjelp.sms.queue import LostLeaseError
from videohjelp.storage.schema import open_database

KEY = "only-for-tests-" * 3


def texts(numbers: int, each: int) -> list[tuple[str, str]]:
    """The messages of the test as they come: number and text ("7:3" is the fourth of number 7)."""
    return [
        (f"+479{number:07d}", f"{number}:{nth}") for nth in range(each) for number in range(numbers)
    ]


def bring(url: str, messages: list[tuple[str, str]]) -> int:
    """Brings all messages in, again and again until each was taken; gives how many were new."""
    inbox, ids = Inbox(open_database(url)), PhoneIds([KEY])
    new = 0
    for number, text in messages:
        while True:
            try:
                new += inbox.accept(
                    provider=PROVIDER,
                    provider_message_id=text,
                    service_number=SERVICE,
                    sender_ids=ids.candidates(number),
                    number=ids.encrypt(number),
                    text=text,
                    received_at=_now(),
                )
            except OperationalError:  # SQLite is busy: the provider comes again
                continue
            break
    return new


def answer(url: str, diary: Path, total: int, dying: float = 0.0, lease: float = 60.0) -> None:
    """Answers until `total` messages are done; writes begin, end and text of each to the diary.

    dying: how probable it is to be killed at each of three points of a message.
    """
    inbox = Inbox(open_database(url))
    chance = random.Random(os.getpid() ^ time.monotonic_ns())  # noqa: S311

    def maybe_die(_: Connection | None = None) -> None:
        if chance.random() < dying:
            os.kill(os.getpid(), signal.SIGKILL)

    with diary.open("a") as written:
        while inbox.counts().get("done", 0) < total:
            message = inbox.claim(_now(), timedelta(seconds=lease))
            if message is None:
                time.sleep(0.02)
                continue
            began = time.monotonic()
            maybe_die()
            replies = [Reply(f"{message.text}:{part}", 1) for part in "ab"]
            try:
                inbox.finish(message, replies, _now(), changes=[maybe_die])
            except LostLeaseError:
                continue
            # The commit lies between the last look at the clock and now.
            written.write(f"{began} {time.monotonic()} {message.text}\n")
            written.flush()
            maybe_die()


def send(url: str, provider: Path, total: int, dying: float = 0.0, lease: float = 60.0) -> None:
    """Sends until `total` messages are sent; each is a line in the provider's file.

    The provider knows the keys it has seen, and says so when it is asked.
    """
    outbox = Outbox(open_database(url))
    chance = random.Random(os.getpid() ^ time.monotonic_ns())  # noqa: S311
    while outbox.counts().get("sent", 0) < total:
        left_over = outbox.uncertain(_now(), timedelta(seconds=lease))
        if left_over is not None:
            if left_over.key in provider.read_text():
                outbox.sent(left_over.key, left_over.key, _now())
            else:
                outbox.retry(left_over, _now(), "crash")
            continue
        message = outbox.claim(_now(), timedelta(seconds=lease))
        if message is None:
            time.sleep(0.02)
            continue
        if chance.random() < dying:
            os.kill(os.getpid(), signal.SIGKILL)
        with provider.open("a") as taken:
            taken.write(f"{message.key} {message.text}\n")
        if chance.random() < dying:
            os.kill(os.getpid(), signal.SIGKILL)
        outbox.sent(message.key, message.key, _now())


def _now() -> datetime:
    return datetime.now(timezone.utc)
