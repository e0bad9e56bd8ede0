"""The artefacts of production code, by kind, with their plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from assessor.model.basis import Node, Scalar
from assessor.model.records import Artefact

Values = dict[str, Scalar]
Production = Mapping[str, Sequence[tuple[Artefact, Values]]]


def production(artefacts: Iterable[Artefact]) -> Production:
    """Kind -> artefacts and the values of their root; kinds that nobody told are empty.

    What the code does not say has no value.
    """
    found: defaultdict[str, list[tuple[Artefact, Values]]] = defaultdict(list)
    for artefact in artefacts:
        values = _values(artefact)
        if values.get("unit_kind") == "source":
            found[artefact.kind].append((artefact, values))
    return found


def _values(artefact: Artefact) -> Values:
    root = artefact.root.value
    if not isinstance(root, Mapping):
        return {}
    return {name: node.value for name, node in root.items() if _plain(node)}  # type: ignore[misc]


def _plain(node: Node) -> bool:
    return isinstance(node.value, str | int | float | bool)
