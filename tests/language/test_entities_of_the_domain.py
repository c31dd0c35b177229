"""What the extractors find is declared in domain.yml: Rasa leaves out what it does not know."""

from __future__ import annotations

from typing import Any

import yaml

from videohjelp.appointments.mentions import ANSWER, DATE, TIME
from videohjelp.directory.mentions import DEPARTMENT, HOSPITAL, POSSIBLE, ROLES
from videohjelp.settings import ROOT


def declared() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {name: settings for one in content["entities"] for name, settings in one.items()}


def test_each_entity_with_its_roles() -> None:
    roles = {name: tuple(settings.get("roles", ())) for name, settings in declared().items()}
    found = {DATE: (), TIME: (ANSWER,), HOSPITAL: ROLES, DEPARTMENT: (POSSIBLE,)}
    assert {name: roles.get(name) for name in found} == found


def test_no_entity_steers_the_rules() -> None:
    """A rule holds whatever else a message names: an unexpected entity would make it fail."""
    assert all(settings["influence_conversation"] is False for settings in declared().values())
