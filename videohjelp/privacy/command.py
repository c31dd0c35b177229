"""`python -m videohjelp privacy`: the document for the data-protection officer."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def privacy(
    write: Annotated[bool, typer.Option("--write", help="write docs/privacy.md")] = False,
) -> None:
    """Print what is stored, why and how long, as docs/privacy.md tells it (in bokmål)."""
    from videohjelp.privacy.document import DOCUMENT, document  # noqa: PLC0415 - slow to import
    from videohjelp.privacy.inventory import InventoryError  # noqa: PLC0415
    from videohjelp.settings import ROOT  # noqa: PLC0415

    try:
        text = document()
    except InventoryError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    if write:
        DOCUMENT.write_text(text, encoding="utf-8")
        print(f"{DOCUMENT.relative_to(ROOT)} is written")
    else:
        print(text, end="")
