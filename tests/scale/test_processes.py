"""Any process takes any message of any conversation, and each is answered once."""

from __future__ import annotations

import asyncio
import json
import os
import time

import httpx

from tests.chaos.judging import is_apology
from tests.postgres_server import PostgresServer
from tests.scale.patients import SCRIPTS, TIMEOUT, Counts, Patient, expected_answers, spoken
from tests.server_process import Server
from videohjelp.channels.web.channel import API

#: How many talk side by side.
PATIENTS = int(os.environ.get("VIDEOHJELP_TEST_PATIENTS", "8"))


async def begin(client: httpx.AsyncClient, server: Server) -> dict[str, str]:
    """A conversation; gives the headers of its requests."""
    started = await client.post(f"{server.url}{API}/conversations", json={"language": "nb"})
    return {"Authorization": f"Bearer {started.json()['token']}", "Accept-Language": "nb"}


async def health(client: httpx.AsyncClient, url: str) -> tuple[int, int]:
    """What a server says of its life and its readiness."""
    answers = [await client.get(f"{url}/health/{kind}") for kind in ("live", "ready")]
    return answers[0].status_code, answers[1].status_code


async def test_conversations_that_hop_between_processes_stay_correct(
    servers: list[Server],
) -> None:
    expected = await expected_answers(servers[0].url)
    assert len({tuple(one) for one in expected}) == len(SCRIPTS), "a mix-up must be seen"
    urls = [server.url for server in servers]
    counts = Counts()
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=PATIENTS)) as client:
        patients = [Patient(client, urls, number, counts) for number in range(PATIENTS)]
        await asyncio.gather(*(one.talk(expected[one.number % len(SCRIPTS)]) for one in patients))
    print(counts)
    assert counts.mistakes == []
    assert counts.answered == counts.sent == sum(len(one.script) for one in patients)


async def test_a_message_sent_to_all_processes_at_once_is_answered_once(
    servers: list[Server],
) -> None:
    async with httpx.AsyncClient(timeout=20) as client:
        headers = await begin(client, servers[0])
        body = {"id": "the-same-for-all", "text": "kameraet virker ikke"}
        answers = await asyncio.gather(
            *(
                client.post(f"{one.url}{API}/messages", json=body, headers=headers)
                for one in servers
            )
        )
        stored = await client.get(f"{servers[1].url}{API}/messages", headers=headers)
    assert [one.status_code for one in answers] == [200] * len(servers)
    first, *others = [one.json()["messages"] for one in answers]
    assert others == [first] * len(others)
    own = [one for one in stored.json()["messages"] if one["from"] == "user"]
    assert [one["text"] for one in own] == ["kameraet virker ikke"]


async def test_messages_sent_to_different_processes_at_once_wait_for_each_other(
    servers: list[Server],
) -> None:
    texts = ["kameraet virker ikke", "hva koster det?", "jeg hører ingen lyd"]
    async with httpx.AsyncClient(timeout=20) as client:
        headers = await begin(client, servers[0])
        answers = await asyncio.gather(
            *(
                client.post(
                    f"{server.url}{API}/messages",
                    json={"id": f"number-{number}-of-three", "text": texts[number]},
                    headers=headers,
                )
                for number, server in enumerate(servers)
            )
        )
        stored = (await client.get(f"{servers[0].url}{API}/messages", headers=headers)).json()
    assert [one.status_code for one in answers] == [200] * len(servers)
    messages = stored["messages"]
    assert sorted(one["text"] for one in messages if one["from"] == "user") == sorted(texts)
    said = spoken(messages)
    assert len(said) == 1 + len(texts)
    assert all(said), "each has its answer behind it, before the next one"
    assert not any(is_apology(one) for one in said)


async def test_a_page_at_one_process_hears_what_was_said_at_another(
    servers: list[Server],
) -> None:
    here, there = servers[:2]
    async with httpx.AsyncClient(timeout=20) as client:
        headers = await begin(client, there)
        stored = await client.get(f"{here.url}{API}/messages", headers=headers)
        newest = stored.json()["messages"][-1]["seq"]
        async with client.stream(
            "GET", f"{here.url}{API}/events", params={"after": newest}, headers=headers
        ) as stream:
            lines = stream.aiter_lines()
            await lines.__anext__()
            await asyncio.sleep(0.5)
            begun = time.monotonic()
            sending = asyncio.create_task(
                client.post(
                    f"{there.url}{API}/messages",
                    json={"id": "heard-again", "text": "kameraet virker ikke"},
                    headers=headers,
                )
            )
            async for line in lines:
                if line.startswith("data: "):
                    break
            # Without news it would be looked for after ten seconds, or after three.
            assert time.monotonic() - begun < 2.5
            await sending
    heard = json.loads(line.removeprefix("data: "))
    assert (heard["from"], heard["text"]) == ("user", "kameraet virker ikke")


# The last one: it leaves two processes. The deep version is `make chaos`.
async def test_a_process_is_killed_and_the_database_away_for_three_seconds(
    servers: list[Server], postgres: PostgresServer
) -> None:
    urls = [server.url for server in servers]
    counts = Counts()
    async with httpx.AsyncClient() as client:
        patients = [Patient(client, urls, number, counts) for number in range(8)]
        talking = [asyncio.create_task(one.talk(None, pause=2.0)) for one in patients]
        await asyncio.sleep(1.5)
        servers[0].kill()
        # One fault after the other: the killed one's locks end after five seconds.
        await asyncio.sleep(5.5)
        await asyncio.to_thread(postgres.kill)
        await asyncio.sleep(3)
        away = [await health(client, url) for url in urls[1:]]
        await asyncio.to_thread(postgres.start)
        await asyncio.gather(*talking)
        there = [await health(client, url) for url in urls[1:]]
    print(counts)
    assert away == [(200, 503)] * 2
    assert there == [(200, 200)] * 2
    # The ten seconds to the first word are judged by `make chaos`, on a quiet machine.
    assert [one for one in counts.mistakes if "heard nothing" not in one] == []
    assert counts.slowest_word < TIMEOUT
    assert counts.apologies
    assert counts.no_connection
    assert counts.answered == counts.sent == sum(len(one.script) for one in patients)
