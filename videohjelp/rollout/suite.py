"""What a model is checked against: the stories, and all that answers beside the model."""

from __future__ import annotations

import hashlib
from pathlib import Path

from videohjelp.server.training import source_files
from videohjelp.settings import ROOT

#: The content read at start, the actions, the logic: a verdict holds for a model and a commit.
_BESIDE = ("data", "actions", "videohjelp")


def suite_digest(stories: Path, root: Path = ROOT) -> str:
    """Sixteen hexadecimal digits that change when a story does, or anything it is told by."""
    digest = hashlib.sha256()
    for folder in (stories.resolve(), *(root / name for name in _BESIDE)):
        for path in sorted(source_files(folder)):
            inside = path.relative_to(folder) if path != folder else Path(path.name)
            digest.update(f"{folder.name}/{inside.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
