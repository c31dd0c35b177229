"""The built widget in the repository: made of these sources, small, as its manifest says."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import brotli
import pytest

from videohjelp.channels.web.pages import STATIC
from videohjelp.settings import ROOT

#: Bytes with brotli; the same as in widget/build/finish.mjs, which is the gate of the build.
BUDGET = {"loader": 3 * 1024, "chat": 20 * 1024}
needs_node = pytest.mark.skipif(shutil.which("npm") is None, reason="Node is not installed")


def _manifest() -> dict[str, dict[str, str]]:
    manifest: dict[str, dict[str, str]] = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    return manifest


def _brotli_size(names: list[str]) -> int:
    return sum(len(brotli.compress((STATIC / name).read_bytes())) for name in names)


def _integrity(content: bytes) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def test_budget() -> None:
    page = (STATIC / "chat.html").read_text("utf-8")
    assets = re.findall(r'(?:src|href)="/(assets/[^"]+)"', page)
    assert any(name.endswith(".js") for name in assets)
    assert any(name.endswith(".css") for name in assets)
    assert _brotli_size(["widget.js"]) <= BUDGET["loader"]
    assert _brotli_size(["chat.html", *dict.fromkeys(assets)]) <= BUDGET["chat"]


def test_the_loader_is_one_file_that_stores_no_cookie_and_parses_no_html() -> None:
    loader = (STATIC / "widget.js").read_text("utf-8")
    assert not re.search(r"\bimport\s*[({\"'`*]", loader)
    for forbidden in (
        "innerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        ".cookie",
        "localStorage",
        "new Function",
    ):
        assert forbidden not in loader


def test_manifest() -> None:
    manifest = _manifest()
    found = {
        path.relative_to(STATIC).as_posix(): _integrity(path.read_bytes())
        for path in STATIC.rglob("*")
        if path.suffix in (".js", ".css", ".html")
    }
    assert manifest["files"] == found
    loader = manifest["loader"]
    content = (STATIC / loader["file"]).read_bytes()
    assert content == (STATIC / "widget.js").read_bytes()
    assert loader["integrity"] == _integrity(content)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources of the widget in a folder of their own, with the packages they need."""
    packages = ROOT / "widget" / "node_modules"
    if not packages.is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=packages.parent, check=True)
    ignored = shutil.ignore_patterns("node_modules")
    shutil.copytree(ROOT / "widget", tmp_path / "widget", ignore=ignored)
    shutil.copytree(ROOT / "data" / "widget", tmp_path / "data" / "widget")
    (tmp_path / "widget" / "node_modules").symlink_to(packages)
    return tmp_path


def _build(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["npm", "run", "build"], cwd=folder / "widget", capture_output=True, text=True
    )


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@needs_node
def test_the_build_in_the_repository_is_that_of_the_sources(copy: Path) -> None:
    built = _build(copy)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "integrity=" in built.stdout
    rebuilt = _files(copy / "videohjelp" / "channels" / "web" / "static")
    present = _files(STATIC)
    assert sorted(rebuilt) == sorted(present)
    assert [name for name in present if present[name] != rebuilt[name]] == []


@needs_node
def test_the_build_fails_over_budget(copy: Path) -> None:
    noise = hashlib.shake_256(b"noise").hexdigest(4000)
    entry = copy / "widget" / "src" / "loader" / "widget.ts"
    entry.write_text(f'{entry.read_text("utf-8")}\nhost.dataset["noise"] = "{noise}";\n', "utf-8")
    built = _build(copy)
    assert built.returncode != 0
    assert "OVER BUDGET" in built.stdout
