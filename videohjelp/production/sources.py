"""Where each setting comes from: a variable, a secret's file, data/settings.yml, the default."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from videohjelp.secret_files import SUFFIX
from videohjelp.settings import Settings

Source = Literal["environment", "secret file", "settings.yml", "default"]

#: Variables with the prefix that are no settings: tools/bootstrap.py reads them.
_OTHERS = ("VIDEOHJELP_PYTHON",)


@dataclass(frozen=True)
class Sources:
    """Where the settings come from. written: the names that stand in the settings file."""

    written: frozenset[str]
    environment: Mapping[str, str]

    def of(self, name: str) -> Source:
        """Where a setting's value comes from."""
        variable = variable_of(name)
        if variable in self.environment:
            return "environment"
        if variable + SUFFIX in self.environment:
            return "secret file"
        return "settings.yml" if name in self.written else "default"

    def unknown(self) -> list[str]:
        """A sentence for each variable that looks like a setting and is none."""
        known = {variable_of(name) for name in Settings.__fields__}
        known |= {variable_of(name) + SUFFIX for name in Settings.secrets()}
        said = []
        for variable in sorted(self.environment):
            if variable.startswith(variable_of("")) and variable not in {*known, *_OTHERS}:
                near = difflib.get_close_matches(variable, sorted(known), n=1)
                hint = f"; is {near[0]} meant?" if near else ""
                said.append(f"{variable} is no setting and does nothing{hint}")
        return said


def read_sources(path: Path, environment: Mapping[str, str]) -> Sources:
    """The sources of this process's settings. path: of a settings file that could be read."""
    values = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    upper = {name.upper(): value for name, value in environment.items()}
    return Sources(frozenset(values), upper)


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return f"{Settings.Config.env_prefix}{name}".upper()
