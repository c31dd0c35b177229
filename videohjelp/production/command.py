"""`python -m videohjelp config check`: the settings in force, and what production would refuse."""

from __future__ import annotations

import os
import re
import sys
from typing import Annotated, Any

import typer
from pydantic import SecretStr

from videohjelp.production.gate import SETTINGS_FILE, faults_in_force
from videohjelp.production.sources import read_sources
from videohjelp.settings import Settings, SettingsError, settings

config_app = typer.Typer(help="The settings in force.", no_args_is_help=True)

_MASK = "********"
#: The password in an address (RFC 3986, 3.2.1), and keys in its query.
_IN_ADDRESS = re.compile(r"(://[^:/@\s]*:)[^@/\s]+(?=@)")
_IN_QUERY = re.compile(r"([?&](?:password|token|key|secret)=)[^&\s]+", re.IGNORECASE)


@config_app.callback()
def config() -> None:
    """The settings in force."""


@config_app.command()
def check(
    production: Annotated[
        bool, typer.Option(help="Fail on what production would refuse, in development too.")
    ] = False,
) -> None:
    """Show every setting, where it comes from, and what a server for patients would refuse."""
    try:
        found = settings()
    except SettingsError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    sources = read_sources(SETTINGS_FILE, os.environ)
    width = max(len(name) for name in Settings.__fields__)
    for name in Settings.__fields__:
        print(f"{name:{width}}  {shown(getattr(found, name))}  ({sources.of(name)})")
    for warning in sources.unknown():
        print(f"\n{warning}.", file=sys.stderr)
    faults = faults_in_force(found)
    fatal = production or found.is_production()
    if not faults:
        print("\nNothing stands in the way of production.")
        return
    print(
        "\nProduction refuses to start with this:" if fatal else "\nProduction would refuse this:"
    )
    for fault in faults:
        print(f"  - {fault}")
    print(f"{len(faults)} fault(s).")
    if fatal:
        raise typer.Exit(1)


def shown(value: Any) -> str:
    """A setting's value as it may be read over somebody's shoulder."""
    if value is None or value == "":
        return "-"
    if isinstance(value, SecretStr):
        return _MASK if value.get_secret_value() else "-"
    return _IN_QUERY.sub(rf"\1{_MASK}", _IN_ADDRESS.sub(rf"\1{_MASK}", str(value)))
