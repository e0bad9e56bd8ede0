"""Workloads and containers made of Kubernetes objects, with what selects and scales them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from assessor.collect.platform.nodes import child, fields, items, text
from assessor.collect.platform.reading import artefact, record, scanned_image
from assessor.model.basis import Location, Node, Unread
from assessor.model.records import Artefact

Labels = Mapping[str, Node]
Selects = Callable[[Node, Node, Labels], "bool | Unread"]


_GROUPS = {
    "Deployment": ("apps", "extensions"),
    "StatefulSet": ("apps",),
    "DaemonSet": ("apps", "extensions"),
    "ReplicaSet": ("apps", "extensions"),
    "Job": ("batch",),
    "CronJob": ("batch",),
    "Pod": ("",),
    "Rollout": ("argoproj.io",),
    "Service": ("serving.knative.dev",),
}
_STATELESS = {"Deployment", "ReplicaSet", "Rollout", "Service"}
_TEMPLATES = {"CronJob": ("spec", "jobTemplate", "spec", "template"), "Pod": ()}
_KINDS = {
    "hpa": {"HorizontalPodAutoscaler", "ScaledObject"},
    "pdb": {"PodDisruptionBudget"},
    "network_policy": {"NetworkPolicy", "CiliumNetworkPolicy"},
    "service": {"Service"},
}


def _group(resource: Node) -> str:
    version = text(child(resource, "apiVersion")) or ""
    return version.rpartition("/")[0]


def _kind(resource: Node) -> str:
    return text(child(resource, "kind")) or ""


def _is_workload(resource: Node) -> bool:
    return _group(resource) in _GROUPS.get(_kind(resource), ())


def link(artefacts: Iterable[Artefact]) -> tuple[Artefact, ...]:
    """The artefacts with the workloads and containers of all their Kubernetes objects added."""
    given = tuple(artefacts)
    objects = [found.root for found in given if found.kind == "k8s.resource"]
    policies = {
        name: [each for each in objects if _kind(each) in kinds] for name, kinds in _KINDS.items()
    }
    added: list[Artefact] = []
    for found in given:
        if found.kind == "k8s.resource" and _is_workload(found.root):
            added += _workload(found, policies)
    return (*given, *added)


def _workload(found: Artefact, policies: Mapping[str, Sequence[Node]]) -> list[Artefact]:
    root, line = found.root, found.root.line
    kind = _kind(root)
    template = child(root, *_TEMPLATES.get(kind, ("spec", "template")))
    pod = child(template, "spec")
    stateless = kind in _STATELESS
    metadata = child(template, "metadata")
    labels = fields(child(metadata, "labels"))
    flags = {
        name: _selected(policies[name], root, _SELECTORS[name], labels=labels)
        for name in _SELECTORS
    }
    workload = record(
        line,
        kind=child(root, "kind"),
        name=child(root, "metadata", "name") or child(root, "metadata", "generateName"),
        namespace=child(root, "metadata", "namespace"),
        replicas=child(root, "spec", "replicas"),
        stateless=stateless,
        labels=child(metadata, "labels") or {},
        annotations=child(metadata, "annotations") or {},
        pod=pod,
        spec=child(root, "spec"),
        **flags,
    )
    parts = [artefact("k8s.workload", found.location.path, workload)]
    for key, init in (("containers", False), ("initContainers", True)):
        parts += [
            _container(found.location.path, workload, container, init=init)
            for container in items(child(pod, key))
            if fields(container)
        ]
    return parts


def _container(path: str, workload: Node, container: Node, *, init: bool) -> Artefact:
    given = child(container, "image")
    line = given.line if given else container.line
    image = scanned_image(text(given))
    hidden = given is not None and given.value is Unread.TEMPLATED
    root = record(
        container.line,
        workload=child(workload, "name"),
        workload_kind=child(workload, "kind"),
        stateless=child(workload, "stateless"),
        name=child(container, "name"),
        image=given,
        tag=Node(line, Unread.TEMPLATED if hidden else image.tag),
        digest=Node(line, Unread.TEMPLATED if hidden else image.digest),
        init=init,
        container=container,
        pod=child(workload, "pod"),
    )
    return Artefact("k8s.container", Location(path, container.line), root)


def _selected(
    policies: Sequence[Node], root: Node, selects: Selects, *, labels: Labels
) -> bool | Unread:
    """Whether one of the objects selects the workload; templated where only that decides."""
    if _group(root) == "serving.knative.dev" and selects in {_targets, _serves}:
        return True
    found = [selects(policy, root, labels) for policy in policies if _near(policy, root)]
    return True if True in found else _unknown(found)


def _near(policy: Node, root: Node) -> bool:
    """Whether both may be in one namespace; one that is not given is decided on applying."""
    ours, theirs = (child(each, "metadata", "namespace") for each in (root, policy))
    return text(ours) is None or text(theirs) is None or text(ours) == text(theirs)


def _serves(policy: Node, _: Node, labels: Labels) -> bool | Unread:
    selector = fields(child(policy, "spec", "selector"))
    if _group(policy) or not selector:
        return False
    return _all(_equal(labels.get(key), value) for key, value in selector.items())


def _disrupts(policy: Node, _: Node, labels: Labels) -> bool | Unread:
    return _matches(child(policy, "spec", "selector"), labels)


def _guards(policy: Node, _: Node, labels: Labels) -> bool | Unread:
    key = "endpointSelector" if _kind(policy) == "CiliumNetworkPolicy" else "podSelector"
    return _matches(child(policy, "spec", key), labels)


def _targets(policy: Node, root: Node, _: Labels) -> bool | Unread:
    target = child(policy, "spec", "scaleTargetRef")
    kind = text(child(target, "kind")) or "Deployment"
    if kind != _kind(root):
        return False
    return _equal(child(target, "name"), child(root, "metadata", "name"))


def _matches(selector: Node | None, labels: Labels) -> bool | Unread:
    """Whether a label selector fits; an empty one selects all, one that is not there nothing."""
    if selector is None or selector.value is None:
        return False
    if selector.value is Unread.TEMPLATED:
        return Unread.TEMPLATED
    wanted = fields(child(selector, "matchLabels"))
    exact = (_equal(labels.get(key), value) for key, value in wanted.items())
    rules = items(child(selector, "matchExpressions"))
    return _all((*exact, *(_expression(rule, labels) for rule in rules)))


def _expression(rule: Node, labels: Labels) -> bool | Unread:
    label = labels.get(text(child(rule, "key")) or "")
    values = [_equal(label, value) for value in items(child(rule, "values"))]
    match text(child(rule, "operator")):
        case "In":
            return True if True in values else _unknown(values)
        case "NotIn":
            return False if True in values else (_unknown(values) or True)
        case "Exists":
            return label is not None
        case "DoesNotExist":
            return label is None
    return False


def _unknown(found: Iterable[bool | Unread]) -> bool | Unread:
    return Unread.TEMPLATED if Unread.TEMPLATED in list(found) else False


def _all(found: Iterable[bool | Unread]) -> bool | Unread:
    """False if one is false, templated if one is not known, else true."""
    given = list(found)
    if False in given:
        return False
    return _unknown(given) or True


def _equal(ours: Node | None, theirs: Node | None) -> bool | Unread:
    if ours is None or theirs is None:
        return False
    if ours.value is Unread.TEMPLATED or theirs.value is Unread.TEMPLATED:
        return Unread.TEMPLATED
    return text(ours) is not None and text(ours) == text(theirs)


_SELECTORS: Mapping[str, Selects] = {
    "hpa": _targets,
    "pdb": _disrupts,
    "network_policy": _guards,
    "service": _serves,
}
