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
#: Seconds after which Redis is asked whether it is there, and in which it has to answer: a
#: connection to one that hangs, or that is gone without a word, stays open.
_ASKED_AFTER, _PATIENCE = 3.0, 3.0


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
                clock = asyncio.get_running_loop().time
                last, asked = clock(), False
                while True:
                    message = await channel.get_message(timeout=_WAIT)
                    if message is not None:
                        last, asked = clock(), False
                        if message["type"] == "message":
                            heard(message["data"].decode())
                    elif asked and clock() - last > _ASKED_AFTER + _PATIENCE:
                        raise NewsAwayError("no answer")
                    elif not asked and clock() - last > _ASKED_AFTER:
                        await channel.ping("there?")
                        asked = True
                    else:
                        await asyncio.sleep(0)
        except (RedisError, OSError) as error:
            raise NewsAwayError(type(error).__name__) from error
