"""Several real processes at once, and processes that are killed: each message is answered once."""

from __future__ import annotations

import multiprocessing
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest
import sqlalchemy as sa

from videohjelp.sms.inbox import Inbox
from videohjelp.sms.outbox import Outbox
from videohjelp.sms.tables import inbox as inbox_table
from videohjelp.sms.tables import outbox as outbox_table
from videohjelp.storage.schema import open_database

from .processes import answer, bring, send, texts

SPAWN = multiprocessing.get_context("spawn")
LONGEST = 240


def _in_order(said: list[str]) -> dict[str, list[str]]:
    """What was said to each number, in the order in which it was."""
    by_number: dict[str, list[str]] = defaultdict(list)
    for text in said:
        by_number[text.split(":")[0]].append(text)
    return by_number


def _replies(number: int, each: int) -> list[str]:
    return [f"{number}:{nth}:{part}" for nth in range(each) for part in "ab"]


def test_four_workers_answer_every_message_once_and_in_order(
    database_url: str, tmp_path: Path
) -> None:
    messages = texts(numbers=20, each=10)
    provider = tmp_path / "provider"
    provider.touch()
    diaries = [tmp_path / f"diary{worker}" for worker in range(4)]
    with ProcessPoolExecutor(8, mp_context=SPAWN) as pool:
        # Each message is delivered twice, by two processes at the same time.
        bringing = [pool.submit(bring, database_url, messages) for _ in range(2)]
        working = [pool.submit(answer, database_url, one, len(messages)) for one in diaries]
        sending = [pool.submit(send, database_url, provider, 2 * len(messages)) for _ in range(2)]
        for done in working + sending:
            done.result(LONGEST)
        assert sum(done.result() for done in bringing) == len(messages)

    engine = open_database(database_url)
    with engine.connect() as connection:
        for table in (inbox_table, outbox_table):
            attempts = connection.execute(sa.select(sa.func.max(table.c.attempts))).scalar()
            assert attempts == 1, "nothing was in two workers' hands"
    engine.dispose()
    handled = sorted(
        (float(begin), float(end), text)
        for diary in diaries
        for begin, end, text in map(str.split, diary.read_text().splitlines())
    )
    assert sorted(text for *_, text in handled) == sorted(text for _, text in messages)
    assert sum(1 for diary in diaries if diary.read_text()) > 1, "several took part"
    for number in range(20):
        own = [one for one in handled if one[2].split(":")[0] == str(number)]
        assert [text for *_, text in own] == [f"{number}:{nth}" for nth in range(10)]
    sent = _in_order([line.split()[1] for line in provider.read_text().splitlines()])
    assert sent == {str(number): _replies(number, 10) for number in range(20)}


@pytest.mark.parametrize("dying", [0.1])
def test_killed_processes_lose_nothing_and_double_nothing(
    database_url: str, tmp_path: Path, dying: float
) -> None:
    messages = texts(numbers=6, each=4)
    engine = open_database(database_url)
    inbox, outbox = Inbox(engine), Outbox(engine)
    bring(database_url, messages)
    provider = tmp_path / "provider"
    provider.touch()
    total = len(messages)
    work: list[tuple[Callable[..., None], tuple[object, ...]]] = [
        (answer, (database_url, tmp_path / "diary1", total, dying, 1.0)),
        (answer, (database_url, tmp_path / "diary2", total, dying, 1.0)),
        (send, (database_url, provider, 2 * total, dying, 1.0)),
    ]
    running: list[SpawnProcess | None] = [None] * len(work)
    killed = 0
    deadline = time.monotonic() + LONGEST
    while outbox.counts().get("sent", 0) < 2 * total:
        assert time.monotonic() < deadline, (inbox.counts(), outbox.counts())
        for place, (target, arguments) in enumerate(work):
            process = running[place]
            if process is None or not process.is_alive():
                killed += process is not None and process.exitcode == -9
                running[place] = SPAWN.Process(target=target, args=arguments)
                running[place].start()  # type: ignore[union-attr]
        time.sleep(0.05)
    for process in running:
        if process is not None:
            process.join(30)
    assert killed > 3, "the test must kill to prove anything"
    assert inbox.counts() == {"done": total}
    assert outbox.counts() == {"sent": 2 * total}
    taken = [line.split() for line in provider.read_text().splitlines()]
    assert len({key for key, _ in taken}) == len(taken) == 2 * total
    assert _in_order([text for _, text in taken]) == {
        str(number): _replies(number, 4) for number in range(6)
    }
    engine.dispose()
