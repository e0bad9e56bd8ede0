"""Work of orders."""


def orders():
    return 1
