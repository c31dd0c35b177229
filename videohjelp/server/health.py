"""Whether the process lives, and whether it is ready for patients.

/health/live: the process answers at all; a supervisor restarts one that does not.
/health/ready (and /health): every check holds, and the server is not about to stop; a proxy sends
nobody to one that is not ready. What the server can do without is looked at as well: without it the
server is degraded, and ready. A new check is an object with a name and `run`, added where
videohjelp/server/app.py puts the server together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa
import structlog
from rasa.core.agent import Agent
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Engine

from videohjelp.channels.headers import api_headers

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = structlog.get_logger("videohjelp.health")

#: Seconds until something that does not answer counts as failed; who asks waits no longer.
PATIENCE = 2.0
#: Seconds between two looks for the figures.
LOOK_PAUSE = 5.0
OK, FAILED, NO_ANSWER = "ok", "failed", "no answer"
READY, DEGRADED, NOT_READY, DRAINING = "ready", "degraded", "not ready", "draining"


class Check(Protocol):
    """One thing that must hold. name: shown to everybody who asks, so it names no host or file."""

    @property
    def name(self) -> str: ...

    async def run(self) -> None:
        """Returns when it holds; raises anything when it does not."""


class NotLoadedError(Exception):
    """There is no model to answer with."""


@dataclass(frozen=True)
class ModelLoaded:
    """The agent has a model."""

    agent: Agent
    name: str = "model"

    async def run(self) -> None:
        """Raises NotLoadedError."""
        if not self.agent.is_ready():
            raise NotLoadedError


class Blocking:
    """A check that blocks, run in a thread; never twice at a time, or a database that hangs would
    take one thread after the other."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        self.name = name
        self._work = work
        self._running: asyncio.Future[object] | None = None

    async def run(self) -> None:
        """Raises what the work raises."""
        if self._running is None or self._running.done():
            loop = asyncio.get_running_loop()
            self._running = loop.run_in_executor(None, self._work)
        await asyncio.shield(self._running)


def database_answers(engine: Engine) -> Check:
    """The database answers the smallest of questions."""

    def ask() -> None:
        with engine.connect() as connection:
            connection.execute(sa.select(1))

    return Blocking("database", ask)


def lock_store_answers(agent: Agent) -> Check:
    """The store of the conversations' locks can be asked for a lock that nobody has."""
    return Blocking("lock_store", lambda: agent.lock_store.get_lock("health-check"))


@dataclass(frozen=True)
class _RedisAnswers:
    """Redis answers the smallest of questions."""

    redis: Redis[bytes]
    name: str = "redis"

    async def run(self) -> None:
        """Raises redis.exceptions.RedisError or OSError."""
        await self.redis.ping()


def redis_answers(redis: Redis[bytes]) -> Check:
    """Redis answers: without it PostgreSQL keeps the locks, and each process counts for itself."""
    return _RedisAnswers(redis)


class Readiness:
    """What must hold before patients are sent here."""

    def __init__(self, checks: Sequence[Check], helpful: Sequence[Check] = ()) -> None:
        """Takes the checks, in the order they are shown in.

        helpful: of what the server can do without.
        """
        self._checks = (*checks, *helpful)
        self._needed = {check.name for check in checks}
        self._draining = False

    def drain(self) -> None:
        """From now on it is not ready: the server is about to stop."""
        self._draining = True

    async def look(self) -> tuple[str, dict[str, str]]:
        """READY, DEGRADED, NOT_READY or DRAINING, and each check: OK, FAILED or NO_ANSWER."""
        states = await asyncio.gather(*(_state(check) for check in self._checks))
        by_name = {check.name: state for check, state in zip(self._checks, states, strict=True)}
        if self._draining:
            return DRAINING, by_name
        failed = {name for name, state in by_name.items() if state != OK}
        if failed & self._needed:
            return NOT_READY, by_name
        return (DEGRADED if failed else READY), by_name


async def _state(check: Check) -> str:
    try:
        await asyncio.wait_for(check.run(), PATIENCE)
    except asyncio.TimeoutError:
        log.error("not_ready", check=check.name, state=NO_ANSWER)
        return NO_ANSWER
    except Exception:
        # The trace is for the log; who asks from outside hears no address and no reason.
        log.exception("not_ready", check=check.name, state=FAILED)
        return FAILED
    return OK


async def tell_forever(readiness: Readiness, tell: Callable[[bool, dict[str, bool]], None]) -> None:
    """Looks again and again and tells whether it is ready, and which checks held."""
    while True:
        status, checks = await readiness.look()
        tell(status in (READY, DEGRADED), {name: state == OK for name, state in checks.items()})
        await asyncio.sleep(LOOK_PAUSE)


def health_routes(readiness: Readiness) -> Blueprint:
    """The routes /health/live, /health/ready and /health, which is the same as ready."""
    routes = Blueprint("health")

    async def live(_request: Request) -> HTTPResponse:
        return json({"status": "alive"}, headers=api_headers())

    async def ready(_request: Request) -> HTTPResponse:
        status, checks = await readiness.look()
        body = {"status": status, "checks": checks}
        code = 200 if status in (READY, DEGRADED) else 503
        return json(body, status=code, headers=api_headers())

    routes.add_route(live, "/health/live", methods=["GET", "HEAD"], name="health_live")
    for path, name in (("/health/ready", "health_ready"), ("/health", "health")):
        routes.add_route(ready, path, methods=["GET", "HEAD"], name=name)
    return routes


def drain_before_stop(
    readiness: Readiness, seconds: float
) -> Callable[..., Coroutine[Any, Any, None]]:
    """A listener for before_server_stop: says that nobody should be sent here any more, and lets
    the proxies notice for so many seconds, while requests are answered as before."""

    async def drain(*_: object) -> None:
        readiness.drain()
        log.info("draining", seconds=seconds)
        await asyncio.sleep(seconds)

    return drain
