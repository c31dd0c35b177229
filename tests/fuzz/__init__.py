"""Hostile messages through the whole dialogue, and hostile calls at the channels' doors.

`make fuzz`, or `python -m tests.fuzz`; docs/robustness.md says what was found and measured.
"""
