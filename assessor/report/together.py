"""Pairs of units that change together, in a cut."""

from collections.abc import Collection
from dataclasses import replace

from assessor.model.assessment import CoChangedPair
from assessor.model.partition import Partition, homes
from assessor.model.seen import Seen
from assessor.model.view import Table
from assessor.report.coupled import cochange_table
from assessor.report.cut import across
from assessor.report.wording import Wording, say

MOST = 300


def together_table(
    seen: Seen,
    cut: Partition,
    *,
    own: Collection[str] = (),
    only_across: bool = False,
    wording: Wording,
) -> Table:
    """The pairs, strongest first: the first `MOST` of them, and how many there are.

    own: only pairs with one of these units, empty = all. only_across: in two services.
    """
    home = homes(cut)
    pairs = [
        CoChangedPair(
            a=pair.a,
            b=pair.b,
            shared=pair.shared,
            revisions_a=pair.revisions_a,
            revisions_b=pair.revisions_b,
            degree=pair.degree,
            commit=pair.commit,
            across=across(pair.a, pair.b, home=home),
        )
        for pair in seen.cochange
        if not own or pair.a in own or pair.b in own
    ]
    wanted = [pair for pair in pairs if pair.across or not only_across]
    table = cochange_table(wanted[:MOST], wording)
    note = say(wording, "cochange.note", shown=len(table.rows), total=len(wanted))
    return replace(table, note=note)
