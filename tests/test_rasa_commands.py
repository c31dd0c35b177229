"""Rasa's own commands work in the repository as any Rasa developer expects."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import yaml

from videohjelp.device_check.intents import NEVER_WRITTEN

ROOT = Path(__file__).resolve().parent.parent
RASA = ROOT / ".venv" / "bin" / "rasa"


def run_rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a Rasa command in the repository's folder."""
    environment = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    return subprocess.run(
        [str(RASA), *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_data_validate_finds_no_fault() -> None:
    done = run_rasa("data", "validate")

    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-3000:]
    assert "No story structure conflicts found" in said
    # Responses that actions utter are "not used" to Rasa, and what only the page sends has no
    # examples; every other warning is one.
    expected = ["is not used in any story or rule"]
    expected += [f"The intent '{intent}' is listed in the domain file" for intent in NEVER_WRITTEN]
    warnings = [
        line
        for line in said.splitlines()
        if "UserWarning" in line and not any(known in line for known in expected)
    ]
    assert warnings == []


def test_story_tests_all_pass(model: Path, tmp_path: Path) -> None:
    done = run_rasa(
        "test",
        "core",
        # The messages are understood too: intents and entities, not only the rules.
        "--e2e",
        "--model",
        str(model),
        "--stories",
        "tests/stories",
        "--out",
        str(tmp_path),
        "--fail-on-prediction-errors",
    )

    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    failed = yaml.safe_load((tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8"))
    assert not (failed or {}).get("stories")
