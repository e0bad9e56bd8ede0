"""Helm's `Chart.yaml` and Kustomize's `kustomization.yaml`, as they stand."""

from posixpath import basename

from assessor.collect.platform.nodes import fields, load_yaml
from assessor.collect.platform.reading import Reading, artefact

HELM_KINDS = ("helm.chart",)
KUSTOMIZE_KINDS = ("kustomize",)


def claims_helm(path: str) -> bool:
    """Whether the file describes a Helm chart."""
    return basename(path) in {"Chart.yaml", "Chart.yml"}


def claims_kustomize(path: str) -> bool:
    """Whether the file is one that Kustomize looks for."""
    return basename(path) in {"kustomization.yaml", "kustomization.yml", "Kustomization"}


def parse_helm(path: str, content: str) -> Reading:
    """The chart's description."""
    return _whole("helm.chart", path, content)


def parse_kustomize(path: str, content: str) -> Reading:
    """The kustomization."""
    return _whole("kustomize", path, content)


def _whole(kind: str, path: str, content: str) -> Reading:
    roots = (root for root in load_yaml(content) if fields(root))
    return Reading(tuple(artefact(kind, path, root) for root in roots))
