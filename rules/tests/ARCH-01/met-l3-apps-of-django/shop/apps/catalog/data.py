"""Data of catalog."""


def read(key):
    return key
