"""A newcomer's machine: a clean clone, `make run`, a conversation, Ctrl-C, and what goes wrong."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.figures import record

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Running:
    """A `make run` that printed its address."""

    process: subprocess.Popen[str]
    url: str
    seconds: float
    printed: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean clone of what is committed."""
    folder = tmp_path_factory.mktemp("newcomer") / "videohjelp"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


@contextmanager
def make_run(folder: Path, port: int = 0) -> Iterator[Running]:
    """Runs `make run` until its address is printed; stops it with Ctrl-C at the end."""
    begin = time.monotonic()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=folder,
        env={**os.environ, "VIDEOHJELP_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    printed: list[str] = []
    url = ""
    assert process.stdout is not None
    for line in process.stdout:
        printed.append(line)
        if "is ready" in line:
            url = "http://" + line.split("http://", 1)[1].strip().rstrip("/")
            break
    try:
        assert url, "".join(printed)
        yield Running(process, url, time.monotonic() - begin, printed)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            # A server that goes on is a failure, and nothing to wait for.
            killing = threading.Timer(60, os.killpg, (process.pid, signal.SIGKILL))
            killing.start()
            printed += process.stdout.readlines()
            process.wait(timeout=30)
            killing.cancel()


def test_a_newcomer_is_helped_and_the_second_start_is_quick(clone: Path) -> None:
    with make_run(clone) as first:
        started = httpx.post(f"{first.url}/api/chat/conversations", json={"language": "nb"})
        token = started.json()["token"]
        answer = httpx.post(
            f"{first.url}/api/chat/messages",
            json={"id": "message-0001", "text": "jeg fikk ikke skrevet inn navnet mitt"},
            headers={"Authorization": f"Bearer {token}"},
        )
        page = httpx.get(first.url)
    with make_run(clone) as second:
        memory = _memory_mb(second.process.pid)

    assert "robot" in started.json()["messages"][0]["text"]
    assert "join.nhn.no" in answer.json()["messages"][0]["text"]
    assert page.status_code == httpx.codes.OK
    assert "Stopped." in "".join(first.printed)
    # make itself ends by the signal that Ctrl-C sends to both; the server has ended by itself.
    assert first.process.returncode == -signal.SIGINT
    assert "Training" in "".join(first.printed)
    assert "Training" not in "".join(second.printed)
    assert second.seconds < first.seconds / 2
    assert _warnings(first.printed + second.printed) == []
    record(
        "clean clone, `make run` (set-up, training, start)",
        f"{first.seconds:.0f} s; second `make run`: {second.seconds:.1f} s; "
        f"memory of the server: {memory:.0f} MB",
    )


def test_a_taken_port_is_said_plainly(clone: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _make(clone, "run", VIDEOHJELP_PORT=str(port))

    assert done.returncode != 0
    assert f"Port {port}" in done.stderr
    assert "VIDEOHJELP_PORT=" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "line", "broken"),
    [
        ("data/responses/after.yml", 6, "  - text: [unclosed\n"),
        ("data/guides/troubleshooting.yml", 10, "    kind: magic\n"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(
    clone: Path, name: str, line: int, broken: str
) -> None:
    path = clone / name
    before = path.read_text(encoding="utf-8")
    lines = before.splitlines(keepends=True)
    lines[line - 1] = broken
    path.write_text("".join(lines), encoding="utf-8")
    try:
        done = _make(clone, "run", VIDEOHJELP_PORT="0")
    finally:
        path.write_text(before, encoding="utf-8")

    assert done.returncode != 0
    assert f"{name}:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_said_plainly(clone: Path) -> None:
    done = _make(clone, "run", VIDEOHJELP_PORT="many")

    assert done.returncode != 0
    assert "port" in done.stderr
    assert "Traceback" not in done.stderr


def test_python_3_10_that_cannot_be_had_is_said_plainly(tmp_path: Path) -> None:
    folder = tmp_path / "videohjelp"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    done = _make(
        folder,
        "setup",
        PYENV_ROOT=str(tmp_path / "nothing"),
        HOME=str(tmp_path),
        UV_PYTHON_INSTALL_MIRROR="http://127.0.0.1:9/nothing",
        PATH="/usr/local/bin:/usr/bin:/bin",
    )

    assert done.returncode != 0
    assert "Python 3.10" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_tests_run_in_a_clean_clone(clone: Path) -> None:
    done = _make(clone, "test", ARGS="tests/guides")

    assert "passed" in done.stdout
    assert "=== summary" in done.stdout
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def _make(folder: Path, target: str, **environment: str) -> subprocess.CompletedProcess[str]:
    arguments = [f"ARGS={environment.pop('ARGS')}"] if "ARGS" in environment else []
    return subprocess.run(
        ["make", target, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def _memory_mb(process_group: int) -> float:
    """The resident memory of the largest process of a group, from /proc."""
    largest = 0.0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == process_group:
            pages = int(fields[21])
            largest = max(largest, pages * os.sysconf("SC_PAGE_SIZE") / 1024**2)
    return largest


def _warnings(printed: list[str]) -> list[str]:
    return [line for line in printed if "Warning" in line or "fatal:" in line]
