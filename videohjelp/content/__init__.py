"""Checks everything people edit in data/, before anything is trained or started."""
