"""Stops a server for patients that is not configured as one."""

from __future__ import annotations

import os
from pathlib import Path

import yaml

from videohjelp.production.faults import Fault, production_faults
from videohjelp.production.sources import read_sources
from videohjelp.settings import ROOT, Settings, SettingsError

SETTINGS_FILE = ROOT / "data" / "settings.yml"


def faults_in_force(settings: Settings, path: Path = SETTINGS_FILE) -> list[Fault]:
    """What production would refuse of this process's settings. path: the settings file."""
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    return production_faults(
        settings, read_sources(path, os.environ), endpoints["action_endpoint"]["url"]
    )


def refuse_unsafe(settings: Settings) -> None:
    """Raises SettingsError with every fault at once; in development there is none."""
    if not settings.is_production():
        return
    if found := faults_in_force(settings):
        lines = "\n".join(f"  - {fault}" for fault in found)
        raise SettingsError(
            f"VIDEOHJELP_ENVIRONMENT is production, and the server does not start like this:\n"
            f"{lines}\n{len(found)} fault(s). `python -m videohjelp config check` shows the "
            "settings in force; docs/security.md says why."
        )


def refuse_rasas_server(settings: Settings) -> None:
    """Raises SettingsError in production: Rasa's own server has other routes and no limits."""
    if settings.is_production():
        raise SettingsError(
            "VIDEOHJELP_ENVIRONMENT is production, and `rasa run` opens Rasa's own addresses: "
            "start the server with `python -m videohjelp serve`"
        )
