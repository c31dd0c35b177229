"""News over PostgreSQL (https://www.postgresql.org/docs/current/sql-notify.html)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg2
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from videohjelp.coordination.news import CHANNEL, NewsAwayError


class PostgresNews:
    """Carries news as notifications."""

    def __init__(self, engine: Engine) -> None:
        """Takes an engine, which belongs to the caller."""
        self._engine = engine

    async def tell(self, payload: str) -> None:
        """As Carrier.tell."""
        notify = sa.select(sa.func.pg_notify(CHANNEL, payload))

        def told() -> None:
            with self._engine.begin() as connection:
                connection.execute(notify)

        try:
            await asyncio.to_thread(told)
        except SQLAlchemyError as error:
            raise NewsAwayError(type(error).__name__) from error

    async def listen(self, begun: Callable[[], None], heard: Callable[[str], None]) -> None:
        """As Carrier.listen."""
        loop = asyncio.get_running_loop()
        try:
            connection = await asyncio.to_thread(self._connect)
        except SQLAlchemyError as error:
            raise NewsAwayError(type(error).__name__) from error
        lost: asyncio.Future[None] = loop.create_future()

        def readable() -> None:
            try:
                connection.poll()
            except psycopg2.Error as error:
                if not lost.done():
                    lost.set_exception(NewsAwayError(type(error).__name__))
                return
            while connection.notifies:
                heard(connection.notifies.pop(0).payload)

        descriptor = connection.fileno()
        loop.add_reader(descriptor, readable)
        begun()
        try:
            await lost
        finally:
            loop.remove_reader(descriptor)
            with suppress(psycopg2.Error):
                connection.close()

    def _connect(self) -> Any:
        # Taken out of the pool for good: it waits for hours.
        pooled: Any = self._engine.raw_connection()
        connection = pooled.dbapi_connection
        pooled.detach()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        return connection
