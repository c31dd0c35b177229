from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.sms.messages import NUMBER, Channel
from videohjelp.channels.sms.command import sms_app
from videohjelp.storage.schema import open_database

NOW = datetime.now(timezone.utc)


@pytest.fixture
def channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Channel:
    url = f"sqlite:///{tmp_path / 'sms.db'}"
    monkeypatch.setenv("VIDEOHJELP_DATABASE_URL", url)
    return Channel(open_database(url))


def dead(channel: Channel, error: str = "HTTP 500") -> int:
    """A dead letter; gives its id."""
    channel.receive(at=NOW)
    channel.handle(["En hemmelig tekst"], at=NOW)
    message = channel.outgoing(NOW)
    channel.outbox.dead(message, error)
    return message.id


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(sms_app, words)
    return result.exit_code, result.output


def test_status(channel: Channel) -> None:
    dead(channel)
    channel.receive(at=NOW)
    code, said = run("status")
    lines = {line.rsplit(maxsplit=1)[0]: line.split()[-1] for line in said.splitlines()}
    assert code == 0
    assert lines["messages from patients: done"] == "1"
    assert lines["messages from patients: waiting"] == "1"
    assert lines["replies: dead"] == "1"
    assert lines["today, segments sent"] == "1"
    assert lines["opted out"] == "0"


def test_dead_letters_without_texts_and_numbers(channel: Channel) -> None:
    assert run("dead") == (0, "There are no dead letters.\n")
    letter = dead(channel, "HTTP 400 (21610)")
    code, said = run("dead")
    assert code == 0
    assert said.splitlines()[1].split()[0] == str(letter)
    assert said.rstrip().endswith("HTTP 400 (21610)")
    assert "hemmelig" not in said
    assert NUMBER not in said


def test_one_is_sent_again_once(channel: Channel) -> None:
    letter = dead(channel)
    code, said = run("resend", str(letter))
    assert (code, said) == (0, f"{letter} is sent again as {letter + 1}\n")
    # The command took its own time: the module's NOW may be half an hour old in a full run.
    later = datetime.now(timezone.utc) + timedelta(minutes=1)
    assert [one.text for one in channel.send_all(later)] == ["En hemmelig tekst"]
    code, said = run("resend", str(letter))
    assert code == 1
    assert "was not sent again" in said


def test_all_are_sent_again(channel: Channel) -> None:
    dead(channel)
    dead(channel)
    assert run("resend", "--all")[0] == 0
    assert channel.outbox.counts() == {"resent": 2, "waiting": 2}
    assert run("resend", "--all") == (0, "")


def test_which_ones_must_be_said(channel: Channel) -> None:
    assert run("resend")[0] == 2
