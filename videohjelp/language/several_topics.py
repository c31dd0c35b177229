"""Finds the two topics of a message that raises two ("I have no sound, and what does it cost?")."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from videohjelp.language.danger import DANGERS

#: How sure the classifier must be of each part by itself.
SURE = 0.95
#: What follows "hei" is most often what it is about. Danger is looked for elsewhere, in the whole
#: message and in each of its sentences.
SURE_BEHIND_GREETING = 0.9
#: "Kari", "Kari Nordmann fra Voss": so many words of a name at most.
_LONGEST_NAME = 4
#: Of parts that the n-grams give less, one in twenty is clear when it is looked at thoroughly.
_GUESSED = 0.6
#: Topics that only introduce another one, or that stand alone.
NEVER_ONE_OF_TWO = frozenset(
    {
        "technical_problem",
        "talk_to_human",
        "ikt_support_phone",
        "capabilities",
        "bot_challenge",
        "about_video_consultation",
        "medical_emergency",
        "mental_health_crisis",
        "medical_question",
    }
)
#: Topics that are one matter when they are named together; the whole message says which it is.
ONE_MATTER = tuple(
    frozenset(pair)
    for pair in (
        ("how_to_connect", "letter_by_post"),
        ("how_to_connect", "link_not_working"),
        ("how_to_connect", "find_invitation_letter"),
        ("link_not_working", "waiting_room_problem"),
        ("clinician_delayed", "waiting_room_problem"),
        ("missing_full_name", "full_name"),
        ("cancel_or_change_appointment", "want_in_person"),
        ("voluntary", "want_in_person"),
        ("find_invitation_letter", "where_is_login_information"),
        ("no_helsenorge_access", "letter_by_post"),
        ("letter_with_button", "room_number"),
        ("no_room_number_or_pin", "room_number"),
        ("no_room_number_or_pin", "pin_code"),
        ("room_number", "pin_code"),
        ("room_number", "room_number_or_pin_rejected"),
        ("missing_full_name", "link_not_working"),
        ("information_sharing", "voluntary"),
        ("allow_camera_and_microphone", "camera_not_working"),
        ("allow_camera_and_microphone", "microphone_not_working"),
        ("external_camera", "camera_not_working"),
        ("external_camera", "microphone_not_working"),
        ("test_equipment", "no_sound"),
        ("identification", "clinician_identity"),
        ("data_storage", "no_sound"),
    )
)
#: A part of fewer words seldom says what is meant.
_MIN_WORDS = 3
#: More parts are a long story, which the classifier understands better as a whole.
_MAX_PARTS = 4
#: "og så", "og då" tell what happened next, and are left together; "og så lurer jeg på" asks.
_BORDER = re.compile(
    r"""(?x)
      [.;\n]+\s+ | [!?]+\s* | \s+[+&]\s+
    | ,?\s+ (?:og|and|samt|pluss|plus) \s+ (?:i\ tillegg\s+ | dessuten\s+ | also\s+)?
      (?! (?:så|då|da|then)\b (?!\s+(?:lurer|lurar|lure|lura|undrast)\b) )
    """,
    re.IGNORECASE,
)
#: Intents that often only stand round a question ("Thanks, it works! What does it cost?").
COURTESIES = frozenset({"thank", "greet", "goodbye", "feedback_positive"})
_QUESTION = re.compile(r"[^.!?;\n]+(?=\?)")


class Greetings:
    """Tells a greeting at the beginning of a message from what follows it."""

    def __init__(self, greetings: Iterable[str], introductions: Iterable[str]) -> None:
        """Takes the greetings, and what stands before a name, in lower case."""
        self._beginning = re.compile(rf"\s*(?:{_one_of(greetings)}\b[\s,.!:-]*)+", re.IGNORECASE)
        self._name = re.compile(
            rf"{_one_of(introductions)}(?:\s+[\w.-]+){{1,{_LONGEST_NAME}}}[.! ]*", re.IGNORECASE
        )

    def rest(self, text: str) -> str:
        """What follows the greeting; "" when nothing but a name does, or there is no greeting."""
        found = self._beginning.match(text)
        behind = text[found.end() :].strip() if found else ""
        return "" if self._name.fullmatch(behind) else behind


def _one_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(phrase) for phrase in longest_first)})"


#: Gives a text's likeliest intent and its confidence, 0 to 1.
Classify = Callable[[str], tuple[str, float]]


def parts_of(text: str) -> list[str]:
    """The sentences of a message, parted at "og" and "and" too; very short ones are left out."""
    parts = [part.strip(" .,!?;") for part in _BORDER.split(text)]
    return [part for part in parts if len(part.split()) >= _MIN_WORDS]


def two_topics(
    text: str, whole: str, guess: Classify, classify: Classify, topics: Collection[str]
) -> tuple[tuple[str, float], str] | None:
    """The first topic with its confidence and the second one, or None when there are not two.

    whole: the likeliest intent of the whole message, which must be one of the two. guess:
    classifies at less cost and less surely; spares the rest where there are hardly two. topics:
    the intents that count; greetings and thanks do not. Every part must be clear: where one is
    not, the message is one story, and the classifier's answer to the whole of it holds.
    """
    parts = parts_of(text)
    if not 1 < len(parts) <= _MAX_PARTS:
        return None
    guesses = [guess(part) for part in parts]
    if len({intent for intent, _ in guesses}) == 1 or min(sure for _, sure in guesses) < _GUESSED:
        return None
    found: dict[str, float] = {}
    for part in parts:
        intent, confidence = classify(part)
        if confidence < SURE:
            return None
        if intent in topics and intent not in NEVER_ONE_OF_TWO:
            found.setdefault(intent, confidence)
    if len(found) != len(("first", "second")) or set(found) in ONE_MATTER or whole not in found:
        return None
    first, second = found
    return (first, found[first]), second


def question_behind_courtesy(
    text: str, whole: str, classify: Classify, topics: Collection[str], greetings: Greetings
) -> tuple[str, float] | None:
    """The topic, with its confidence, of a clear question in a message that is else a courtesy.

    whole: the likeliest intent of the whole message. None where it is no courtesy, or where neither
    what follows a greeting nor a sentence with a question mark is clearly about one of the topics.
    """
    if whole not in COURTESIES:
        return None
    behind = greetings.rest(text) if whole == "greet" else ""
    if behind:
        intent, confidence = classify(behind)
        if confidence >= SURE_BEHIND_GREETING and intent in topics and intent not in DANGERS:
            return intent, confidence
    for question in _QUESTION.findall(text):
        if len(question.split()) >= _MIN_WORDS:
            intent, confidence = classify(question.strip())
            if confidence >= SURE and intent in topics:
                return intent, confidence
    return None
