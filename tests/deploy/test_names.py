"""What deploy/ says of the code is so: settings, ports, files; and it holds no secret."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.deploy.tools import DEPLOY
from videohjelp.secret_files import SUFFIX
from videohjelp.settings import ROOT, Settings

#: What an operator has made here is nobody else's to look at.
_OPERATORS = {"secrets", "tls", ".env"}
FILES = sorted(
    path for path in DEPLOY.rglob("*") if path.is_file() and not _OPERATORS & set(path.parts)
)
TEXTS = [*FILES, ROOT / "docs" / "deploy.md"]
_VARIABLE = re.compile(r"\bVIDEOHJELP_[A-Z_]+\b")
#: A value that is long and has letters and digits: what a generator of secrets gives.
_RANDOM = re.compile(r"(?=[A-Za-z_-]*[0-9])(?=[0-9_-]*[A-Za-z])[A-Za-z0-9_-]{28,}")
_PASSWORD_IN_ADDRESS = re.compile(r"[a-z]+://[^\s:/@$]*:[^\s@/$]+@")
_HASH = re.compile(r"sha256[:=][0-9a-f]{64}")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_variable_is_a_setting(path: Path) -> None:
    prefix = Settings.Config.env_prefix
    known = {f"{prefix}{name}".upper() for name in Settings.__fields__}
    known |= {f"{prefix}{name}{SUFFIX}".upper() for name in Settings.secrets()}
    used = set(_VARIABLE.findall(path.read_text(encoding="utf-8")))
    assert sorted(used - known) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_nothing_holds_a_secret(path: Path) -> None:
    text = _HASH.sub("", path.read_text(encoding="utf-8"))
    assert _PASSWORD_IN_ADDRESS.findall(text) == []
    assert "PRIVATE KEY" not in text
    assert [one for one in _RANDOM.findall(text) if "ECDHE" not in one] == []
    given = re.findall(r"^\s*(?:- )?(VIDEOHJELP_[A-Z_]+)[=:]\s*\S", text, re.MULTILINE)
    secret = {f"VIDEOHJELP_{name}".upper() for name in Settings.secrets() if "url" not in name}
    assert sorted(set(given) & (secret | {"VIDEOHJELP_DATABASE_URL", "VIDEOHJELP_REDIS_URL"})) == []


def test_what_is_made_for_one_installation_stays_out_of_git() -> None:
    ignored = (DEPLOY / "compose" / ".gitignore").read_text(encoding="utf-8").split()
    assert {"/secrets/", "/tls/", "/.env"} <= set(ignored)
    assert (DEPLOY / "kubernetes" / ".gitignore").read_text(encoding="utf-8") == "/secrets/\n"
