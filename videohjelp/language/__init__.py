"""Rasa graph components: what the patient means, which device, whether life is in danger."""
