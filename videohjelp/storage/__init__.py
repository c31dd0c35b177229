"""What is kept: conversations' events, hand-off cases. SQLite by default, any SQLAlchemy URL."""
