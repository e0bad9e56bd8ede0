"""A small system of three services that the tests of changed cuts share."""

from assessor.graph.fuse import couple_edges
from assessor.partition.propose import propose

PARTS = ("order", "stock", "user")
UNITS = {part: tuple(f"shop/{part}/{part}{n}.py" for n in range(4)) for part in PARTS}
_INSIDE = [(a, b, 5.0) for units in UNITS.values() for a in units for b in units if a < b]
_ACROSS = [
    ("shop/order/order0.py", "shop/stock/stock0.py", 1.0),
    ("shop/order/order3.py", "shop/stock/stock1.py", 2.0),
    ("shop/order/order1.py", "shop/user/user0.py", 1.0),
]
COUPLING = couple_edges([*_INSIDE, *_ACROSS])
CUT = propose(COUPLING)


def unit(name):
    """Path of a unit by its short name, as `order0`."""
    return f"shop/{name.rstrip('0123456789')}/{name}.py"


def inside(cut):
    """Short name of a unit -> its service; shared ones are in none."""
    return {
        path.rpartition("/")[2].removesuffix(".py"): service.name
        for service in cut.services
        for path in service.units
    }


def sizes(cut):
    """Services and how many units each has, as the cut has them in order."""
    return {service.name: len(service.units) for service in cut.services}
