"""What the processes share, made from the settings: Redis, else PostgreSQL, else nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from sqlalchemy.engine import Engine

from videohjelp.coordination.locks import FirstThatAnswers, Locks, NoLocks
from videohjelp.coordination.news import News
from videohjelp.coordination.postgres_locks import PostgresLocks
from videohjelp.coordination.postgres_news import PostgresNews
from videohjelp.coordination.rates import Rates
from videohjelp.coordination.redis_locks import RedisLocks
from videohjelp.coordination.redis_news import RedisNews
from videohjelp.settings import Settings

#: Seconds that Redis may take for anything.
_PATIENCE = 1.0


@dataclass
class Shared:
    """What one process has of what all share. By default it is alone."""

    locks: Locks = field(default_factory=NoLocks)
    rates: Rates = field(default_factory=Rates)
    news: News | None = None
    redis: Redis[bytes] | None = None

    async def close(self) -> None:
        """Closes the connections."""
        await self.locks.close()
        if self.redis is not None:
            await self.redis.close()


def make_shared(settings: Settings, engine: Engine, key: str) -> Shared:
    """What this process shares with others. Nothing is connected before it is needed.

    engine: the database of the conversations. key: secret, the same for all processes.
    """
    fallback: list[Locks] = []
    if engine.dialect.name == "postgresql":
        fallback.append(PostgresLocks(engine.url.render_as_string(hide_password=False)))
    if settings.redis_url is None:
        if not fallback:
            return Shared()
        return Shared(FirstThatAnswers(*fallback), news=News(PostgresNews(engine)))
    url = settings.redis_url.get_secret_value()
    redis: Redis[bytes] = Redis.from_url(
        url,
        socket_timeout=_PATIENCE,
        socket_connect_timeout=_PATIENCE,
        retry=Retry(NoBackoff(), 1),
        health_check_interval=10,
    )
    locks = FirstThatAnswers(RedisLocks(redis), *fallback)
    return Shared(locks, Rates(url, key), News(RedisNews(redis)), redis)
