"""Secrets as an operator makes them, and an environment as a container gets it."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.deploy.tools import DEPLOY, run
from videohjelp.secret_files import SUFFIX
from videohjelp.settings import ROOT, Settings

PREFIX = Settings.Config.env_prefix
#: Made by the provider or the receiver, not by make-secrets.sh.
OF_OTHERS = ("handoff_webhook_secret", "sms_secret_keys", "sms_twilio_auth_token")


def make_secrets(folder: Path) -> Path:
    """The folder with the secrets that make-secrets.sh writes, and those of others."""
    run(DEPLOY / "compose" / "make-secrets.sh", folder)
    for name in OF_OTHERS:
        (folder / name).write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return folder


def with_files(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment, with each secret's file in the folder instead of in the container."""
    return {
        name: str(folder / Path(value).name) if name.endswith(SUFFIX) else value
        for name, value in environment.items()
    }


def check_as_production(environment: Mapping[str, str]) -> str:
    """What `config check --production` says of an environment. Fails when it finds a fault."""
    settings = [f"{name}={value}" for name, value in environment.items()]
    kept = [f"{name}={os.environ[name]}" for name in ("PATH", "HOME") if name in os.environ]
    command = (sys.executable, "-W", "ignore", "-m", "videohjelp", "config", "check")
    return run("env", "-i", *kept, *settings, *command, "--production", folder=ROOT)
