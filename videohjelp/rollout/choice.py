"""Which model a server serves: the one in force; else, if that is allowed, that of the content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from videohjelp.rollout.errors import RolloutError
from videohjelp.rollout.models import Model
from videohjelp.rollout.pointer import Entry, Pointer


def model_to_serve(pointer: Pointer, mode: str, of_content: Callable[[], Path]) -> Path:
    """The file of the model to serve.

    mode: the setting `model`. of_content: gives the model of the present content, trained if there
    is none; called only when no model was put in force. Raises RolloutError when the model in
    force is missing or is not the file that was put in force: no other one is taken instead.
    """
    entry = pointer.in_force()
    if entry is not None:
        return file_in_force(pointer, entry)
    if mode == "activated":
        raise RolloutError(
            f"{pointer.path} is missing: no model is in force, and VIDEOHJELP_MODEL=activated. "
            "Put one in force: python -m videohjelp model list, then model activate <model>"
        )
    return of_content()


def file_in_force(pointer: Pointer, entry: Entry) -> Path:
    """The file that an entry names. Raises RolloutError unless it is there, and unchanged."""
    model = Model(pointer.path.parent / entry.model)
    advice = (
        "Copy it back, or go back to the one before: python -m videohjelp model rollback "
        "(or put another one in force: model activate <model>)"
    )
    try:
        changed = model.sha256() != entry.sha256
    except OSError as error:
        raise RolloutError(
            f"{model.path} is in force and cannot be read ({error.strerror}). {advice}"
        ) from error
    if changed:
        raise RolloutError(
            f"{model.path} is in force, but is not the file that was put in force (cut short, or "
            f"replaced). {advice}"
        )
    return model.path
