"""Work of web."""

from shop.orders.work import orders
from shop.mail.work import mail


def web():
    orders()
    mail()
