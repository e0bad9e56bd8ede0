"""What people decide about rules: attestations and waivers."""

from assessor.store.attestations import attest, attestations, confirm, counted, withdraw
from assessor.store.waivers import approve_waiver, waive, waivers, withdraw_waiver

__all__ = [
    "approve_waiver",
    "attest",
    "attestations",
    "confirm",
    "counted",
    "waive",
    "waivers",
    "withdraw",
    "withdraw_waiver",
]
