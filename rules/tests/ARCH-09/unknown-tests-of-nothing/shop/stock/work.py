"""Work of stock."""


def stock():
    return 1
