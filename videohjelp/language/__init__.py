"""Rasa graph components: what the patient means, which device is named, whether life is in danger."""
