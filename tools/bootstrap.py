#!/usr/bin/env python3
"""Sets up everything the commands of the Makefile need, on a machine with any Python 3.8+.

uv (pinned) goes into .tools/, Python 3.10 is found or fetched, the locked environment goes into
.venv/, the one with the real TensorFlow (asked for with --tensorflow) into .venv-tensorflow/.
Nothing is done twice: a second call takes a fraction of a second. Standard library only.
"""

import argparse
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator, List, Optional

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
TENSORFLOW_VENV = ROOT / ".venv-tensorflow"
UV_VERSION = "0.13.9"
PYTHON_WANTED = "3.10"
#: Environment, model and caches, in bytes; TensorFlow's environment alone.
SPACE_NEEDED = 2500 * 1024 * 1024
TENSORFLOW_SPACE_NEEDED = 5000 * 1024 * 1024
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class SetupError(Exception):
    """Set-up cannot go on. The text says what is wrong and what to do."""


def main() -> int:
    """Runs the set-up. Gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--browser", action="store_true", help="a browser for the page's tests too")
    parser.add_argument(
        "--tensorflow", action="store_true", help="an environment with the real TensorFlow too"
    )
    arguments = parser.parse_args()
    try:
        _set_up_environment(VENV, [], SPACE_NEEDED)
        if arguments.tensorflow:
            extra = ["--extra", "tensorflow", "--no-dev"]
            _set_up_environment(TENSORFLOW_VENV, extra, TENSORFLOW_SPACE_NEEDED)
        if arguments.browser:
            _set_up_browser()
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 0


def _set_up_environment(venv: Path, options: List[str], space: int) -> None:
    wanted = _fingerprint()
    stamp = venv / ".videohjelp-stamp"
    if stamp.is_file() and stamp.read_text() == wanted and (venv / "bin" / "python").exists():
        return
    _check_space(stamp, space)
    begin = time.monotonic()
    print("Setting up Videohjelp (a few minutes the first time).", flush=True)
    uv = _uv()
    python = _python(uv)
    print(f"  [3/3] installing the locked environment with Python {PYTHON_WANTED} …", flush=True)
    environment = {
        **os.environ,
        "UV_PROJECT_ENVIRONMENT": str(venv),
        # Byte code is made once here; without it every start takes twice as long.
        "UV_COMPILE_BYTECODE": "1",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    command = [uv, "sync", "--frozen", "--python", python] + options
    if not sys.stderr.isatty():
        command.append("--quiet")
    if subprocess.call(command, cwd=ROOT, env=environment) != 0:
        _check_space(stamp, space)
        raise SetupError(
            "The environment could not be installed; uv says why above.\n"
            "Check the network, then run the command again: it goes on where it stopped."
        )
    stamp.write_text(wanted)
    print(f"  set up in {time.monotonic() - begin:.0f} s", flush=True)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    shim = sorted((ROOT / "tools" / "no_tensorflow").glob("*.*"))
    for path in [ROOT / "uv.lock", ROOT / "pyproject.toml"] + shim:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _check_space(stamp: Path, space: int) -> None:
    free = shutil.disk_usage(ROOT).free
    if free < space and not stamp.is_file():
        raise SetupError(
            f"The disk is nearly full: {free // 1024**2} MB free, "
            f"{space // 1024**2} MB needed. Free some space and run the command again."
        )


def _uv() -> str:
    found = shutil.which("uv")
    if found and _uv_version(found) == UV_VERSION:
        print(f"  [1/3] uv {UV_VERSION} is there", flush=True)
        return found
    own = TOOLS / "uv" / "bin" / "uv"
    if not own.exists() or _uv_version(str(own)) != UV_VERSION:
        print(f"  [1/3] installing uv {UV_VERSION} into .tools/ …", flush=True)
        _install_uv(own)
    else:
        print(f"  [1/3] uv {UV_VERSION} is in .tools/", flush=True)
    return str(own)


def _install_uv(own: Path) -> None:
    pip = ["install", "--quiet", "--disable-pip-version-check", f"uv=={UV_VERSION}"]
    environment = TOOLS / "uv"
    shutil.rmtree(environment, ignore_errors=True)
    attempts: List[str] = []
    made = _output([sys.executable, "-m", "venv", str(environment)])
    if made.returncode == 0:
        command = [str(environment / "bin" / "python"), "-m", "pip"] + pip
    else:
        # Debian's python3 has no venv of its own without the package python3-venv.
        attempts.append(made.stdout)
        shutil.rmtree(environment, ignore_errors=True)
        command = [sys.executable, "-m", "pip"] + pip + ["--target", str(environment)]
    installed = _output(command)
    if installed.returncode != 0 or not own.exists():
        attempts.append(installed.stdout)
        raise SetupError(
            "uv, which installs everything else, could not be installed:\n"
            + "\n".join(attempts).strip()
            + "\nInstall python3-venv (Debian, Ubuntu: sudo apt install python3-venv), or uv "
            + f"{UV_VERSION} itself, and run the command again."
        )


def _uv_version(uv: str) -> Optional[str]:
    said = _output([uv, "--version"])
    words = said.stdout.split()
    return words[1] if said.returncode == 0 and len(words) > 1 else None


def _python(uv: str) -> str:
    for candidate in _python_candidates():
        if _python_version(candidate) == PYTHON_WANTED:
            print(f"  [2/3] Python {PYTHON_WANTED} found", flush=True)
            return candidate
    print(f"  [2/3] fetching Python {PYTHON_WANTED} …", flush=True)
    if subprocess.call([uv, "python", "install", "--quiet", PYTHON_WANTED]) == 0:
        found = _output([uv, "python", "find", PYTHON_WANTED])
        if found.returncode == 0:
            return found.stdout.strip()
    raise SetupError(
        f"Rasa 3.6 needs Python {PYTHON_WANTED}; it is not on this machine and could not be "
        "fetched.\nInstall it (pyenv install 3.10, or your system's python3.10), or say where it "
        "is: VIDEOHJELP_PYTHON=/path/to/python3.10 make run"
    )


def _python_candidates() -> Iterator[str]:
    named = os.environ.get("VIDEOHJELP_PYTHON")
    if named:
        yield named
    on_path = shutil.which(f"python{PYTHON_WANTED}")
    if on_path:
        yield on_path
    # pyenv's shims fail when another version is the global one: look behind them.
    pyenv = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    for path in sorted(glob.glob(f"{pyenv}/versions/{PYTHON_WANTED}*/bin/python"), reverse=True):
        yield path
    yield sys.executable


def _python_version(python: str) -> Optional[str]:
    try:
        said = _output([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
    except OSError:
        return None
    return said.stdout.strip() if said.returncode == 0 else None


def _output(command: List[str]) -> "subprocess.CompletedProcess[str]":
    """Runs a command and keeps what it prints, errors included."""
    return subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )


def _set_up_browser() -> None:
    # A program that shows whether they are there -> the Debian packages.
    wanted = {
        BROWSERS: ["chromium"],
        ("WebKitWebDriver",): ["webkit2gtk-driver", "xvfb"],
        ("orca",): ["orca", "xvfb", "dbus-x11", "at-spi2-core", "openbox", "xdotool"],
        ("nginx",): ["nginx-light"],
    }
    packages = [
        package
        for programs, names in wanted.items()
        if not any(shutil.which(name) for name in programs)
        for package in names
    ]
    if not packages:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing browsers, a screen reader and nginx for the tests …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends"] + packages):
            subprocess.call(
                ["apt-get", "-qq"] + command, env=environment, stdout=subprocess.DEVNULL
            )
    for programs, names in wanted.items():
        if not any(shutil.which(name) for name in programs):
            print(
                "There is no %s on this machine: the tests that need it will be left out. "
                "Install it (Debian: sudo apt install %s) to run them."
                % (programs[0], " ".join(names)),
                file=sys.stderr,
            )


if __name__ == "__main__":
    sys.exit(main())
