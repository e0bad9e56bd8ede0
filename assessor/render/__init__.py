"""One file a format: view to bytes."""
