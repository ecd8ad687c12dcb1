"""How Alembic runs here: on the connection that `database.migrate` hands over, in one transaction."""

from alembic import context

from reference_app.database.metadata import metadata

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["chain"].version_table,
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
