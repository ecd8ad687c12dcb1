"""How Alembic runs here: on the connection that `database.migrate` hands over, in one transaction."""

from alembic import context

from reference_app.database.metadata import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
