"""Work of mail."""


def mail():
    return 1
