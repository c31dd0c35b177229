"""Figures for the hospital's monitoring, in Prometheus's format.

What is stored is counted when it is asked for: the figures are right after a restart, and the same
whichever of several servers is asked. A new group of figures is a collector (a class with
`collect`) beside `sms.py`, given to `make_registry` in videohjelp/server/app.py. No label has an
id, a number or a text of anybody's.
"""
