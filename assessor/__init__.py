"""Cloud-native maturity assessment and migration advisor: how ready is this monolith, and how
to get there.
"""
