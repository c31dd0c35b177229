"""Whether the six texts of a response state the same: numbers, addresses, names, buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from videohjelp.content.problem import Problem
from videohjelp.content.texts import Response, Variation
from videohjelp.device_check.intents import OPEN_PAYLOAD

#: The page's own texts: a button named there exists on the web only, and in its own language.
PAGE_TEXTS = Path("data/widget/texts.yml")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d+[.)]\s")
#: Groups of digits that belong together: 55 97 65 51, 08.00.
_DIGITS = re.compile(r"\d+(?:[ .:\u00a0]\d+)*")
_ADDRESS = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:no|com|org|net|eu)\b(?:/[\w/-]+)?", re.IGNORECASE)
_PLACE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
_QUOTED = re.compile(r"«([^»]+)»|\"([^\"]+)\"")
_MAIN = ("web", "nb")


def numbers(variation: Variation) -> list[str]:
    """The numbers in the text, digits only, as they come; none of a list or of what is quoted."""
    bare = without_quotations(_PLACE.sub(" ", _LIST_NUMBER.sub("\n", variation.text)))
    return list(dict.fromkeys(re.sub(r"\D", "", number) for number in _DIGITS.findall(bare)))


def digits(variation: Variation) -> set[str]:
    """The numbers in the text, in whatever order."""
    return set(numbers(variation))


def without_quotations(written: str) -> str:
    """A text without what is quoted: it is compared by itself, and may be in another language."""
    return _QUOTED.sub(" ", written)


def addresses(variation: Variation) -> set[str]:
    """The web addresses in the text."""
    return {found.casefold() for found in _ADDRESS.findall(variation.text)}


def places(variation: Variation) -> set[str]:
    """The names in braces, filled in when the text is said."""
    return set(_PLACE.findall(variation.text))


def quoted(variation: Variation) -> set[str]:
    """What stands between «» (web) or quotation marks (SMS)."""
    return {web or sms for web, sms in _QUOTED.findall(variation.text)}


def payloads(variation: Variation) -> set[str]:
    """What the buttons send; without the one that makes the page open the device check."""
    return {button.payload for button in variation.buttons} - {OPEN_PAYLOAD}


_FACTS: tuple[tuple[str, Callable[[Variation], set[str]]], ...] = (
    ("the number", digits),
    ("the address", addresses),
    ("the part in braces", places),
    ("the button that sends", payloads),
)


def check_same_facts(root: Path, responses: list[Response]) -> Iterator[Problem]:
    """Gives each fact that is in one text of a response and not in another.

    Names of buttons and fields (quoted, with a capital letter) are Join's and the same in all
    languages, and English may add what they mean; other quotations are for the patient to write,
    and only compared between web and SMS.
    """
    page = root / PAGE_TEXTS
    page_texts = page.read_text(encoding="utf-8") if page.is_file() else ""
    for what, facts in _FACTS:
        yield from differences(responses, what, facts)
    for response in responses:
        by_key = _by_key(response)
        if main := by_key.get(_MAIN):
            for other in response.variations:
                yield from _order(response, main, other)
                web = by_key.get(("web", other.language))
                yield from _quotations(response, main, other, web, page_texts)


def differences(
    responses: list[Response], what: str, facts: Callable[[Variation], set[str]]
) -> Iterator[Problem]:
    """Gives each fact of one kind that is in one text of a response and not in another.

    Every text is compared with the bokmål text for the web. what: the kind, "the address".
    """
    for response in responses:
        main = _by_key(response).get(_MAIN)
        if main is None:
            continue
        for other in response.variations:
            yield from _differences(response, (main, other), what, facts(main), facts(other))


def _by_key(response: Response) -> dict[tuple[str, str], Variation]:
    return {(one.channel, one.language): one for one in response.variations}


def _order(response: Response, main: Variation, other: Variation) -> Iterator[Problem]:
    expected, found = numbers(main), numbers(other)
    if expected != found and set(expected) == set(found):
        yield Problem(
            response.path,
            other.line,
            f"{other.label} of '{response.name}' has the numbers in another order "
            f"({', '.join(found)}) than {main.label} ({', '.join(expected)})",
            "check that none is given for another, and write them in the same order",
        )


def _quotations(
    response: Response, main: Variation, other: Variation, web: Variation | None, page_texts: str
) -> Iterator[Problem]:
    def of_join(names: set[str]) -> set[str]:
        return {name for name in names if name[0].isupper() and f'"{name}"' not in page_texts}

    def not_of_page(names: set[str]) -> set[str]:
        return {name for name in names if f'"{name}"' not in page_texts}

    expected, found = of_join(quoted(main)), of_join(quoted(other))
    if other.language == "en":
        found &= expected
    yield from _differences(response, (main, other), "the quoted name", expected, found)
    if other.channel == "sms" and web is not None:
        reported = expected ^ found
        in_web, in_sms = not_of_page(quoted(web)), not_of_page(quoted(other))
        yield from _differences(
            response, (web, other), "the quoted words", in_web - reported, in_sms - reported
        )


def _differences(
    response: Response,
    compared: tuple[Variation, Variation],
    what: str,
    expected: set[str],
    found: set[str],
) -> Iterator[Problem]:
    main, other = compared
    for fact in sorted(expected - found):
        yield Problem(
            response.path,
            other.line,
            f"{other.label} of '{response.name}' lacks {what} '{fact}' of {main.label}",
            "state the same in all of them",
        )
    for fact in sorted(found - expected):
        yield Problem(
            response.path,
            other.line,
            f"{other.label} of '{response.name}' has {what} '{fact}', {main.label} has not",
            "state the same in all of them",
        )
