"""The console for staff: a login, and pages to review, test and count by. Off unless configured."""
