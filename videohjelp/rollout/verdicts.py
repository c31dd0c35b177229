"""What came of a model's check: a small file beside the model."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from videohjelp.rollout.errors import RolloutError
from videohjelp.rollout.files import write_json
from videohjelp.rollout.models import SUFFIX, Model


@dataclass(frozen=True)
class Verdict:
    """A check of a model.

    sha256: of the model's file. suite: see `suite_digest`. stories: the folder. at: UTC, ISO 8601.
    stories_passed, stories_failed: how many. failures: the first stories that failed, or why
    nothing was run.
    """

    sha256: str
    suite: str
    stories: str
    passed: bool
    stories_passed: int
    stories_failed: int
    content_mistakes: int
    at: str
    by: str
    seconds: float
    failures: tuple[str, ...] = ()

    def said(self) -> str:
        """It in a few words."""
        every = self.stories_passed + self.stories_failed
        mistakes = f", {self.content_mistakes} mistake(s) in data/" if self.content_mistakes else ""
        return f"{self.stories_passed} of {every} stories in {self.stories}{mistakes}"


def verdict_path(model: Model) -> Path:
    """Where a model's verdict is."""
    return model.path.with_name(f"{model.name.removesuffix(SUFFIX)}.verdict.json")


def read_verdict(model: Model) -> Verdict | None:
    """The newest verdict on a model; None when it was never checked.

    Raises RolloutError when the file is damaged.
    """
    path = verdict_path(model)
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return Verdict(**{**value, "failures": tuple(value["failures"])})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise RolloutError(
            f"{path} is damaged ({error}); check the model again: "
            f"python -m videohjelp model check {model.name}"
        ) from error


def write_verdict(model: Model, verdict: Verdict) -> None:
    """Keeps a verdict, instead of the one before. Raises OSError."""
    write_json(verdict_path(model), asdict(verdict))


def objection(verdict: Verdict | None, sha256: str, suite: str) -> str | None:
    """Why a verdict is no leave to put the model in force; None when it is."""
    if verdict is None:
        return "it was never checked"
    if verdict.sha256 != sha256:
        return "its file has changed since it was checked"
    if verdict.suite != suite:
        return "stories, content or code have changed since it was checked"
    if not verdict.passed:
        return f"it did not pass ({verdict.said()})"
    return None
