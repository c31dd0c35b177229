"""The trained models of a folder."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tarfile
import zlib
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from videohjelp.rollout.errors import RolloutError

SUFFIX = ".tar.gz"
_NAME = re.compile(r"videohjelp-([0-9a-f]{12})")
_METADATA = "metadata.json"
_PIECE = 1 << 20
#: What reading a file raises that is no archive, or not a whole one.
DAMAGED = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError)


@dataclass(frozen=True)
class Model:
    """A model's file."""

    path: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def fingerprint(self) -> str | None:
        """Of what the model was trained from, as its name has it; None for a name of one's own."""
        found = _NAME.match(self.name)
        return found[1] if found else None

    def sha256(self) -> str:
        """The digest of the file's content, in hexadecimal. Raises OSError."""
        digest = hashlib.sha256()
        with self.path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
        return digest.hexdigest()

    def trained_at(self) -> datetime:
        """When it was trained (UTC), as the model says. Reads the whole file.

        Raises RolloutError when the file is not a whole model.
        """
        try:
            found: bytes | None = None
            with gzip.open(self.path) as file, tarfile.open(fileobj=file, mode="r:") as archive:
                for member in archive:
                    if member.name.lstrip("/") == _METADATA:
                        content = archive.extractfile(member)
                        found = content.read() if content else None
                while file.read(_PIECE):  # to the checksum at the end, which tarfile leaves out
                    pass
            moment = datetime.fromisoformat(json.loads(found or b"")["trained_at"])
        except (*DAMAGED, KeyError, TypeError) as error:
            raise RolloutError(
                f"{self.path} is not a whole model ({type(error).__name__}: {error}); "
                "copy the file again, or train it anew: make train"
            ) from error
        return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment


def models_in(folder: Path) -> list[Model]:
    """The models of a folder, the newest file first."""
    paths = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [Model(path) for path in paths]


def find_model(folder: Path, wanted: str) -> Model:
    """The model with this name (with or without .tar.gz), path, or the beginning of its name or
    fingerprint.

    Raises RolloutError when there is none, or more than one.
    """
    every = models_in(folder)
    path = Path(wanted)
    if path.is_file() and path.resolve().parent != folder.resolve():
        raise RolloutError(f"{wanted} is not in {folder}; copy it there first")
    named = [one for one in every if one.name in (path.name, f"{path.name}{SUFFIX}")]
    beginnings = (path.name, f"videohjelp-{path.name}")
    found = named or [one for one in every if one.fingerprint and one.name.startswith(beginnings)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.name for one in found or every) or "none"
    said = "means several models" if found else f"is not a model in {folder}"
    raise RolloutError(f"{wanted} {said}; write the whole name of one of: {names}")
