"""What the commands `model list` and `model status` print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from videohjelp.rollout.errors import RolloutError
from videohjelp.rollout.models import Model, models_in
from videohjelp.rollout.pointer import Entry, Pointer
from videohjelp.rollout.serving import servers
from videohjelp.rollout.suite import suite_digest
from videohjelp.rollout.verdicts import objection, read_verdict

#: How many changes `status` shows.
_NEWEST = 10


def listed(folder: Path, stories: Path, present: str) -> Iterator[str]:
    """A line for each model. present: the fingerprint of the content that lies here."""
    pointer, suite = Pointer(folder), suite_digest(stories)
    in_force, before = pointer.in_force(), pointer.before()
    for model in models_in(folder):
        marks = [f"checked: {_verdict(model, suite)}"]
        if in_force and in_force.model == model.name:
            marks.insert(0, "IN FORCE")
        elif before and before.model == model.name:
            marks.insert(0, "the one before")
        marks.append("of the present content" if model.fingerprint == present else "other content")
        yield f"{model.name}  trained {_trained(model)}  {', '.join(marks)}"


def status(folder: Path, mode: str, present: str) -> Iterator[str]:
    """What is in force and why, what the servers have loaded, and the newest changes.

    mode: the setting `model`. present: the fingerprint of the content that lies here.
    """
    pointer = Pointer(folder)
    entries = pointer.history()
    if not entries:
        yield "No model was put in force."
        yield (
            "The server does not start (VIDEOHJELP_MODEL=activated): model activate <model>"
            if mode == "activated"
            else "The server trains and serves the model of the present content."
        )
    else:
        yield from _in_force(folder, pointer, entries[-1], present)
    running = servers(folder)
    yield "Servers:" if running else "No server is running here."
    yield from (f"  {one.said()}" for one in running)
    if entries:
        yield "History:"
    yield from (f"  {told(entry)}" for entry in reversed(entries[-_NEWEST:]))


def told(entry: Entry) -> str:
    """A change as a line."""
    verb = "put in force" if entry.did == "activate" else "rolled back to"
    parts = [f"{entry.at} {entry.by}: {verb} {entry.model}"]
    if entry.checked:
        parts.append(f"passed {entry.checked}")
    if entry.unchecked:
        parts.append(f"WITHOUT A CHECK: {entry.unchecked}")
    if entry.why:
        parts.append(entry.why)
    return "; ".join(parts)


def of_other_content(model: Model, present: str) -> str | None:
    """What to say of a model that was trained from other content than lies here."""
    if model.fingerprint in (present, None):
        return None
    return (
        f"{model.name} was trained from other content than lies here (it: {model.fingerprint}, "
        f"here: {present}). Deploy a model with the commit it was trained from; for the present "
        "content: make train, then python -m videohjelp model activate <model>"
    )


def _in_force(folder: Path, pointer: Pointer, entry: Entry, present: str) -> Iterator[str]:
    yield f"In force: {entry.model}"
    yield f"  {told(entry)}"
    model = Model(folder / entry.model)
    if not model.path.is_file():
        yield f"  MISSING: {model.path}; copy it back, or roll back"
    elif model.sha256() != entry.sha256:
        yield f"  CHANGED: {model.path} is not the file that was put in force; copy it back"
    elif said := of_other_content(model, present):
        yield f"  NOTE: {said}"
    before = pointer.before()
    yield f"A rollback goes to: {before.model if before else 'nothing, it is the first'}"


def _verdict(model: Model, suite: str) -> str:
    try:
        verdict = read_verdict(model)
        against = objection(verdict, model.sha256(), suite)
    except (RolloutError, OSError) as error:
        return str(error)
    if verdict is None or against:
        return f"no, {against}"
    return f"{verdict.at}, {verdict.said()}"


def _trained(model: Model) -> str:
    try:
        return model.trained_at().isoformat(timespec="minutes")
    except RolloutError:
        return "? (the file is damaged)"
