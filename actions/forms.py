"""The forms, and the topics that are asked about in them."""

from __future__ import annotations

#: The topics that are asked about in a form.
FORM_OF = {
    "cancel_or_change_appointment": "cancellation_form",
    "want_in_person": "cancellation_form",
    "department_phone": "department_form",
}
FORMS = frozenset(FORM_OF.values())
