"""Whether the six texts of a response state the same: numbers, addresses, names, buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from videohjelp.content.problem import Problem
from videohjelp.content.texts import Response, Variation

#: The page's own texts: a button named there exists on the web only, and in its own language.
PAGE_TEXTS = Path("videohjelp/channels/web/page/strings.js")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d+[.)]\s")
_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:no|com|org|net|eu)\b(?:/[\w/-]+)?", re.IGNORECASE)
_PLACE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
_QUOTED = re.compile(r"«([^»]+)»|\"([^\"]+)\"")


def digits(variation: Variation) -> set[str]:
    """The groups of digits in the text, without the numbers of a list and what is quoted."""
    # What is quoted is compared by itself, and may be an example in the reader's language.
    bare = _QUOTED.sub(" ", _PLACE.sub(" ", _LIST_NUMBER.sub("\n", variation.text)))
    return set(_DIGITS.findall(bare))


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
    """What the buttons send."""
    return {button.payload for button in variation.buttons}


_FACTS: tuple[tuple[str, Callable[[Variation], set[str]]], ...] = (
    ("the digits", digits),
    ("the address", addresses),
    ("the part in braces", places),
    ("the button that sends", payloads),
)


def check_same_facts(root: Path, responses: list[Response]) -> Iterator[Problem]:
    """Gives each fact that is in one text of a response and not in another.

    Every text is compared with the bokmål text for the web. Names of buttons and fields (quoted,
    with a capital letter) are Join's and the same in all languages, and English may add what they
    mean; other quotations are for the patient to write, and only compared between web and SMS.
    """
    page = root / PAGE_TEXTS
    page_texts = page.read_text(encoding="utf-8") if page.is_file() else ""
    for response in responses:
        by_key = {(one.channel, one.language): one for one in response.variations}
        main = by_key.get(("web", "nb"))
        if main is None:
            continue
        for other in response.variations:
            for what, facts in _FACTS:
                yield from _differences(response, (main, other), what, facts(main), facts(other))
            web = by_key.get(("web", other.language))
            yield from _quotations(response, main, other, web, page_texts)


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
