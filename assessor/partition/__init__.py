"""Pure: services proposed from a fused graph, without a given number; merging, quality, names."""
