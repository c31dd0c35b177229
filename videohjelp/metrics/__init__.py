"""Figures for the hospital's monitoring, in Prometheus's format.

What happens is counted by `counters.py`, which listens to videohjelp/observation.py. What is stored
is counted when it is asked for: right after a restart, and the same whichever of several servers is
asked. A new group of such figures is a collector (a class with `collect`) beside `sms.py`, named in
videohjelp/server/app.py. No label has an id, a number or a text of anybody's. Each figure has a row
in docs/operations.md.
"""
