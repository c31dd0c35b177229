"""Measures how well messages are understood. Nothing here runs in the service."""
