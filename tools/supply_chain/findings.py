"""What the advisory services say of our packages, as pip-audit and npm write it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class NoAnswerError(RuntimeError):
    """A service did not tell about our packages: silence is no good news. The text says why."""


@dataclass(frozen=True)
class Finding:
    """An advisory about a package in the version that we have.

    ids: every name it has (CVE-…, GHSA-…, PYSEC-…). fixed_in: the versions without it.
    """

    package: str
    version: str
    ids: frozenset[str]
    fixed_in: tuple[str, ...] = ()

    def __str__(self) -> str:
        fixed = f", fixed in {' or '.join(self.fixed_in)}" if self.fixed_in else ", no fix yet"
        return f"{self.package} {self.version}: {', '.join(sorted(self.ids))}{fixed}"


def of_pip_audit(report: Mapping[str, Any], canary: str) -> list[Finding]:
    """The findings of a report of pip-audit's (--format json).

    canary: the name of a package in it that is known to be vulnerable. Raises NoAnswerError when
    the service did not know a package, or nothing of the canary: pip-audit itself then says "No
    known vulnerabilities found" and ends well.
    """
    packages = report["dependencies"]
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    if skipped:
        named = ", ".join(skipped[:3])
        raise NoAnswerError(
            f"the service told nothing of {len(skipped)} of {len(packages)} packages ({named} …)"
        )
    findings = [
        Finding(
            each["name"],
            each["version"],
            frozenset({one["id"], *one.get("aliases", [])}),
            tuple(one.get("fix_versions", [])),
        )
        for each in packages
        for one in each["vulns"]
    ]
    if not any(finding.package == canary for finding in findings):
        raise NoAnswerError(f"the service knows no advisory of {canary}, which has some")
    return [finding for finding in findings if finding.package != canary]


def of_npm_audit(report: Mapping[str, Any], lock: Mapping[str, Any]) -> list[Finding]:
    """The findings of `npm audit --json`. lock: the package-lock.json. Raises NoAnswerError."""
    if "vulnerabilities" not in report:
        why = report.get("message") or report.get("error") or "no reason"
        raise NoAnswerError(f"npm's registry gave no answer ({why})")
    findings = []
    for name, entry in report["vulnerabilities"].items():
        versions = {lock["packages"].get(node, {}).get("version", "?") for node in entry["nodes"]}
        for via in entry["via"]:
            if isinstance(via, dict):  # else another package of the list is the reason
                ids = frozenset({via["url"].rsplit("/", 1)[-1]})
                findings += [Finding(name, version, ids) for version in sorted(versions)]
    return findings
