"""One line of the directory: a phone number, what it is for and where it was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SWITCHBOARD = "switchboard"

#: Numbers with topics of their own: never offered to a patient who asks for a department.
NATIONAL_SERVICE_KINDS = frozenset(
    {
        "emergency",
        "urgent_care",
        "crisis_line",
        "poison_information",
        "tech_support",
        "helsenorge_support",
    }
)

#: Numbers of a hospital, the one most people want first.
DEPARTMENT_KINDS = (
    SWITCHBOARD,
    "appointments",
    "reception",
    "outpatient_clinic",
    "department",
    "mental_health_centre",
    "cancer_pathway_coordinator",
    "ward",
    "duty_nurse",
    "maternity_admission_line",
)

KINDS = NATIONAL_SERVICE_KINDS | frozenset(DEPARTMENT_KINDS)

#: How sure the source is: on the owner's own page, on an old page, unclear, or from the hospital's
#: own text about video consultations.
CONFIDENCES = frozenset({"stated", "stated_old", "stated_ambiguous", "seed"})

_NORWEGIAN_NUMBER_DIGITS = 8


@dataclass(frozen=True)
class DirectoryEntry:
    """A phone number as it stands in the directory file.

    `id` is stable over time. `phone` is written as in the source ("55 97 50 00"). `hours` is free
    text and may be empty. `verified` is the day a person last saw the number at `source_url`;
    None means that the page was old or unclear. `aliases` are other names of the department, or,
    for a switchboard, of the hospital.
    """

    id: str
    trust: str
    hospital: str
    department: str
    kind: str
    phone: str
    hours: str
    source_url: str
    confidence: str
    verified: date | None
    aliases: tuple[str, ...] = ()

    @property
    def needs_check(self) -> bool:
        """True when the number must be given with "kontroller mot innkallingen"."""
        return self.verified is None

    @property
    def is_department(self) -> bool:
        """True for a hospital's own number, False for emergency and other national services."""
        return self.kind not in NATIONAL_SERVICE_KINDS

    @property
    def is_switchboard(self) -> bool:
        """True for a hospital's switchboard."""
        return self.kind == SWITCHBOARD

    @property
    def tel_uri(self) -> str:
        """The number for a link: "tel:+4755975000", or "tel:113" for a short number."""
        digits = "".join(character for character in self.phone if character.isdigit())
        prefix = "+47" if len(digits) == _NORWEGIAN_NUMBER_DIGITS else ""
        return f"tel:{prefix}{digits}"
