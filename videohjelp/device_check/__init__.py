"""The check of the patient's own device: what the page reports, and what follows from it."""
