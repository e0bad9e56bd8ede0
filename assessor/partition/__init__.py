"""Pure: proposed services from a fused graph, without a given number; merging, quality, shared units."""
