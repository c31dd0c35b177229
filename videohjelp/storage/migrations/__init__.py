"""Changes of the tables, forward and back, by Alembic."""
