"""Settings."""

import os  # expect: met

HOSTS = os.environ.get("HOSTS", "localhost").split(",")
