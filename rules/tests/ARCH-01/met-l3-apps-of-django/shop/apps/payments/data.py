"""Data of payments."""


def read(key):
    return key
