"""Every check of the content that is quick enough for each start, in one call.

The others are in `thorough`.
"""

from __future__ import annotations

from pathlib import Path

from videohjelp.content.directory import check_directory
from videohjelp.content.domain import check_domain, read_domain
from videohjelp.content.entities import check_entities
from videohjelp.content.error_texts import check_error_texts
from videohjelp.content.guides import check_guides
from videohjelp.content.known_words import check_known_words
from videohjelp.content.language import check_language
from videohjelp.content.nlu import check_nlu
from videohjelp.content.number_words import check_number_words
from videohjelp.content.numbers import check_numbers, check_numbers_file, read_numbers
from videohjelp.content.other_services import check_other_services
from videohjelp.content.phone_lines import check_phone_lines
from videohjelp.content.problem import Problem
from videohjelp.content.readability import check_readability
from videohjelp.content.responses import check_responses
from videohjelp.content.rules import check_rules
from videohjelp.content.safety import check_safety
from videohjelp.content.same_facts import check_same_facts
from videohjelp.content.settings import check_settings
from videohjelp.content.sms import check_sms
from videohjelp.content.sms_channel import check_sms_keywords, check_sms_texts
from videohjelp.content.texts import read_responses
from videohjelp.content.topics import check_topics
from videohjelp.content.usage import check_usage
from videohjelp.content.widget_texts import check_widget_texts, read_widget_texts
from videohjelp.content.yaml_lines import read_content


def problems(root: Path) -> list[Problem]:
    """Every mistake in the content below the project's folder, by file and line.

    While a file is not YAML, or a name stands twice in it, only such mistakes are given: the others
    would follow from them.
    """
    root = root.resolve()
    content, unreadable = read_content(root)
    if unreadable:
        return sorted(unreadable)
    domain = read_domain(content)
    responses = read_responses(content)
    widget_texts = read_widget_texts(content)
    entries, found = check_directory(content)
    found += [
        *check_domain(content),
        *check_nlu(content, domain),
        *check_responses(content, responses, domain),
        *check_same_facts(root, responses),
        *check_number_words(content, responses),
        *check_sms(responses),
        *check_sms_texts(content),
        *check_sms_keywords(content, responses),
        *check_readability(responses),
        *check_language(content, responses),
        *check_known_words(content),
        *check_usage(content, responses, domain),
        *check_rules(content, domain),
        *check_guides(content),
        *check_numbers_file(content),
        *check_topics(content, domain),
        *check_error_texts(content),
        *check_phone_lines(content),
        *check_entities(content, domain),
        *check_other_services(content, responses),
        *check_safety(content),
        *check_settings(content),
        *check_widget_texts(widget_texts),
    ]
    if entries is not None:
        numbers = read_numbers(content, (entry.phone for entry in entries))
        found += check_numbers(content, [*responses, *widget_texts], numbers)
    # A part repeated by *name is checked each time it is used, and told of once.
    return sorted(set(found))
