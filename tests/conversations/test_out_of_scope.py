"""What is not about the video consultation: each place to turn to, in each language and channel."""

from __future__ import annotations

import re

import pytest

from tests.assistant import Assistant

#: Place -> a question in bokmål, nynorsk and English, and what every answer names.
PLACES = {
    "visiting": (
        ("Når er det besøkstid på sengeposten?", "Når er det visittid på sengeposten?"),
        "What are the visiting hours on the ward?",
        r"avdelingen|avdelinga|ward",
    ),
    "travel": (
        (
            "Hvordan søker jeg Pasientreiser om reisepenger?",
            "Korleis søkjer eg Pasientreiser om reisepengar?",
        ),
        "How do I get my travel expenses to the hospital refunded?",
        r"Pasientreiser.*helsenorge\.no|helsenorge\.no.*Pasientreiser",
    ),
    "prescription": (
        ("Er e-resepten min klar på apoteket?", "Er e-resepten min klar på apoteket no?"),
        "Which pharmacy can I use for my e-prescription?",
        r"helsenorge\.no.*116 117",
    ),
    "waiting_time": (
        ("Hvor lang er ventetiden på operasjon?", "Kor lang er ventetida på operasjon?"),
        "How long is the waiting list for hip surgery?",
        r"helsenorge\.no",
    ),
    "sick_note": (
        (
            "Arbeidsgiveren min har ikke fått sykmeldingen",
            "Arbeidsgivaren min har ikkje fått sjukmeldinga",
        ),
        "My employer has not received my sick note",
        r"nav\.no",
    ),
    "benefits": (
        ("NAV har ikke betalt sykepengene mine", "NAV har ikkje betalt sjukepengane mine"),
        "NAV has not paid my disability benefit",
        r"nav\.no",
    ),
    "vaccination": (
        ("Hvor får jeg influensavaksine?", "Kvar får eg influensavaksine?"),
        "Where do I get a flu shot?",
        r"fastlege",
    ),
    "gp": (
        ("Hvordan bytter jeg fastlege?", "Korleis byter eg fastlege?"),
        "How can I change my GP?",
        r"Bytte fastlege",
    ),
    "dentist": (
        ("Jeg trenger tannlege", "Eg treng tannlege"),
        "I need a dentist",
        r"tannhelsetjenesten|tannhelsetenesta",
    ),
    "hospital_site": (
        ("Hvor kan jeg parkere på sykehuset?", "Kvar kan eg parkere på sjukehuset?"),
        "Where can I park at the hospital?",
        r"sentralbord",
    ),
    "lost_property": (
        (
            "Jeg glemte jakken min på poliklinikken i går",
            "Eg gløymde brillene mine på sjukehuset i går",
        ),
        "I left my umbrella on the ward yesterday",
        r"innkalling",
    ),
    "department": (
        ("Kan jeg ta blodprøve uten å bestille time?", "Kvar leverer eg blodprøva?"),
        "Can I have my blood taken without an appointment?",
        r"innkalling",
    ),
    "maternity": (
        ("Jeg skal føde, hva skal jeg ha med?", "Er det råd å få omvising på føden før termin?"),
        "Where is the maternity ward at the hospital?",
        r"113",
    ),
    "complaint": (
        (
            "Jeg vil klage på behandlingen jeg fikk på akuttmottaket",
            "Korleis søkjer eg om erstatning etter ein mislukka operasjon?",
        ),
        "I want to make a complaint about how I was treated in the emergency department",
        r"npe\.no",
    ),
    "blood_donor": (
        ("Jeg vil gjerne bli blodgiver", "Eg vil gjerne melde meg som blodgivar"),
        "I want to sign up as a blood donor",
        r"giblod\.no",
    ),
    "organ_donor": (
        (
            "Hvordan registrerer jeg meg som organdonor?",
            "Korleis registrerer eg meg som organdonor?",
        ),
        "How do I get an organ donor card?",
        r"helsenorge\.no",
    ),
    "health_card": (
        ("Jeg vil bestille europeisk helsetrygdkort", "Eg vil tinge europeisk helsetrygdkort"),
        "How do I order a European health insurance card?",
        r"helsenorge\.no",
    ),
    "municipality": (
        ("Hvordan får jeg hjemmesykepleie til far?", "Korleis får eg heimesjukepleie til far?"),
        "How do we apply for a nursing home for my grandfather?",
        r"kommunen|municipality",
    ),
    "journal_correction": (
        (
            "Det står feil diagnose i epikrisen, hvem retter opp det?",
            "Det står feil diagnose i epikrisa, kven rettar opp det?",
        ),
        "There is a wrong diagnosis in my file, who can correct it?",
        r"helsenorge\.no",
    ),
    "other_video": (
        ("Teams-møtet på jobben vil ikke starte", "Teams-møtet på jobben vil ikkje starte"),
        "Zoom keeps crashing in my work meetings",
        r"møtet|meeting",
    ),
}
FAR = {
    "nb": "Hvordan blir været i morgen?",
    "nn": "Korleis vert vêret til helga?",
    "en": "What's the weather like tomorrow?",
}
LANGUAGES = ("nb", "nn", "en")


def question(place: str, language: str) -> str:
    norwegian, english, _ = PLACES[place]
    return english if language == "en" else norwegian[LANGUAGES.index(language)]


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_where_to_turn(assistant: Assistant, place: str, language: str, channel: str) -> None:
    conversation = assistant.conversation(channel, language)
    reply = conversation.say(question(place, language))
    assert reply.intent == "out_of_scope"
    assert reply.responses == [f"utter_other_service_{place}", "utter_menu"]
    assert conversation.slot("language") == language
    answer, menu = reply.text.split("\n\n")
    assert re.search(PLACES[place][2], answer)
    assert "video" in menu, "what the assistant does help with"
    assert "/how_to_connect" in reply.buttons.values()


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_place_what_is_helped_with(
    assistant: Assistant, language: str, channel: str
) -> None:
    reply = assistant.conversation(channel, language).say(FAR[language])
    assert reply.responses == ["utter_out_of_scope"]
    assert "video" in reply.text
    assert "/how_to_connect" in reply.buttons.values()


@pytest.mark.parametrize(
    "message",
    [
        "Hvor kan jeg parkere, mannen min puster ikke",
        "Når er besøkstiden? Jeg har sterke brystsmerter nå",
        "Jeg venter på resepten og vil ikke leve lenger",
    ],
)
def test_danger_comes_first(assistant: Assistant, message: str) -> None:
    reply = assistant.conversation().say(message)
    assert "113" in reply.text
    assert not [name for name in reply.responses if "other_service" in name]


def test_what_is_about_the_video_consultation_is_not_sent_elsewhere(assistant: Assistant) -> None:
    """A word such as «resept» or «fastlege» alone sends nobody away."""
    messages = {
        "Får fastlegen min vite hva vi snakket om i videotimen?": "information_sharing",
        "Finner ikke innkallingen på Helsenorge, ser bare reseptene mine": "find_invitation_letter",
        "Må jeg ha Teams eller Zoom for videotimen?": "need_download",
    }
    for message, topic in messages.items():
        reply = assistant.conversation().say(message)
        assert reply.intent == topic
        assert not [name for name in reply.responses if "other_service" in name]


def test_a_place_and_a_topic_in_one_message(assistant: Assistant) -> None:
    reply = assistant.conversation().say(
        "Hvor kan jeg parkere, og hvordan kobler jeg meg til videomøtet?"
    )
    assert reply.responses[:2] == ["utter_other_service_hospital_site", "utter_second_topic"]
    assert "utter_menu" not in reply.responses
    conversation = assistant.conversation()
    reply = conversation.say("Når er besøkstiden? Og kameraet mitt virker ikke.")
    assert reply.responses[0] == "utter_other_service_visiting"
    assert conversation.slot("guide") == "camera_not_working"


def test_in_a_form_its_question_follows(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/cancel_or_change_appointment")
    reply = conversation.say("Hvor kan jeg parkere på sykehuset?")
    assert reply.responses == [
        "utter_other_service_hospital_site",
        "utter_ask_cancellation_form_appointment_date",
    ]
