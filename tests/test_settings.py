from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from videohjelp.settings import SettingsError, read_settings, settings

FILE = """\
hospital_name: Helse Vest
default_language: nn
phone_hours:
  monday: ["08:00-15:30"]
closed_days:
  christmas_eve: false
  dates: [2026-05-15]
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file that is in order; nothing is set in the environment."""
    for name in ("PORT", "HOST", "DATABASE_URL", "SECRET_KEY", "ACTIONS", "DEFAULT_LANGUAGE"):
        monkeypatch.delenv(f"VIDEOHJELP_{name}", raising=False)
    path = tmp_path / "settings.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_what_stands_in_the_file_holds(file: Path) -> None:
    found = read_settings(file)
    assert found.default_language == "nn"
    assert found.phone_hours == {"monday": ["08:00-15:30"]}
    assert found.closed_days.dates == [date(2026, 5, 15)]
    assert not found.closed_days.christmas_eve


def test_what_does_not_has_a_default(file: Path) -> None:
    found = read_settings(file)
    assert found.closed_days.new_years_eve
    assert found.ikt_phone_hours is None, "the hours are unknown, so nothing is claimed"
    assert not found.saturday_counts, "the safe side: the deadline is earlier"
    assert found.host == "127.0.0.1", "nobody else reaches it until somebody decides so"
    assert found.secret_key is None


def test_the_environment_wins(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOHJELP_DEFAULT_LANGUAGE", "en")
    monkeypatch.setenv("VIDEOHJELP_PORT", "8080")
    monkeypatch.setenv("VIDEOHJELP_PHONE_HOURS", '{"monday": ["09:00-10:00"]}')
    found = read_settings(file)
    assert found.default_language == "en"
    assert found.port == 8080
    assert found.phone_hours == {"monday": ["09:00-10:00"]}


def test_keys_are_not_shown(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOHJELP_SECRET_KEY", "hemmelig-nok")
    monkeypatch.setenv("VIDEOHJELP_HANDOFF_WEBHOOK_SECRET", "ogsaa-hemmelig")
    found = read_settings(file)
    assert "hemmelig" not in repr(found) + str(found)
    assert found.secret_key is not None
    assert found.secret_key.get_secret_value() == "hemmelig-nok"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("default_language: nn", "default_language: sv", "default_language: unexpected value"),
        ("hospital_name", "hospital", "hospital: extra fields not permitted"),
        ("christmas_eve: false", "chrismas_eve: no", "closed_days.chrismas_eve: extra fields"),
        ("2026-05-15", "15. mai", "closed_days.dates.0: invalid date format"),
        ("christmas_eve: false", "christmas_eve: kanskje", "christmas_eve: value could not be"),
        ('phone_hours:\n  monday: ["08:00-15:30"]\n', "", "phone_hours: field required"),
        ("hospital_name:", "port: 70000\nhospital_name:", "port: ensure this value is less"),
        ("hospital_name:", "metrics_token: kort\nhospital_name:", "metrics_token: it must have"),
        ("hospital_name:", "message_limit: 0\nhospital_name:", "message_limit: ensure this value"),
    ],
)
def test_mistakes_name_the_setting(file: Path, old: str, new: str, message: str) -> None:
    assert old in FILE
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        read_settings(file)
    assert message in str(raised.value)
    assert str(file) in str(raised.value)


def test_every_mistake_is_told_at_once(file: Path) -> None:
    file.write_text("default_language: sv\nport: -1\n", encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        read_settings(file)
    assert all(name in str(raised.value) for name in ("default_language", "port", "phone_hours"))


def test_a_mistake_in_the_environment_is_told_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIDEOHJELP_PORT", "åtti")
    with pytest.raises(SettingsError, match=r"VIDEOHJELP_ variable.*port"):
        read_settings(file)


def test_a_value_that_is_no_json_in_the_environment_is_told_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIDEOHJELP_PHONE_HOURS", "8-15")
    with pytest.raises(
        SettingsError, match="VIDEOHJELP_PHONE_HOURS in the environment must be written as JSON"
    ):
        read_settings(file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("phone_hours:\n  monday: [\n", r"settings\.yml:\d+: this is not YAML"),
        ("- a\n", r"settings\.yml:1: the file must consist of"),
        ("", "phone_hours: field required"),
        ("# bare en kommentar\n", "phone_hours: field required"),
    ],
)
def test_files_that_are_no_settings(file: Path, text: str, message: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        read_settings(file)


def test_a_file_in_another_encoding_is_told_as_such(file: Path) -> None:
    file.write_bytes("hospital_name: Førde".encode("latin-1"))
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="missing; restore it from git"):
        read_settings(tmp_path / "settings.yml")


def test_any_free_port_may_be_asked_for(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOHJELP_PORT", "0")
    assert read_settings(file).port == 0


def test_the_settings_of_the_assistant_are_in_order() -> None:
    assert settings() is settings()
    assert set(settings().phone_hours) == {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
    }
