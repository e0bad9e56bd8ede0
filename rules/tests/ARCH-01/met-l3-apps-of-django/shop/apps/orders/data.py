"""Data of orders."""


def read(key):
    return key
