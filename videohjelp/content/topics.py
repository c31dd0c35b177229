"""What the topics are called when the patient chooses between them: data/topics.yml."""

from __future__ import annotations

from collections.abc import Iterator

from videohjelp.content.domain import Domain
from videohjelp.content.nlu import CONVERSATION, intents_in
from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required
from videohjelp.content.texts import LANGUAGES
from videohjelp.content.yaml_lines import Content, fields, line, pairs, text
from videohjelp.device_check.intents import NEVER_WRITTEN
from videohjelp.sms.gsm7 import foreign_characters, septets

PATH = "data/topics.yml"
LONGEST_TITLE = 38
#: The button for who meant none of the topics offered.
_NONE = "none_of_these"


def check_topics(content: Content, domain: Domain) -> Iterator[Problem]:
    """Gives topics without a title, and titles that are too long, repeated or of no topic."""
    document = content.documents.get(PATH)
    if document is None:
        yield Problem(PATH, 0, "the file is missing", "restore it from git")
        return
    yield from check_names(PATH, document, (_NONE, "topics"), "the file")
    yield from check_required(PATH, document, (_NONE, "topics"), "the file")
    titles = fields(document).get("topics")
    moves = intents_in(content, CONVERSATION) | NEVER_WRITTEN
    topics = [intent for intent in domain.intents if intent not in moves]
    given = set(fields(titles))
    for topic in topics:
        if topic not in given:
            yield Problem(
                PATH,
                line(titles) if titles is not None else 1,
                f"the topic '{topic}' has no title",
                "add a line with its title in bokmål (nb), nynorsk (nn) and English (en)",
            )
    first: dict[tuple[str, str], str] = {}
    none = [(key, title) for key, title in pairs(document) if key.value == _NONE]
    for key, by_language in [*none, *pairs(titles)]:
        topic = str(key.value)
        if topic not in topics and topic != _NONE:
            yield Problem(
                PATH,
                line(key),
                f"'{topic}' is no topic a patient can choose",
                "correct the name to one in domain.yml, or remove the line",
            )
        yield from check_names(PATH, by_language, LANGUAGES, "a title")
        for language in LANGUAGES:
            title = text(fields(by_language).get(language)) or ""
            yield from _check_title(line(key), topic, language, title)
            other = first.setdefault((language, title.casefold()), topic)
            if title and other != topic:
                yield Problem(
                    PATH,
                    line(key),
                    f"'{topic}' and '{other}' have the same title in {language}: '{title}'",
                    "give one of them another title",
                )


def _check_title(at: int, topic: str, language: str, title: str) -> Iterator[Problem]:
    if not title.strip():
        yield Problem(PATH, at, f"'{topic}' has no title in {language}", "add it")
    if foreign := foreign_characters(title):
        yield Problem(
            PATH,
            at,
            f"the title '{title}' has {foreign[0]!r}, which is not in the SMS alphabet",
            "write it otherwise",
        )
    if septets(title) > LONGEST_TITLE:
        yield Problem(
            PATH,
            at,
            f"the title '{title}' has {septets(title)} characters",
            f"shorten it to {LONGEST_TITLE}",
        )
