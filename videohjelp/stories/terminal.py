"""The report in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from videohjelp.stories.results import CaseResult
from videohjelp.stories.texts import StaffLanguage, say
from videohjelp.stories.wording import Role, conversation

_STYLES: dict[Role, str] = {
    "patient": "bold cyan",
    "understood": "dim",
    "assistant": "",
    "buttons": "dim",
    "problem": "bold red",
}
_INDENT = "    "


class TerminalReport:
    """Prints a sign for each case, then every failure as a conversation, then the sum."""

    def __init__(self, language: StaffLanguage, console: Console | None = None) -> None:
        """Takes the language of the report, and where it goes (standard output)."""
        self._language = language
        self._console = console or Console(highlight=False, soft_wrap=True)

    def progress(self, result: CaseResult) -> None:
        """One more case is done."""
        sign = Text(".", "green") if result.passed else Text("F", "bold red")
        self._console.print(sign, end="")

    def summary(self, results: Sequence[CaseResult], seconds: float) -> None:
        """All failures, and how many passed."""
        self._console.print()
        failed = [result for result in results if not result.passed]
        for result in failed:
            self._failure(result)
        values = {
            "passed": len(results) - len(failed),
            "failed": len(failed),
            "seconds": f"{seconds:.1f}",
        }
        style = "bold red" if failed else "bold green"
        self._console.print(Text(say("sum", self._language, **values), style))

    def _failure(self, result: CaseResult) -> None:
        case = result.case
        self._console.print()
        self._console.print(Text(f"✗ {case.name}  ({case.path}:{case.line})", "bold red"))
        for line in conversation(result, self._language):
            shown = _INDENT + str(line).replace("\n", f"\n{_INDENT}")
            self._console.print(Text(shown, _STYLES.get(line.role, "")))
