"""Words that the dictionaries of both written forms have, and only one of the texts may have.

Every other word is checked by the dictionaries (`spelling`).
"""

from __future__ import annotations

from collections.abc import Iterator

from videohjelp.content.language_texts import read_language_texts
from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_word_lists
from videohjelp.content.texts import Response
from videohjelp.content.yaml_lines import Content, fields, items, text

PATH = "data/language/bokmaal_nynorsk.yml"
_LISTS = ("bokmaal", "nynorsk")
_OTHER = {"nb": ("nynorsk", "bokmål"), "nn": ("bokmaal", "nynorsk")}


def check_language(content: Content, responses: list[Response]) -> Iterator[Problem]:
    """Gives each word of the list of the other written form in responses, titles, error texts."""
    document = content.documents.get(PATH)
    yield from check_word_lists(PATH, document, _LISTS)
    words = {name: {text(item) for item in items(node)} for name, node in fields(document).items()}
    for one in read_language_texts(content, responses):
        section, name = _OTHER.get(one.language, ("", ""))
        listed = words.get(section, set())
        for word in one.words():
            if not word.quoted and word.written.casefold() in listed:
                yield Problem(
                    one.path,
                    word.line,
                    f"the word '{word.written}' is not {name}",
                    f"write the text in {name}; if the word is right, take it out of {PATH}",
                )
