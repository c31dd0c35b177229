"""`make audit`: known advisories about every locked package, each with a reason or an error.

Exit status: 0 all is explained, 1 something is not, 2 a service did not answer, so that nothing can
be said.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tools.supply_chain.commands import NPM_FOLDERS, ROOT, ToolError, locked_packages, npm, run, uv
from tools.supply_chain.exceptions import ListError, judge, list_faults, read_known
from tools.supply_chain.findings import Finding, NoAnswerError, of_npm_audit, of_pip_audit

PIP_AUDIT = "pip-audit==2.9.0"
#: Abandoned with a known hole (CVE-2013-7459): who knows nothing of it knows nothing.
CANARY, CANARY_VERSION = "pycrypto", "2.6.1"
ADVISORIES = ROOT / "security" / "advisories.yml"
UNEXPLAINED, NO_ANSWER = 1, 2


def main(arguments: list[str]) -> int:
    """Asks the services and holds their answers against the list. Gives the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--list-only", action="store_true", help="ask nobody; check the list alone")
    options = parser.parse_args(arguments)
    try:
        known = read_known(ADVISORIES)
    except ListError as error:
        print(error, file=sys.stderr)
        return UNEXPLAINED
    if options.list_only:
        faults = list_faults(known, _today()).errors
        print("\n".join(faults) or f"{len(known)} advisories, each with a reason and a date")
        return UNEXPLAINED if faults else 0
    found, silent = _ask({"Python": _python, **{f: _npm(f) for f in NPM_FOLDERS}})
    verdicts = judge(found, known, _today())
    for finding, reason in verdicts.explained:
        print(f"{finding}\n    {reason.verdict}: {reason.reason}")
    if not silent:
        print("".join(f"Note: {warning}.\n" for warning in verdicts.warnings), end="")
    for wrong in [*verdicts.errors, *silent]:
        print(f"ERROR: {wrong}", file=sys.stderr)
    if silent:
        return NO_ANSWER
    print(f"{len(verdicts.explained)} explained, {len(verdicts.errors)} errors")
    return UNEXPLAINED if verdicts.errors else 0


def _ask(questions: dict[str, Callable[[], list[Finding]]]) -> tuple[list[Finding], list[str]]:
    found: list[Finding] = []
    silent = []
    for name, ask in questions.items():
        try:
            found += ask()
        except (NoAnswerError, ToolError) as error:
            silent.append(
                f"{name} was NOT audited: {error}.\n    Nothing can be said of these packages; run "
                "this where the service can be reached"
            )
    return found, silent


def _python() -> list[Finding]:
    """Asks PyPI, and when it does not know, OSV. Raises NoAnswerError with both reasons."""
    refusals = []
    for service in ("pypi", "osv"):
        try:
            return _pip_audit(service)
        except (NoAnswerError, ToolError) as error:
            refusals.append(f"{service}: {error}")
    raise NoAnswerError("; ".join(refusals))


def _pip_audit(service: str) -> list[Finding]:
    with tempfile.TemporaryDirectory() as folder:
        wanted, said = Path(folder) / "requirements.txt", Path(folder) / "said.json"
        packages = [*locked_packages(), f"{CANARY}=={CANARY_VERSION}"]
        wanted.write_text("\n".join(packages), encoding="utf-8")
        command = [uv(), "tool", "run", PIP_AUDIT, "--vulnerability-service", service]
        command += ["--requirement", str(wanted), "--no-deps", "--disable-pip"]
        command += ["--format", "json", "--output", str(said), "--progress-spinner", "off"]
        run(command, may_fail=True)
        if not said.is_file():
            raise NoAnswerError("pip-audit could not reach it")
        return of_pip_audit(json.loads(said.read_text(encoding="utf-8")), CANARY)


def _npm(folder: str) -> Callable[[], list[Finding]]:
    def ask() -> list[Finding]:
        command = [npm(), "audit", "--json", "--package-lock-only"]
        said = run(command, ROOT / folder, may_fail=True)
        lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
        try:
            report = json.loads(said)
        except ValueError as error:
            raise NoAnswerError("npm said nothing that can be read") from error
        return of_npm_audit(report, lock)

    return ask


def _today() -> date:
    return date.today()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
