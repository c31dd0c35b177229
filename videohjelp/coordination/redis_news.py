"""News over Redis (https://redis.io/docs/latest/develop/pubsub/)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from videohjelp.coordination.news import CHANNEL, NewsAwayError

if TYPE_CHECKING:
    from redis.asyncio import Redis

#: Seconds that one wait for a message lasts.
_WAIT = 0.5


class RedisNews:
    """Carries news as messages of one channel."""

    def __init__(self, redis: Redis[bytes]) -> None:
        """Takes a client, which belongs to the caller."""
        self._redis = redis

    async def tell(self, payload: str) -> None:
        """As Carrier.tell."""
        try:
            await self._redis.publish(CHANNEL, payload)
        except (RedisError, OSError) as error:
            raise NewsAwayError(type(error).__name__) from error

    async def listen(self, begun: Callable[[], None], heard: Callable[[str], None]) -> None:
        """As Carrier.listen."""
        try:
            async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
                await channel.subscribe(CHANNEL)
                begun()
                while True:
                    message = await channel.get_message(timeout=_WAIT)
                    if message is not None:
                        heard(message["data"].decode())
                    else:
                        await asyncio.sleep(0)
        except (RedisError, OSError) as error:
            raise NewsAwayError(type(error).__name__) from error
