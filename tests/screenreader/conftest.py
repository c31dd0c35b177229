"""A page in a real window, and a screen reader that listens to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.chromium import CHROMIUM
from tests.widget.conftest import page_url

from .desktop import PACKAGES, Desktop, missing_programs
from .orca import Orca

__all__ = ["desktop", "orca", "page_url", "window"]
PATIENCE_MS = 20_000


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """A desktop of its own; without the programs for it the test is left out, and says so."""
    missing = missing_programs()
    if missing:
        pytest.skip(
            f"NOT HEARD: the screen reader test needs {', '.join(missing)}. "
            f"Debian: sudo apt install {PACKAGES}"
        )
    with Desktop(tmp_path_factory.mktemp("desktop")) as opened:
        yield opened


@pytest.fixture(scope="module")
def orca(desktop: Desktop) -> Orca:
    """The screen reader, started before the browser as it is for those who need it."""
    return Orca(desktop)


@pytest.fixture(scope="module")
def window(desktop: Desktop, orca: Orca, page_url: str) -> Iterator[Page]:
    """The page in a window without address bar, which has the keyboard."""
    profile = desktop.folder / "profile"
    _keep_quiet(profile)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=CHROMIUM,
            env={**desktop.environment},
            headless=False,
            no_viewport=True,
            locale="nb-NO",
            # Its bar "is being controlled by automated software" would be read out.
            ignore_default_args=["--enable-automation"],
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--force-renderer-accessibility",
                "--window-size=1200,900",
                "--window-position=0,0",
                f"--app={page_url}",
            ],
        )
        yield context.pages[0]
        context.close()


def _keep_quiet(profile: Path) -> None:
    """No offer to translate the page: it would be read out as well."""
    preferences = profile / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps({"translate": {"enabled": False}}), encoding="utf-8")
