"""Trains the model, and only when what it is made of has changed."""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from videohjelp.rollout.pointer import Pointer
from videohjelp.settings import ROOT, settings

#: What a model is made of. Guides, directory and settings are read at start instead.
SOURCES = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/responses",
    "data/language/function_words.yml",
    "videohjelp/language",
    "uv.lock",
)


class TrainingError(RuntimeError):
    """The model could not be trained. The text says what Rasa said."""


def models() -> Path:
    """The folder of the trained models."""
    return ROOT / settings().models_folder


def model_path() -> Path:
    """Where the model of the present data is, or will be."""
    return models() / f"videohjelp-{fingerprint()}.tar.gz"


def fingerprint(root: Path = ROOT) -> str:
    """Twelve hexadecimal digits that change when anything a model is made of does."""
    digest = hashlib.sha256()
    for source in SOURCES:
        for path in sorted(source_files(root / source)):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def ensure_model(force: bool = False) -> Path:
    """The model of the present data, trained if there is none yet.

    Says on standard output what it does. Raises TrainingError.
    """
    path = model_path()
    if path.is_file() and not force:
        return path
    print("Training the model (a few minutes the first time) …", flush=True)
    begin = time.monotonic()
    _train(path)
    print(f"Trained in {time.monotonic() - begin:.0f} s: {os.path.relpath(path, ROOT)}", flush=True)
    _delete_old(path)
    return path


def _delete_old(new: Path) -> None:
    """Deletes the models before this one, but not those that are or can be put in force."""
    kept = {new.name, *Pointer(models()).kept()}
    for old in models().glob("videohjelp-*.tar.gz"):
        if old.name not in kept:
            old.unlink()


def _train(path: Path) -> None:
    said = io.StringIO()
    try:
        with _captured(said), _in_folder(ROOT):
            from rasa.model_training import train  # noqa: PLC0415 - Rasa is slow to import

            models().mkdir(parents=True, exist_ok=True)
            # In a folder of its own: another process never sees half a model.
            with tempfile.TemporaryDirectory(dir=models(), prefix=".training-") as folder:
                result = train(
                    domain="domain.yml",
                    config="config.yml",
                    training_files="data",
                    output=folder,
                    fixed_model_name=path.name.removesuffix(".tar.gz"),
                )
                made = Path(folder) / path.name
                if result.code == 0 and made.is_file():
                    made.replace(path)
    except SystemExit as error:
        raise TrainingError(f"Rasa refused the training data:\n{said.getvalue()}") from error
    if result.code != 0 or not path.is_file():
        raise TrainingError(f"Training failed:\n{said.getvalue()}")


@contextlib.contextmanager
def _captured(said: io.StringIO) -> Iterator[None]:
    """Rasa prints hundreds of progress bars; ours (on standard error) is enough."""
    from tqdm import tqdm  # noqa: PLC0415

    before: Any = tqdm.__init__

    def silent(bar: object, *args: object, **kwargs: object) -> None:
        before(bar, *args, **{**kwargs, "disable": True})

    setattr(tqdm, "__init__", silent)  # noqa: B010 - Rasa gives no way to switch them off
    logging.getLogger("rasa").setLevel(logging.ERROR)
    try:
        with contextlib.redirect_stdout(said):
            yield
    finally:
        setattr(tqdm, "__init__", before)  # noqa: B010
        sys.stdout.flush()


def source_files(path: Path) -> Iterator[Path]:
    """The file, or all files below the folder but litter; none where nothing is."""
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (p for p in path.rglob("*") if p.is_file() and not _is_litter(p))


def _is_litter(path: Path) -> bool:
    """Whether an editor, the system or Python has left the file: no source."""
    return "__pycache__" in path.parts or path.name.startswith(".") or path.name.endswith("~")


@contextlib.contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
