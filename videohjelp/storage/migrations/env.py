"""Run by Alembic for each of its commands; videohjelp/storage/schema.py gives the connection."""

from __future__ import annotations

from alembic import context

from videohjelp.storage.migrations.all_tables import all_tables, is_compared

if context.config.attributes.get("autogenerate"):
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=all_tables(),
        compare_type=True,
        include_name=is_compared,
    )
else:
    context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
