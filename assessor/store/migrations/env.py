"""What alembic runs: the steps on the connection that `store.migrating` hands over."""

from alembic import context

from assessor.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
