"""What a scenario happens on: server processes, and what they stand on."""

from __future__ import annotations

import asyncio
import functools
import itertools
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.steady_clock import now
from tests.chaos.tcp_proxy import TcpProxy
from tests.ports import free_port
from tests.postgres_server import PostgresServer
from tests.redis_server import RedisServer
from tests.server_process import Server, start_server_with

PROCESSES = 3
#: The scenarios' patients are one network, and write more than one person does.
PLENTY = {
    "SMS_DAILY_SEGMENTS": "1000000",
    "NETWORK_REQUESTS_PER_MINUTE": "1000000",
    "WEB_NETWORK_REQUESTS_PER_MINUTE": "1000000",
    "WEB_NETWORK_STARTS_PER_MINUTE": "1000000",
}


class NotRunnableError(Exception):
    """This machine lacks what a scenario needs. The text says what."""


@dataclass
class Fault:
    """When something was wrong, by the steady clock.

    ready: what /health/ready must say meanwhile; None where it may say either. stores: whether
    anything can be stored meanwhile.
    """

    name: str
    begun: float
    ready: bool | None
    stores: bool
    ended: float | None = None


@dataclass
class Processes:
    """Server processes that may be killed and started again; each keeps its address."""

    folder: Path
    settings: Mapping[str, str]
    variables: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    number: int = PROCESSES
    #: Those that were killed on purpose, and are not ready again.
    down: set[int] = field(default_factory=set)
    _servers: dict[int, Server] = field(default_factory=dict)
    _ports: dict[int, int] = field(default_factory=dict)

    async def start(self) -> None:
        """Starts all of them, the first one before the others: it makes the tables."""
        await self.start_one(0)
        await asyncio.gather(*(self.start_one(one) for one in range(1, self.number)))

    async def start_one(self, number: int) -> None:
        """Starts one, and waits until it is ready."""
        self._ports.setdefault(number, free_port())
        folder = self.folder / f"server{number}"
        folder.mkdir(exist_ok=True)
        settings = {**PLENTY, "PORT": str(self._ports[number]), **self.settings}
        variables = self.variables.get(number, {})
        start = functools.partial(start_server_with, variables, folder, **settings)
        self._servers[number] = await asyncio.to_thread(start)
        self.down.discard(number)

    def kill(self, number: int) -> None:
        """Ends one at once (SIGKILL)."""
        self.down.add(number)
        self._servers[number].kill()

    def stop(self) -> None:
        """Ends all as Ctrl-C does."""
        for server in self._servers.values():
            server.stop()

    @property
    def urls(self) -> list[str]:
        """Their addresses."""
        return [f"http://127.0.0.1:{self._ports[one]}" for one in range(self.number)]


@dataclass
class Stage:
    """What runs. database_url: for the test itself, whatever stands between it and the servers."""

    processes: Processes
    database_url: str
    postgres: PostgresServer | None = None
    redis: RedisServer | None = None
    proxy: TcpProxy | None = None
    #: How many patients it can carry, where what breaks it slows it down by itself.
    most_patients: int | None = None
    #: Of the present scenario.
    faults: list[Fault] = field(default_factory=list)

    @property
    def its_postgres(self) -> PostgresServer:
        """The PostgreSQL of a stage that has one."""
        assert self.postgres is not None
        return self.postgres

    @property
    def its_redis(self) -> RedisServer:
        """The Redis of a stage that has one."""
        assert self.redis is not None
        return self.redis

    @contextmanager
    def fault(self, name: str, *, ready: bool | None, stores: bool = True) -> Iterator[None]:
        """Notes that something is wrong within the context."""
        fault = Fault(name, now(), ready, stores)
        self.faults.append(fault)
        try:
            yield
        finally:
            fault.ended = now()

    def waited(self, since: float) -> float:
        """Seconds since a moment, counted anew from when things can be stored again."""
        present = now()
        for fault in self.faults:
            if not fault.stores and (fault.ended is None or fault.ended > since):
                since = max(since, fault.ended or present)
        return present - since

    def in_turn(self) -> Iterator[str]:
        """The processes' addresses, one after the other, for ever."""
        return itertools.cycle(self.processes.urls)


@asynccontextmanager
async def cluster(
    folder: Path,
    variables: Mapping[int, Mapping[str, str]] | None = None,
    *,
    proxied: bool = False,
    **settings: str,
) -> AsyncIterator[Stage]:
    """Three processes over one PostgreSQL and one Redis.

    proxied: PostgreSQL through a proxy, which passes on nothing while the test itself waits for a
    processor. variables, settings: as of Processes.
    """
    async with AsyncExitStack() as running:
        postgres = await asyncio.to_thread(PostgresServer)
        running.callback(postgres.remove)
        await asyncio.to_thread(postgres.start)
        redis = RedisServer()
        running.callback(redis.remove)
        redis.start()
        url, proxy = postgres.url(), None
        for_servers = url
        if proxied:
            proxy = TcpProxy(postgres.port)
            await proxy.start()
            running.push_async_callback(proxy.stop)
            for_servers = url.replace(str(postgres.port), str(proxy.port))
        processes = Processes(
            folder,
            {"DATABASE_URL": for_servers, "REDIS_URL": redis.url, **settings},
            variables or {},
        )
        running.push_async_callback(asyncio.to_thread, processes.stop)
        await processes.start()
        yield Stage(processes, url, postgres, redis, proxy)


@asynccontextmanager
async def alone(
    folder: Path, database: Path, variables: Mapping[str, str] | None = None
) -> AsyncIterator[Stage]:
    """One process on SQLite. database: the folder of its file."""
    url = f"sqlite:///{database / 'server.db'}"
    processes = Processes(folder, {"DATABASE_URL": url}, {0: variables or {}}, number=1)
    try:
        await processes.start()
        yield Stage(processes, url)
    finally:
        await asyncio.to_thread(processes.stop)
