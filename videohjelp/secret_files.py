"""Settings that stand in files of their own: VIDEOHJELP_SECRET_KEY_FILE=/run/secrets/secret_key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

SUFFIX = "_FILE"


class SecretFileError(ValueError):
    """A file that a variable names cannot be used. The text says which and what to do."""


def read_secret_files(
    names: Iterable[str], prefix: str, environment: Mapping[str, str]
) -> dict[str, str]:
    """The settings that files hold, by name, as Docker and Kubernetes hand out secrets.

    names: of the settings that may stand in a file. prefix: of their variables. White space at the
    end of a file is not part of the secret. Raises SecretFileError for a file that cannot be read
    or is empty, and for a secret that is given twice.
    """
    given = {name.upper(): value for name, value in environment.items()}
    found = {}
    for name in names:
        variable = f"{prefix}{name}".upper()
        path = given.get(variable + SUFFIX)
        if path is None:
            continue
        if variable in given:
            raise SecretFileError(f"{variable} and {variable}{SUFFIX} are both set; unset one")
        found[name] = _read(variable + SUFFIX, Path(path))
    return found


def _read(variable: str, path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8").rstrip()
    except UnicodeDecodeError as error:
        raise SecretFileError(
            f"{variable}: {path} is not in UTF-8; write the secret as text"
        ) from error
    except OSError as error:
        raise SecretFileError(
            f"{variable}: {path} cannot be read ({error.strerror}); "
            "check the path and the rights of the file"
        ) from error
    if not text:
        raise SecretFileError(f"{variable}: {path} is empty; write the secret into it")
    return text
