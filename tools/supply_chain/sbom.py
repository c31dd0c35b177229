"""`make sbom`: the bill of materials, CycloneDX 1.6 in JSON, checked against its schema.

var/sbom/python.json is what is installed to serve; widget.json and widget-report.json what the page
is built and measured with. Made by CycloneDX's own tools.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tools.supply_chain.commands import (
    NPM_FOLDERS,
    ROOT,
    ToolError,
    locked_packages,
    npm,
    run,
    uv,
)

CYCLONEDX_PY = "cyclonedx-bom==7.3.0"
CYCLONEDX_NPM = "@cyclonedx/cyclonedx-npm@6.0.1"
SPEC = "1.6"
FOLDER = ROOT / "var" / "sbom"


def main() -> int:
    """Writes the bills. Gives the exit status."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        _python(FOLDER / "python.json")
        npm()
        for folder in NPM_FOLDERS:
            _npm(folder, FOLDER / f"{folder.replace('/', '-')}.json")
    except ToolError as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 1
    for path in sorted(FOLDER.glob("*.json")):
        components = json.loads(path.read_text(encoding="utf-8"))["components"]
        print(f"{path.relative_to(ROOT)}: {len(components)} components")
    return 0


def _python(target: Path) -> None:
    """Of uv.lock without what developers alone need: the environment of a server."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("\n".join(locked_packages(development=False)), encoding="utf-8")
        command = [uv(), "tool", "run", "--from", CYCLONEDX_PY, "cyclonedx-py", "requirements"]
        command += ["--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application"]
        command += ["--sv", SPEC, "--of", "JSON", "--validate", "-o", str(target), str(wanted)]
        run(command)


def _npm(folder: str, target: Path) -> None:
    command = ["npx", "--yes", CYCLONEDX_NPM, "--package-lock-only", "--ignore-npm-errors"]
    command += ["--sv", SPEC, "--of", "JSON", "--validate", "--output-file", str(target)]
    run(command, ROOT / folder)


if __name__ == "__main__":
    sys.exit(main())
