"""A copy of the project's content in which a test breaks one thing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from videohjelp.content.check import problems
from videohjelp.content.problem import Problem

ROOT = Path(__file__).resolve().parent.parent.parent
#: What the checks read.
_FILES = ("domain.yml", "config.yml", "endpoints.yml", "credentials.yml")
_FOLDERS = (
    ("data", "*"),
    ("actions", "*.py"),
    ("videohjelp", "*.py"),
)


@dataclass(frozen=True)
class Project:
    """A copy of the content; `before` is what was wrong in it before the test broke anything."""

    root: Path
    before: frozenset[Problem]

    def replace(self, path: str, old: str, new: str) -> int:
        """Replaces the first `old` in a file; gives the line (1 the first) `new` begins on."""
        file = self.root / path
        written = file.read_text(encoding="utf-8")
        at = written.index(old)
        file.write_text(written[:at] + new + written[at + len(old) :], encoding="utf-8")
        return written.count("\n", 0, at) + 1

    def append(self, path: str, new: str) -> int:
        """Adds lines at the end of a file; gives the line the first of them stands on."""
        file = self.root / path
        written = file.read_text(encoding="utf-8").rstrip("\n") + "\n"
        file.write_text(written + new, encoding="utf-8")
        return written.count("\n") + 1

    def line(self, path: str, wanted: str) -> int:
        """The line of the first `wanted` in a file."""
        written = (self.root / path).read_text(encoding="utf-8")
        return written.count("\n", 0, written.index(wanted)) + 1

    def found(self) -> list[str]:
        """What is wrong now and was not before, as "file:line: what is wrong"."""
        new = [one for one in problems(self.root) if one not in self.before]
        assert all(one.todo for one in new)
        return [str(one).removesuffix(f"; {one.todo}") for one in new]


@pytest.fixture(scope="session")
def _original(tmp_path_factory: pytest.TempPathFactory) -> Project:
    # Copied once, so that the content does not change under the tests.
    root = tmp_path_factory.mktemp("original")
    for name in _FILES:
        shutil.copy(ROOT / name, root / name)
    for folder, pattern in _FOLDERS:
        for file in (ROOT / folder).rglob(pattern):
            if file.is_file():
                target = root / file.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)
    return Project(root, frozenset(problems(root)))


@pytest.fixture
def project(_original: Project, tmp_path: Path) -> Project:
    """A copy of the project's content, free to break."""
    root = tmp_path / "project"
    shutil.copytree(_original.root, root)
    return Project(root, _original.before)
