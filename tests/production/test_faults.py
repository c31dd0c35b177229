from __future__ import annotations

from pathlib import Path

import pytest

from tests.security.production import PRODUCTION
from videohjelp.production.faults import production_faults
from videohjelp.production.gate import faults_in_force, refuse_rasas_server, refuse_unsafe
from videohjelp.production.sources import read_sources
from videohjelp.settings import ROOT, SettingsError, read_settings

SETTINGS = ROOT / "data" / "settings.yml"
SHORT = "Zk3vN8qLw0Rt5y"
GUESSED = "changeme-Zk3vN8qLw0Rt5yXc7Bm1JdHs6Fg2"
ONES = "1" * 40


def faults() -> list[str]:
    """What is wrong with the environment, in words."""
    return [str(fault) for fault in faults_in_force(read_settings())]


def test_a_server_for_patients_has_none(production: pytest.MonkeyPatch) -> None:
    assert faults() == []
    refuse_unsafe(read_settings())


FAULTS = [
    ({"SECRET_KEY": None}, "SECRET_KEY is not set. Set it, or VIDEOHJELP_SECRET_KEY_FILE"),
    ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
    ({"SECRET_KEY": SHORT}, "SECRET_KEY has 14 characters, at least 32 are needed."),
    ({"SECRET_KEY": GUESSED}, "SECRET_KEY holds a word that whoever guesses tries first."),
    ({"SECRET_KEY": ONES}, "SECRET_KEY consists of only 1 different characters."),
    ({"METRICS_TOKEN": None}, "METRICS_TOKEN is not set."),
    ({"METRICS_TOKEN": "secret-secret-se"}, "METRICS_TOKEN holds a word"),
    ({"SMS_SECRET_KEYS": None}, "SMS_SECRET_KEYS is not set."),
    ({"SMS_SECRET_KEYS": f"{PRODUCTION['SMS_SECRET_KEYS']},{ONES}"}, "SMS_SECRET_KEYS consists of"),
    ({"SMS_PROVIDER": "console"}, "SMS_PROVIDER is console, the simulator"),
    ({"SMS_PUBLIC_URL": "http://localhost"}, "SMS_PUBLIC_URL does not begin with https://"),
    ({"SMS_API_URL": "http://127.0.0.1:80"}, "SMS_API_URL does not begin with https://"),
    (
        {"SMS_PROVIDER": "linkmobility", "SMS_LINKMOBILITY_CALLBACK_PASSWORD": "kort"},
        "SMS_LINKMOBILITY_CALLBACK_PASSWORD has 4 characters, at least 16",
    ),
    ({"HANDOFF_WEBHOOK_SECRET": None}, "HANDOFF_WEBHOOK_SECRET is not set."),
    ({"HANDOFF_WEBHOOK_SECRET": SHORT}, "HANDOFF_WEBHOOK_SECRET has 14 characters"),
    ({"HANDOFF_WEBHOOK_URL": "http://x.no"}, "HANDOFF_WEBHOOK_URL does not begin with https://"),
    ({"EMBED_ORIGINS": '["http://www.x.no"]'}, "EMBED_ORIGINS has http://www.x.no."),
    ({"EMBED_ORIGINS": '["https://*.no"]'}, "EMBED_ORIGINS has https://*.no."),
    ({"EMBED_ORIGINS": '["https://*.github.io"]'}, "EMBED_ORIGINS has https://*.github.io."),
    ({"DEMO": "true"}, "DEMO is on."),
    ({"PROXIES_COUNT": "0"}, "PROXIES_COUNT is 0, but this server speaks no https itself."),
    (
        {"DATABASE_URL": "postgresql://videohjelp:postgres@db/videohjelp"},
        "DATABASE_URL has a password that has 8 characters",
    ),
    (
        {"METRICS_TOKEN": PRODUCTION["SECRET_KEY"]},
        "METRICS_TOKEN is the same secret as VIDEOHJELP_SECRET_KEY.",
    ),
]


@pytest.mark.parametrize(("spoilt", "told"), FAULTS, ids=[told for _, told in FAULTS])
def test_each_fault_is_told(
    production: pytest.MonkeyPatch, spoilt: dict[str, str | None], told: str
) -> None:
    for name, value in spoilt.items():
        if value is None:
            production.delenv(f"VIDEOHJELP_{name}")
        else:
            production.setenv(f"VIDEOHJELP_{name}", value)
    found = faults()
    assert any(fault.startswith(f"VIDEOHJELP_{told}") for fault in found), found
    assert len(found) == 1, "and nothing else is"
    with pytest.raises(SettingsError, match="the server does not start like this"):
        refuse_unsafe(read_settings())


def test_all_are_told_at_once(production: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "METRICS_TOKEN", "SMS_SECRET_KEYS", "HANDOFF_WEBHOOK_SECRET"):
        production.delenv(f"VIDEOHJELP_{name}")
    production.setenv("VIDEOHJELP_DEMO", "true")
    with pytest.raises(SettingsError) as raised:
        refuse_unsafe(read_settings())
    assert "5 fault(s)" in str(raised.value)
    assert "VIDEOHJELP_HANDOFF_WEBHOOK_SECRET_FILE" in str(raised.value)


def test_development_is_let_alone(production: pytest.MonkeyPatch) -> None:
    production.delenv("VIDEOHJELP_SECRET_KEY")
    production.setenv("VIDEOHJELP_ENVIRONMENT", "development")
    refuse_unsafe(read_settings())
    refuse_rasas_server(read_settings())


def test_no_fault_says_the_secret(production: pytest.MonkeyPatch) -> None:
    production.setenv("VIDEOHJELP_SECRET_KEY", GUESSED)
    production.setenv("VIDEOHJELP_DATABASE_URL", f"postgresql://x:{SHORT}@db/x")
    told = "\n".join(faults())
    assert len(told.splitlines()) == 2
    assert GUESSED not in told
    assert SHORT not in told


def test_secrets_in_the_settings_file(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SECRET_KEY", "DATABASE_URL"):
        production.delenv(f"VIDEOHJELP_{name}", raising=False)
    path = tmp_path / "settings.yml"
    path.write_text(
        SETTINGS.read_text(encoding="utf-8")
        + f"secret_key: {PRODUCTION['SECRET_KEY']}\n"
        + "database_url: postgresql://x:Wq0iZt5Go8PaUf3JcHd6@db/x\n"
        + "sms_api_url: https://api.example\n",
        encoding="utf-8",
    )
    found = [str(fault) for fault in faults_in_force(read_settings(path), path)]
    assert len(found) == 2, found
    assert all("stands in data/settings.yml, which lies in git" in fault for fault in found)


def test_an_action_server_elsewhere_without_https(production: pytest.MonkeyPatch) -> None:
    production.setenv("VIDEOHJELP_ACTIONS", "remote")
    settings, sources = read_settings(), read_sources(SETTINGS, {})
    for url in ("http://127.0.0.1:5055/webhook", "https://actions.example/webhook"):
        assert production_faults(settings, sources, url) == []
    [fault] = production_faults(settings, sources, "http://actions.example/webhook")
    assert fault.setting == "actions"


def test_rasas_own_server_is_refused(production: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="rasa run"):
        refuse_rasas_server(read_settings())
