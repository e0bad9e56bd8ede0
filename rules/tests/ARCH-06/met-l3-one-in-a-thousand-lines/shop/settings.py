"""Settings."""

import os

HOST = os.environ["HOST"]
GATEWAY = "https://pay.shop.example.net/v1"  # expect: not-met
