"""Puts a model in force, if it may be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from videohjelp.rollout.checking import Tell, check
from videohjelp.rollout.decisions import moment, operator
from videohjelp.rollout.errors import RolloutError
from videohjelp.rollout.models import Model
from videohjelp.rollout.pointer import Entry, Pointer
from videohjelp.rollout.serving import servers
from videohjelp.rollout.suite import suite_digest
from videohjelp.rollout.verdicts import objection, read_verdict


@dataclass(frozen=True)
class Terms:
    """On what terms a model is put in force.

    stories: the folder that it must pass. jobs: processes of the check, 0 for one a core.
    already_checked: refuse instead of checking now. without_check: why it is not checked at all.
    why: said in the history.
    """

    stories: Path
    jobs: int = 0
    already_checked: bool = False
    without_check: str | None = None
    why: str = ""


def activate(pointer: Pointer, model: Model, terms: Terms, tell: Tell) -> Entry:
    """Puts a model in force; gives what was written.

    Raises RolloutError when it is damaged (whatever the terms), or has not passed the present
    check.
    """
    model.trained_at()
    digest = model.sha256()
    in_force = pointer.in_force()
    if in_force is not None and (in_force.model, in_force.sha256) == (model.name, digest):
        raise RolloutError(f"{model.name} is in force already, since {in_force.at}")
    if terms.without_check is not None and not terms.without_check.strip():
        raise RolloutError('say why: --without-check "the reason"')
    checked = None if terms.without_check else _passed(model, digest, terms, tell)
    entry = Entry(
        did="activate",
        model=model.name,
        sha256=digest,
        at=moment(),
        by=operator(),
        why=terms.why,
        checked=checked,
        unchecked=terms.without_check,
    )
    pointer.activate(entry, _served_before(pointer, digest) if in_force is None else None)
    return entry


def _served_before(pointer: Pointer, digest: str) -> Entry | None:
    """What a running server serves that nobody put in force: a rollback goes there."""
    for server in servers(pointer.path.parent):
        model = Model(pointer.path.parent / server.model)
        if server.sha256 == digest or not model.path.is_file() or model.sha256() != server.sha256:
            continue
        why = "was served when the first model was put in force"
        return Entry("activate", model.name, server.sha256, moment(), operator(), why)
    return None


def _passed(model: Model, digest: str, terms: Terms, tell: Tell) -> str:
    verdict = read_verdict(model)
    against = objection(verdict, digest, suite_digest(terms.stories))
    if against is not None:
        if terms.already_checked:
            raise RolloutError(
                f"{model.name} is not put in force: {against}. "
                f"Check it: python -m videohjelp model check {model.name}"
            )
        tell(f"Checking {model.name}: {against} …")
        verdict = check(model, terms.stories, terms.jobs, tell)
    if verdict is None or not verdict.passed:
        said = "" if verdict is None else f" ({verdict.said()} passed)"
        raise RolloutError(
            f"{model.name} is not put in force: it did not pass the check{said}. "
            "What was in force stays so."
        )
    return verdict.said()
