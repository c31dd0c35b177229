from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.language.danger_words import DangerWords, Spelling

WORDS = DangerWords({"ikkje": "ikke", "kje": "ikke", "pusta": "puste"})
SPELLING = Spelling(["hoster", "bevisstløs", "puster", "slag"], ["koster", "poster"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Får  IKKJE, pusta!", "får ikke puste"),
        ("får'kje puste", "får ikke puste"),
        ("får’kje", "får ikke"),
        ("can't, can’t, cant", "cant cant cant"),
        ("hjeeeelp", "hjelp"),
        ("tok 1000 mg, ring 113", "tok 1000 mg ring 113"),
        ("e-post", "e post"),
        ("", ""),
        ("?!…", ""),
    ],
)
def test_words_are_made_alike(text: str, words: str) -> None:
    assert WORDS.apply(text) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("En. To! Tre?", ["en", "to", "tre"]),
        ("en\nto;  tre: fire", ["en", "to", "tre", "fire"]),
        ("kl. 10.30 i dag", ["kl", "10 30 i dag"]),
        ("join.nhn.no", ["join nhn no"]),
        ("... !", []),
    ],
)
def test_sentences_are_parted(text: str, sentences: list[str]) -> None:
    assert WORDS.sentences(text) == sentences


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hosterr", "hoster"),
        ("hotser", "hoster"),
        ("hster", "hoster"),
        ("bevisløs", "bevisstløs"),
        ("bevistløss", "bevisstløs"),
        ("bevstls", "bevstls"),
        # words that are right, other first letter, too short, too far, numbers
        ("koster", "koster"),
        ("poster", "poster"),
        ("noster", "noster"),
        ("slak", "slak"),
        ("hosta", "hosta"),
        ("123456", "123456"),
    ],
)
def test_misspelled_words_are_put_right(written: str, meant: str) -> None:
    assert SPELLING.correct(written) == meant
    assert SPELLING.correct(f"han {written} nå") == f"han {meant} nå"


def test_the_nearest_word_is_meant() -> None:
    assert Spelling(["forgiftning", "forgifting"], []).correct("forgiftin") == "forgifting"


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    once = WORDS.apply(text)
    assert WORDS.apply(once).split() == WORDS.apply(once).lower().split()
    assert len(SPELLING.correct(once).split()) == len(once.split())
