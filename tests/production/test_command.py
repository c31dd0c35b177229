from __future__ import annotations

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from tests.security.production import PRODUCTION
from videohjelp.production.command import config_app, shown
from videohjelp.settings import Settings, settings

run = CliRunner()


@pytest.fixture(autouse=True)
def _read_anew() -> object:
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_it_shows_every_setting_and_where_it_comes_from(production: pytest.MonkeyPatch) -> None:
    said = run.invoke(config_app, ["check"])
    assert said.exit_code == 0, said.output
    lines = {line.split()[0]: line for line in said.stdout.splitlines() if line}
    assert set(Settings.__fields__) <= set(lines)
    assert lines["environment"].endswith("production  (environment)")
    assert lines["saturday_counts"].endswith("False  (settings.yml)")
    assert lines["history_turns"].endswith("6  (default)")
    assert said.stdout.endswith("Nothing stands in the way of production.\n")


def test_it_shows_no_secret(production: pytest.MonkeyPatch) -> None:
    production.setenv("VIDEOHJELP_DATABASE_URL", "postgresql://x:Wq0iZt5Go8PaUf3JcHd6@db/x")
    said = run.invoke(config_app, ["check"]).output
    assert "postgresql://x:********@db/x" in said
    for name in Settings.secrets():
        value = PRODUCTION.get(name.upper(), "")
        if value and not value.startswith("https://"):
            assert value not in said, name
            assert f"{name} " in said


def test_a_fault_is_red_in_production_only(production: pytest.MonkeyPatch) -> None:
    production.setenv("VIDEOHJELP_DEMO", "true")
    assert run.invoke(config_app, ["check"]).exit_code == 1
    production.setenv("VIDEOHJELP_ENVIRONMENT", "development")
    settings.cache_clear()
    said = run.invoke(config_app, ["check"])
    assert said.exit_code == 0
    assert "Production would refuse this:\n  - VIDEOHJELP_DEMO is on." in said.stdout
    assert run.invoke(config_app, ["check", "--production"]).exit_code == 1


def test_a_name_that_is_no_setting_is_told(production: pytest.MonkeyPatch) -> None:
    production.setenv("VIDEOHJELP_EMBED_ORGINS", "[]")
    said = run.invoke(config_app, ["check"])
    assert (
        "VIDEOHJELP_EMBED_ORGINS is no setting and does nothing; is VIDEOHJELP_EMBED_ORIGINS meant?"
        in said.stderr
    )


def test_settings_that_cannot_be_read(production: pytest.MonkeyPatch) -> None:
    production.setenv("VIDEOHJELP_PORT", "mange")
    said = run.invoke(config_app, ["check"])
    assert said.exit_code == 1
    assert "port: value is not a valid integer" in said.stderr


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (None, "-"),
        (SecretStr(""), "-"),
        (SecretStr("hemmelig"), "********"),
        ("postgresql://a:b%40c@h/d?sslmode=require", "postgresql://a:********@h/d?sslmode=require"),
        ("postgresql://h/d?user=a&password=b", "postgresql://h/d?user=a&password=********"),
        ("sqlite:///var/videohjelp.db", "sqlite:///var/videohjelp.db"),
    ],
)
def test_what_is_shown(value: object, seen: str) -> None:
    assert shown(value) == seen
