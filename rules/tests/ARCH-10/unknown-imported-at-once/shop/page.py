"""The page."""

from shop.mail import mail


def page():
    return mail()
