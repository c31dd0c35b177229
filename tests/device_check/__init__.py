"""The logic of the device check."""
