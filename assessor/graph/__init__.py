"""Pure: views of coupling, fused into one graph; co-change, cycles, hotspots."""
