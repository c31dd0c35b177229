"""The report as JUnit XML, which CI systems read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from videohjelp.stories.results import CaseResult
from videohjelp.stories.texts import StaffLanguage
from videohjelp.stories.wording import conversation

#: What XML 1.0 has no way to write.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(
    path: Path, results: Sequence[CaseResult], seconds: float, language: StaffLanguage
) -> None:
    """Writes the report; makes its folder."""
    failures = str(sum(not result.passed for result in results))
    totals = {"tests": str(len(results)), "failures": failures, "time": f"{seconds:.3f}"}
    root = ET.Element("testsuites", {"name": "stories", **totals})
    suite = ET.SubElement(root, "testsuite", {"name": "stories", **totals, "errors": "0"})
    for result in results:
        case = result.case
        attributes = {
            "name": _clean(case.name),
            "classname": case.path.rpartition(".")[0].replace("/", "."),
            "file": case.path,
            "line": str(case.line),
            "time": f"{result.seconds:.3f}",
        }
        element = ET.SubElement(suite, "testcase", attributes)
        if not result.passed:
            problems = [problem for turn in result.turns for problem in turn.problems]
            first = {"message": _clean(problems[0].said(language)), "type": problems[0].name}
            failure = ET.SubElement(element, "failure", first)
            failure.text = _clean("\n".join(map(str, conversation(result, language))))
    path.parent.mkdir(parents=True, exist_ok=True)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
