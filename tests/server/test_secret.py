from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from pydantic import SecretStr

from videohjelp.server import secret
from videohjelp.server.secret import secret_keys
from videohjelp.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def present_settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings without a key, which the test may change."""
    monkeypatch.delenv("VIDEOHJELP_SECRET_KEY", raising=False)
    present = read_settings()
    monkeypatch.setattr(secret, "settings", lambda: present)
    return present


def test_a_configured_key_is_used(tmp_path: Path, present_settings: Settings) -> None:
    present_settings.secret_key = SecretStr("configured")
    assert secret_keys(tmp_path) == ("configured",)
    assert not list(tmp_path.iterdir())


def test_several_keys_are_used_the_newest_first(tmp_path: Path, present_settings: Settings) -> None:
    present_settings.secret_key = SecretStr(" newest,older , oldest,")
    assert secret_keys(tmp_path) == ("newest", "older", "oldest")


def test_an_empty_key_is_none(tmp_path: Path, present_settings: Settings) -> None:
    present_settings.secret_key = SecretStr("")
    assert len(secret_keys(tmp_path)[0]) >= 48


def test_a_key_is_made_once_and_only_we_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    (key,) = secret_keys(folder)
    assert len(key) >= 48
    assert secret_keys(folder) == (key,)
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600


def test_every_installation_has_its_own(tmp_path: Path) -> None:
    assert secret_keys(tmp_path / "a") != secret_keys(tmp_path / "b")


def test_a_process_that_comes_second_takes_the_firsts_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the file had appeared just after it was looked for.
    (tmp_path / "secret_key").write_text("the first's", encoding="utf-8")
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert secret_keys(tmp_path) == ("the first's",)
    assert len(list(tmp_path.iterdir())) == 1


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        keys = pool.map(secret_keys, [tmp_path / "var"] * 8, chunksize=1)
    assert len(set(keys)) == 1
    assert len(keys[0][0]) >= 48
