"""The book."""


def book():
    return 1
