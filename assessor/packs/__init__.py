"""Loads rule packs and fact definitions from YAML and says all that is wrong with them."""
