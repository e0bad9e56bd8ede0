"""Views of coupling between units, fused into one graph; hotspots, co-change, cycles, exports."""
