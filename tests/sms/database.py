"""Databases for tests of what is stored: a real SQLite file, and PostgreSQL where there is one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine.url import make_url

POSTGRES = "VIDEOHJELP_TEST_POSTGRES_URL"


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database: a file in the folder, or a schema that is dropped at the end.

    kind: "sqlite" or "postgresql".
    """
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'sms.db'}"
        return
    url = os.environ.get(POSTGRES)
    if not url:
        pytest.skip(f"{POSTGRES} is not set")
    schema = f"test_{secrets.token_hex(6)}"
    server = sa.create_engine(url)
    with server.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    try:
        own = make_url(url).update_query_dict({"options": f"-csearch_path={schema}"})
        yield own.render_as_string(hide_password=False)
    finally:
        with server.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
        server.dispose()
