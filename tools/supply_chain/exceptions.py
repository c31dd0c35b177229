"""The advisories we live with, and what is wrong with that list: security/advisories.yml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ValidationError, validator

from tools.supply_chain.findings import Finding

#: Nothing is put off for longer.
LONGEST_REVIEW = timedelta(days=185)
Verdict = Literal["not_reachable", "mitigated", "applies"]


class ListError(ValueError):
    """The list cannot be read. The text says where and what to do."""


class Known(BaseModel):
    """Advisories about a package, with the one reason that holds for all of them.

    ids: their names, of any of the lists (CVE-…, GHSA-…, PYSEC-…). verdict: not_reachable (we never
    run that code), mitigated (it runs, and something of ours stands in front), applies (a risk that
    is carried). where: the source line or setting that makes it so. review: the day on which
    the reason is looked at again.
    """

    ids: list[str]
    package: str
    version: str
    verdict: Verdict
    reason: str
    where: str
    review: date

    class Config:
        extra = "forbid"

    @validator("ids", "reason", "where")
    def _says_something(cls, value: Any) -> Any:  # noqa: N805
        if not value:
            raise ValueError("write it")
        return value

    def __str__(self) -> str:
        more = f" and {len(self.ids) - 1} more" if len(self.ids) > 1 else ""
        return f"{self.package} {self.version} ({self.ids[0]}{more})"

    def is_of(self, finding: Finding) -> bool:
        """Whether this is about a finding."""
        return (
            self.package.lower() == finding.package.lower()
            and self.version == finding.version
            and bool(finding.ids.intersection(self.ids))
        )


@dataclass
class Verdicts:
    """What holds the audit up (errors), and what only ought to be tidied up (warnings)."""

    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    explained: list[tuple[Finding, Known]] = field(default_factory=list)


def read_known(path: Path) -> list[Known]:
    """The list. Raises ListError."""
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [Known(**value) for value in values["advisories"]]
    except (OSError, yaml.YAMLError, TypeError, KeyError, ValidationError) as error:
        raise ListError(f"{path}: {error}") from error


def judge(findings: Iterable[Finding], known: Sequence[Known], today: date) -> Verdicts:
    """Holds what was found against the list."""
    verdicts = list_faults(known, today)
    used: list[Known] = []
    for finding in sorted(set(findings), key=str):
        reason = next((each for each in known if each.is_of(finding)), None)
        if reason is None:
            verdicts.errors.append(
                f"{finding}\n    No reason is given for it in security/advisories.yml: upgrade, or "
                "look whether we run that code and say so there."
            )
        else:
            used.append(reason)
            verdicts.explained.append((finding, reason))
    verdicts.warnings += [
        f"{each} is in security/advisories.yml, and nobody reports it any more: take it out"
        for each in known
        if each not in used
    ]
    return verdicts


def list_faults(known: Sequence[Known], today: date) -> Verdicts:
    """What is wrong with the list itself, whatever was found."""
    verdicts = Verdicts()
    for each in known:
        if each.review < today:
            verdicts.errors.append(
                f"{each} was to be looked at again by {each.review}: do that, "
                "and set a new date in security/advisories.yml"
            )
        elif each.review - today > LONGEST_REVIEW:
            verdicts.errors.append(
                f"{each} is put off until {each.review}, further than {LONGEST_REVIEW.days} days"
            )
    names = [name for each in known for name in each.ids]
    for name in sorted({name for name in names if names.count(name) > 1}):
        verdicts.errors.append(f"{name} is in security/advisories.yml twice")
    return verdicts
