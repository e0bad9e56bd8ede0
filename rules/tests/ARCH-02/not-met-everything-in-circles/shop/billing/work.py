"""Work of billing."""

from shop.mail.work import mail


def billing():
    mail()
