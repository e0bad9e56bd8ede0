"""One file a page, so that each has an address of its own."""
