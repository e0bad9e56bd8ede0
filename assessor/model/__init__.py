"""Frozen types that everything else speaks in; no behaviour beyond invariants."""
