"""What identifies a patient never reaches the database or a log."""
