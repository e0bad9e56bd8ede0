"""Orders."""

from dataclasses import dataclass

from shop.customers.models import Customer


@dataclass
class Order:
    customer: Customer
