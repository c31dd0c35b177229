"""Patients' messages that staff have looked at, and what each of them was about."""
