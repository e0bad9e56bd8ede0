"""A small system of three services, and its cut into order, item and user."""

from assessor.graph.fuse import couple_edges
from assessor.partition.moving import renamed
from assessor.partition.propose import propose

_NAMES = {
    "order": ("Order", "OrderLine", "OrderApi", "OrderStore"),
    "item": ("Item", "ItemApi", "ItemStore", "ItemPrice"),
    "user": ("User", "UserApi", "UserStore", "UserRole"),
}
_EDGES = [
    (f"shop.{package}.{a}", f"shop.{package}.{b}", 9.0)
    for package, names in _NAMES.items()
    for a in names
    for b in names
    if a < b
]
_ACROSS = [
    ("shop.order.OrderLine", "shop.item.Item", 1.0),
    ("shop.order.Order", "shop.user.User", 1.0),
]


def system():
    """The coupling and the cut."""
    coupling = couple_edges([*_EDGES, *_ACROSS])
    cut = propose(coupling)
    for package in _NAMES:
        cut = renamed(cut, old=cut.home[f"shop.{package}.{package.title()}Api"], new=package)
    return coupling, cut
