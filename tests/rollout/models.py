"""Models for the tests, made without training: the trained one with another text in it."""

from __future__ import annotations

import io
import json
import os
import tarfile
from pathlib import Path

#: A text of the trained model, and what it is in the second one.
FIRST, SECOND = "Er du klar for neste steg?", "Er du klar for det neste steget?"
METADATA = "metadata.json"


def link(model: Path, folder: Path) -> Path:
    """The model in another folder, without a copy of its bytes where that can be."""
    there = folder / model.name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        os.link(model, there)
    except OSError:
        there.write_bytes(model.read_bytes())
    return there


def with_other_text(model: Path, made: Path, old: str = FIRST, new: str = SECOND) -> Path:
    """A copy of a model in which a response's text is another one."""
    before, after = (json.dumps(text)[1:-1].encode() for text in (old, new))
    changed = False
    with tarfile.open(model) as source, tarfile.open(made, "w:gz", compresslevel=1) as target:
        for member in source:
            file = source.extractfile(member) if member.isfile() else None
            content = file.read() if file else b""
            if member.name.lstrip("/") == METADATA:
                changed = before in content
                content = content.replace(before, after)
            member.size = len(content)
            target.addfile(member, io.BytesIO(content) if file else None)
    assert changed, f"the model does not say {old!r}"
    return made


def tiny_model(path: Path, trained_at: str = "2026-11-01T10:00:00") -> Path:
    """A file that is whole, for tests in which no model is loaded."""
    content = json.dumps({"trained_at": trained_at}).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo(METADATA)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return path
