"""A small task that any pipeline can learn: made-up messages to a loudspeaker."""

from __future__ import annotations

from pathlib import Path

from videohjelp.evaluation.comparable import Example

#: Intent -> what is said. The slash is xSID's; to Rasa it means something else.
SAID = {
    "weather/find": (
        "blir det regn i Florø i morgen",
        "hvordan blir været i helga",
        "kommer det snø på Voss i kveld",
        "hvor varmt blir det i Odda på søndag",
        "får vi sol og pent vær i dag",
        "er det meldt storm og regn på kysten",
    ),
    "weather/warn": (
        "varsle meg når det blir glatt på veien",
        "si fra hvis det kommer farevarsel",
        "gi meg beskjed om flom og skred",
        "varsle om glatte veier og skred",
        "si fra når farevarselet er over",
        "gi beskjed hvis veien blir stengt",
    ),
    "PlayMusic": (
        "spill noe rolig musikk på kjøkkenet",
        "sett på den nye plata til Sissel",
        "jeg vil høre en sang med hardingfele",
        "spill [den gamle](sang) sangen en gang til",
        "spill litt høyere musikk",
        "sett på radio og spill en sang",
    ),
    "alarm/set_alarm": (
        "vekk meg klokka sju",
        "still vekkerklokka på halv åtte",
        "alarm om ti minutter",
        "still en alarm til klokka fem",
        "vekk meg tidlig på torsdag",
        "sett alarmen på kvart over seks",
    ),
}
#: Message -> its intent: new words around the ones above.
ASKED = {
    "blir det regn på søndag": "weather/find",
    "hvordan blir været i Odda": "weather/find",
    "varsle meg om flom": "weather/warn",
    "si fra når det blir glatt": "weather/warn",
    "spill en sang": "PlayMusic",
    "spill rolig musikk med Sissel": "PlayMusic",
    "vekk meg klokka halv åtte": "alarm/set_alarm",
    "still alarmen på torsdag": "alarm/set_alarm",
}


def train() -> list[Example]:
    """What is learned."""
    return [Example(text, intent, "B") for intent, texts in SAID.items() for text in texts]


def test() -> list[Example]:
    """What is asked."""
    return [Example(text, intent, "B") for text, intent in ASKED.items()]


def write_public_data(folder: Path) -> Path:
    """The made-up messages as the public data's three files. The "V" ones begin with "du,"."""
    both = [*_lines(train()), *_lines(train(), "V")]
    asked = [*_lines(test()), *_lines(test(), "V"), "alarm/gone\tB\thva er dette"]
    _write(folder / "xsid_no_valid.tsv", both)
    _write(folder / "xsid_no_test.tsv", asked)
    _write(folder / "massive_nb.tsv", _lines(train(), ""))
    return folder


def _lines(examples: list[Example], dialect: str = "B") -> list[str]:
    start = "du, " if dialect == "V" else ""
    return [f"{one.intent}\t{dialect}\t{start}{one.text}" for one in examples]


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(["intent\tdialect\ttext", *lines]) + "\n", encoding="utf-8")
