"""Kubernetes manifests: their objects as they stand, lists taken apart."""

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from assessor.collect.platform.nodes import child, items, load_yaml, mapped, text
from assessor.collect.platform.reading import Reading, artefact
from assessor.model.basis import Node, Skip, Unread

KINDS = ("k8s.resource", "k8s.workload", "k8s.container")
BY = "platform.kubernetes"

_JSON_FOLDERS = {"k8s", "kubernetes", "kube", "manifests", "manifest", "deploy", "deployment",
                 "deployments", "openshift", "argocd", "flux", "kustomize"}  # fmt: skip
_OTHER_FOLDERS = {".github", ".gitlab", ".circleci", "locales", "i18n", "openapi", "swagger",
                  "node_modules"}  # fmt: skip
_OTHER_NAMES = re.compile(
    r"(?:.*[-_.])?(?:openapi|swagger|asyncapi)(?:[-_.].*)?|(?:docker-)?compose(?:[-_.].*)?"
    r"|chart|values(?:[-_.].*)?|kustomization|mkdocs|\.gitlab-ci|\.pre-commit-config"
    r"|(?:application|bootstrap)(?:-.*)?|package(?:-lock)?|tsconfig.*|pnpm-lock"
)
_LOOK = re.compile(r"""^[ \t{,]*+(?:-[ \t]*+)?["']?apiVersion["']?[ \t]*:""", re.MULTILINE)
_KIND = re.compile(r"""^[ \t{,]*+(?:-[ \t]*+)?["']?kind["']?[ \t]*:""", re.MULTILINE)
_FOREIGN = re.compile(
    r"backstage\.io/.*|skaffold/.*|kustomize\.config\.k8s\.io/.*|kind\.x-k8s\.io/.*|k3d\.io/.*"
    r"|kpt\.dev/.*|ctlptl\.dev/.*|eksctl\.io/.*|kubeadm\.k8s\.io/.*|jenkins\.io/.*"
)
_SHELL_KEYS = {"command", "args", "data", "stringData", "binaryData", "value", "script", "source"}
_BRACES = re.compile(r"\{\{[^{}]*\}\}|\{%[^%]*%\}|<%[^%]*%>")
_VARIABLE = re.compile(rf"\$\{{[A-Za-z_][^{{}}]*\}}|{_BRACES.pattern}")


def claims(path: str) -> bool:
    """Whether the file may hold objects: most YAML, and JSON in a folder for manifests."""
    name = basename(path).lower()
    stem, _, ending = name.rpartition(".")
    folders = set(path.lower().split("/")[:-1])
    if folders & _OTHER_FOLDERS or _OTHER_NAMES.fullmatch(stem):
        return False
    return ending in {"yaml", "yml"} or (ending == "json" and bool(folders & _JSON_FOLDERS))


def holds(content: bytes) -> bool:
    """Whether the file may hold an object at all: most YAML is about something else."""
    wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return wide or (b"apiVersion" in content and b"kind" in content)


def parse(path: str, text: str) -> Reading:
    """The objects of a manifest; a file without `apiVersion` and `kind` gives nothing.

    Helm templates are told as a skip: their values are known only once they are rendered.
    """
    if not (_LOOK.search(text) and _KIND.search(text)):
        return Reading()
    if "templates" in path.split("/")[:-1] and "{{" in text:
        return Reading(skips=(_helm_skip(path, text),))
    documents = load_yaml(text)
    return Reading(
        tuple(
            artefact("k8s.resource", path, _veiled(each))
            for document in documents
            for each in _objects(document)
        )
    )


def _helm_skip(path: str, content: str) -> Skip:
    line = content[: content.index("{{")].count("\n") + 1
    reason = "The manifest is a template whose values are known only once it is rendered."
    return Skip(path, line, "helm-template", BY, reason, KINDS)


def _objects(document: Node) -> Iterator[Node]:
    """The objects of a document: itself, or the members of a list of objects."""
    kind, version = text(child(document, "kind")), text(child(document, "apiVersion"))
    if isinstance(document.value, tuple):
        for member in document.value:
            yield from _objects(member)
    elif kind and version and kind.endswith("List") and items(child(document, "items")):
        for member in items(child(document, "items")):
            yield from _objects(member)
    elif kind and version and not _is_foreign(kind, version):
        yield document


def _is_foreign(kind: str, version: str) -> bool:
    """Whether a file format of another tool only borrows the two words."""
    return bool(_FOREIGN.fullmatch(version)) or (kind == "Config" and version == "v1")


def _veiled(root: Node, key: str = "", *, secret: bool = False) -> Node:
    """The object with templated values marked and the contents of a Secret masked."""
    value = root.value
    if isinstance(value, Mapping):
        if _is_template(value):
            return Node(root.line, Unread.TEMPLATED)
        secret = secret or text(value.get("kind")) == "Secret"
        return Node(
            root.line,
            {name: _veiled_entry(name, part, secret=secret) for name, part in value.items()},
        )
    if isinstance(value, tuple):
        return Node(root.line, tuple(_veiled(part, key, secret=secret) for part in value))
    pattern = _BRACES if key in _SHELL_KEYS else _VARIABLE
    hidden = isinstance(value, str) and pattern.search(value)
    return Node(root.line, Unread.TEMPLATED) if hidden else root


def _veiled_entry(name: str, part: Node, *, secret: bool) -> Node:
    if secret and name in {"data", "stringData"}:
        return mapped(part, lambda _: "***")
    if name in _SHELL_KEYS:
        return mapped(part, lambda word: Unread.TEMPLATED if _BRACES.search(word) else word)
    return _veiled(part, name, secret=secret)


def _is_template(value: Mapping[str, Node]) -> bool:
    """Whether this is what YAML makes of an unquoted `{{ name }}`."""
    return len(value) == 1 and next(iter(value)) == "{…}"
