"""Appointments: working days, the telephone's hours, the deadline, and dates as people say them."""
