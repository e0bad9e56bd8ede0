"""Pure: records, history, coupling and partition become facts; one file a family."""
