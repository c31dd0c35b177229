"""Hand a patient over to the staff: a case with a code, stored, and told to their system."""
