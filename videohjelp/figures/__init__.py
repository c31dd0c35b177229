"""What happened in the conversations, counted by day: for staff, not for alarms (see metrics)."""
