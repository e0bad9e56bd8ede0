"""Work that goes on outside of the browser: a queue in the store, and processes that empty it."""
