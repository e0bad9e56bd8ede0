"""How strongly units hang together, by view and fused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an assessment that is read back needs no matrices, and loads without scipy
    from scipy.sparse import csr_array

NAME_WORD = 9.0
"""What a word counts at least where it stands in a unit's name or path, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Coupling:
    """Symmetric weights between the sorted units.

    units: n node names, sorted (paths of source units, or the names of a given edge list).
    views: name of the view -> (n, n) symmetric CSR matrix, zero diagonal, total weight n each
      (all zero where the view has nothing to say). Names: `structure`, `vocabulary`,
      `shared-use`, `co-change`, `data`.
    weights: name of the view -> its weight in the fused graph.
    fused: (n, n) symmetric CSR matrix, the weighted sum of the views.
    directed: (n, n) CSR matrix of directed reference counts, as extracted, source in rows.
    terms, usage: the domain words, sorted, and an (n, terms) CSR matrix of how much each unit
    uses them: `NAME_WORD` or more if they stand in its name or path.
    owners, roots: the units known to own data or to decide about it, and those known to put the
    application together and start it.
    """

    units: tuple[str, ...]
    views: "Mapping[str, csr_array]"
    weights: Mapping[str, float]
    fused: "csr_array"
    directed: "csr_array"
    terms: tuple[str, ...] = ()
    usage: "csr_array | None" = None
    owners: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class CoChange:
    """Two files changed together: sorted pair, joint change sets, change sets of each, degree.

    degree: shared / mean of the two revision counts, a share in (0, 1].
    commit: id of the newest joint commit, as evidence.
    """

    a: str
    b: str
    shared: int
    revisions_a: int
    revisions_b: int
    degree: float
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A strongly connected group of at least two units (sorted), and one shortest cycle through
    it.
    """

    units: tuple[str, ...]
    example: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Hotspot:
    """A unit often changed and complex: revisions and complexity, and the product of their
    ranks in [0, 1].
    """

    score: float
    path: str
    revisions: int
    complexity: int
    commit: str = ""
