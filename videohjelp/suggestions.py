"""Which topics are offered when a message was not understood ("did you mean …")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from videohjelp.topics import TopicTitles

#: How many topics are offered at the most.
MOST = 3
#: A topic less likely than this (0 to 1), or than this share of the likeliest one, is no guess.
LEAST = 0.05
LEAST_SHARE = 0.25
#: Messages of so few words are looked at for a misspelt word of a title ("kmera").
_FEW_WORDS = 2
_SHORTEST_WORD = 4
#: A word in the titles of more topics than this ("ikke", "hvor") names none of them.
_MOST_NAMED = 4
#: rapidfuzz's ratio, 0 to 100: one letter wrong or missing in a word of five.
_SAME_WORD = 80
_WORD = re.compile(r"[^\W\d_]+")


def suggest(text: str, ranking: Sequence[tuple[str, float]], titles: TopicTitles) -> list[str]:
    """The topics to offer, the best guess first; none when there is no guess worth offering.

    text: what was written. ranking: intents with their confidence (0 to 1), the likeliest first;
    those without a title are left out. A short message whose word nearly stands in a title is
    misspelt: then the topics of that word come first, in the order of the ranking.
    """
    confidence = {intent: sure for intent, sure in ranking if intent in titles}
    meant = sorted(_named(text, titles), key=lambda topic: -confidence.get(topic, 0.0))
    least = max([LEAST, *(LEAST_SHARE * sure for sure in confidence.values())])
    likely = [topic for topic, sure in confidence.items() if sure >= least and topic not in meant]
    return [*meant, *likely][:MOST]


def _named(text: str, titles: TopicTitles) -> list[str]:
    """The topics with a title in which a word of a short message stands, or nearly."""
    words = _WORD.findall(text.casefold())
    if len(words) > _FEW_WORDS:
        return []
    long_enough = [word for word in words if len(word) >= _SHORTEST_WORD]
    named = [
        topic
        for topic, by_language in titles.items()
        if any(
            _is_same(word, other)
            for title in by_language.values()
            for other in _WORD.findall(title.casefold())
            for word in long_enough
        )
    ]
    return named if len(named) <= _MOST_NAMED else []


def _is_same(word: str, other: str) -> bool:
    # "kamera" also is the beginning of "kameraet": endings say nothing about the topic.
    beginning = other[: max(len(word), _SHORTEST_WORD + 1)]
    return len(other) >= _SHORTEST_WORD and fuzz.ratio(word, beginning) >= _SAME_WORD
