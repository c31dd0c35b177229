"""A real server: 16 patients write in the middle of guides while its model is swapped."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import httpx
import pytest

from tests.rollout.models import FIRST, SECOND, link, with_other_text
from tests.rollout.patients import Crowd
from tests.server_process import ROOT, Server, running_server
from tests.staff.client import PASSWORD, TESTER, Staff
from videohjelp.rollout.models import Model
from videohjelp.rollout.pointer import Entry, Pointer
from videohjelp.rollout.report import status
from videohjelp.staff.accounts import AccountStore
from videohjelp.storage.schema import open_database

PATIENTS = 16
UNLIMITED = "1000000"
_STORY = """
test_cases:
  - test_case: kobler til
    steps:
      - user: "hva gjør jeg for å komme inn i videomøtet steg for steg"
        intent: how_to_connect
      - contains: ["{text}"]
"""


class Rollout:
    """A folder with two models, and the commands on it."""

    def __init__(self, folder: Path, model: Path) -> None:
        self.models = folder / "models"
        self.first = link(model, self.models)
        self.second = with_other_text(model, self.models / "second.tar.gz")
        for name, text in (("of_first", FIRST), ("of_second", SECOND)):
            (folder / name).mkdir()
            story = _STORY.format(text=text)
            (folder / name / "story.yml").write_text(story, encoding="utf-8")
        self.of_first, self.of_second = str(folder / "of_first"), str(folder / "of_second")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`python -m videohjelp model …` on this folder."""
        return subprocess.run(
            [sys.executable, "-m", "videohjelp", "model", *arguments],
            cwd=ROOT,
            env={**os.environ, "VIDEOHJELP_MODELS_FOLDER": str(self.models)},
            capture_output=True,
            text=True,
            timeout=120,
        )

    def done(self, *arguments: str) -> float:
        """A command that succeeds; gives when it had."""
        ran = self.command(*arguments)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return time.monotonic()

    def status(self) -> str:
        """What `model status` prints."""
        return "\n".join(status(self.models, "auto", ""))

    def in_force(self) -> str | None:
        """The name of the model in force."""
        entry = Pointer(self.models).in_force()
        return entry.model if entry else None


@pytest.fixture(scope="module")
def rollout(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Rollout:
    """Two models, none of them in force."""
    return Rollout(tmp_path_factory.mktemp("rollout"), model)


@pytest.fixture(scope="module")
def server(rollout: Rollout, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the first model, and the console for staff."""
    folder = tmp_path_factory.mktemp("server")
    accounts = AccountStore(open_database(f"sqlite:///{folder / 'server.db'}"))
    accounts.add(TESTER, PASSWORD, "tester", datetime.now(timezone.utc))
    settings = {
        "MODELS_FOLDER": str(rollout.models),
        "STAFF_CONSOLE": "true",
        "PROXIES_COUNT": "1",
        "WEB_MESSAGES_PER_MINUTE": UNLIMITED,
        "WEB_NETWORK_REQUESTS_PER_MINUTE": UNLIMITED,
        "WEB_NETWORK_STARTS_PER_MINUTE": UNLIMITED,
    }
    with running_server(folder, **settings) as running:
        yield running


def test_a_model_is_swapped_and_rolled_back_under_load(rollout: Rollout, server: Server) -> None:
    tester = Staff(server.url, TESTER)
    with Crowd(server.url, PATIENTS) as crowd:
        crowd.wait_for_answers()
        started = time.monotonic()

        # One that fails a story stays outside.
        refused = rollout.command("activate", "second", "--stories", rollout.of_first)
        assert refused.returncode == 1
        assert "not put in force: it did not pass" in refused.stderr
        assert "story.yml:3 kobler til" in refused.stdout
        assert rollout.in_force() is None
        before = time.monotonic()

        # One that passes comes into force; whoever writes from then on hears it.
        swapped = rollout.done("activate", "second", "--stories", rollout.of_second)
        crowd.wait_for_answers()
        assert SECOND in _trial(tester)

        # Half a file changes nothing for patients, and is told of.
        _put_half_a_file_in_force(rollout)
        _wait_for(server.folder / "server.log", '"model_not_taken_up"')
        assert "could NOT take up half.tar.gz" in rollout.status()
        assert httpx.get(f"{server.url}/health").status_code == httpx.codes.OK
        rollout.done("rollback", "--why", "half a file")
        assert "could NOT" not in rollout.status()
        unharmed = time.monotonic()

        # Back with one command, and forth again without another check.
        back = rollout.done("rollback")
        crowd.wait_for_answers()
        assert rollout.in_force() == rollout.first.name
        assert FIRST in _trial(tester)
        forth_begun = time.monotonic()
        forth = rollout.done(
            "activate", "second", "--already-checked", "--stories", rollout.of_second
        )
        crowd.wait_for_answers()

    assert [mistake for patient in crowd.patients for mistake in patient.mistakes()] == []
    assert crowd.answered_by(started, before) == {"first"}
    assert crowd.answered_by(swapped, unharmed) == {"second"}
    assert crowd.answered_by(back, forth_begun) == {"first"}
    assert crowd.answered_by(forth) == {"second"}
    log = (server.folder / "server.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    bad = {line["event"] for line in lines if line["level"] in ("error", "exception", "critical")}
    assert bad == {"model_not_taken_up"}
    assert log.count('"model_taken_up"') == 3


def test_a_server_does_not_start_with_another_model_than_the_one_in_force(
    rollout: Rollout, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    link(rollout.first, models)
    Pointer(models).activate(Entry("activate", "gone.tar.gz", "0" * 64, "2026-11-27", "kari"))
    ran = subprocess.run(
        [sys.executable, "-m", "videohjelp", "serve"],
        cwd=ROOT,
        env={
            **os.environ,
            "VIDEOHJELP_PORT": "0",
            "VIDEOHJELP_MODELS_FOLDER": str(models),
            "VIDEOHJELP_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 1
    assert "gone.tar.gz is in force and cannot be read" in ran.stderr
    assert "model rollback" in ran.stderr
    assert "Traceback" not in ran.stderr


def _put_half_a_file_in_force(rollout: Rollout) -> None:
    """As when the file is still being copied, or the disk was full."""
    half = rollout.models / "half.tar.gz"
    shutil.copyfile(rollout.first, half)
    entry = Entry(
        "activate", half.name, Model(half).sha256(), datetime.now(timezone.utc).isoformat(), "test"
    )
    os.truncate(half, half.stat().st_size // 2)
    Pointer(rollout.models).activate(entry)


def _wait_for(log: Path, said: str) -> None:
    deadline = time.monotonic() + 20
    while said not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, f"the log never said {said}"
        time.sleep(0.2)


def _trial(tester: Staff) -> str:
    """What the console shows when a member of staff tries the assistant now."""
    tester.get("/try")
    begun = tester.post("/try", channel="web", language="nb", clock="")
    path = begun.headers["location"].removeprefix("/staff")
    tester.get(path)
    tester.post(path, text="hva gjør jeg for å komme inn i videomøtet steg for steg")
    return tester.get(path).text
