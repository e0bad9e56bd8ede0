"""Customers; @Entity and ForeignKey are only words here."""

from dataclasses import dataclass


@dataclass
class Customer:
    name: str
