"""Loads what people edit as YAML, and says all that is wrong with it: rules, and the style."""
