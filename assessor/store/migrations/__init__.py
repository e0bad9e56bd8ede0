"""How the tables came about, one file a step, in one line; run by alembic."""
