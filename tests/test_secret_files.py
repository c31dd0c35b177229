from __future__ import annotations

from pathlib import Path

import pytest

from videohjelp.secret_files import SecretFileError, read_secret_files
from videohjelp.settings import Settings, SettingsError, read_settings

KEY = "Zk3vN8qLw0Rt5yXc7Bm1JdHs6Fg2PaEu"


def test_every_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Settings.secrets()
    assert {"secret_key", "sms_twilio_auth_token", "database_url", "metrics_token"} <= set(names)
    assert "embed_origins" not in names
    for name in names:
        path = tmp_path / name
        path.write_text(f"{name}-{KEY}\n", encoding="utf-8")
        monkeypatch.delenv(f"VIDEOHJELP_{name.upper()}", raising=False)
        monkeypatch.setenv(f"VIDEOHJELP_{name.upper()}_FILE", str(path))
    found = read_settings()
    for name in names:
        value = getattr(found, name)
        text = value if isinstance(value, str) else value.get_secret_value()
        assert text == f"{name}-{KEY}", "without the line's end"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"\xff\xfe", "is not in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, told: str
) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.delenv("VIDEOHJELP_SECRET_KEY", raising=False)
    monkeypatch.setenv("VIDEOHJELP_SECRET_KEY_FILE", str(path))
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value).startswith(f"VIDEOHJELP_SECRET_KEY_FILE: {path} {told}")


def test_a_secret_that_is_given_twice_is_told() -> None:
    given = {"VIDEOHJELP_SECRET_KEY": KEY, "VIDEOHJELP_SECRET_KEY_FILE": "/x"}
    with pytest.raises(SecretFileError, match="are both set; unset one"):
        read_secret_files(["secret_key"], "VIDEOHJELP_", given)


def test_the_wrong_secret_in_a_file_is_checked_like_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "token"
    path.write_text("kort", encoding="utf-8")
    monkeypatch.delenv("VIDEOHJELP_METRICS_TOKEN", raising=False)
    monkeypatch.setenv("VIDEOHJELP_METRICS_TOKEN_FILE", str(path))
    with pytest.raises(SettingsError, match="metrics_token: it must have at least") as raised:
        read_settings()
    assert "kort" not in str(raised.value)
