"""Endpoints of languages with classes: what annotations and calls say, with prefixes before it."""

import re
from collections.abc import Iterator, Sequence

from assessor.collect.languages.endpoints import ANY, Endpoint, artefacts, crossed, joined
from assessor.collect.languages.endpoints_aspnet import aspnet
from assessor.collect.languages.endpoints_jax import jax_rs
from assessor.collect.languages.endpoints_php_paths import php
from assessor.collect.languages.endpoints_rows import (
    Holder,
    Known,
    Mark,
    answering,
    first,
    is_open,
    known_marks,
    values,
)
from assessor.collect.languages.endpoints_stripes import stripes
from assessor.collect.languages.endpoints_webxml import mapped, served
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed_table import Table, Type
from assessor.model.records import Artefact

_CONTROLLER = {"spring:controller", "spring:ANY"}
_PACKAGES = re.compile(r"(?:.*\.)?(?:struts2?|actions?)(?:\.(.*))?\Z")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def endpoints(table: Table, settings: Sequence[Extracted]) -> list[Artefact]:
    """The endpoints of all files and of `web.xml`."""
    known = known_marks(table)
    found: list[Artefact] = []
    for holder in known.holders:
        found += artefacts(holder.type.source.file, _answered(known, holder))
    for one in settings:
        found += mapped(table, one)
    return found


def _answered(known: Known, holder: Holder) -> Iterator[Endpoint]:
    yield from _routes(holder)
    yield from jax_rs(known, holder)
    yield from stripes(known, holder)
    yield from _struts(holder)
    yield from _servlets(holder)
    yield from aspnet(known, holder)
    yield from php(known, holder)
    for framework in ("spring", "micronaut"):
        if any(mark.framework == framework for mark in holder.members):
            yield from _controllers(known, holder, framework=framework)


def _controllers(known: Known, holder: Holder, *, framework: str) -> Iterator[Endpoint]:
    """What the methods of controllers answer to; interfaces answer by who implements them."""
    if first(holder.heads, "client") and not is_open(holder.type):
        return
    for type_, heads in answering(known, holder):
        if is_open(holder.type) and not _is_controller(heads, framework):
            continue
        head = _head(heads, framework) or _head(holder.heads, framework)
        for mark in holder.members:
            if mark.framework == framework and not _told_again(known, type_, holder, mark=mark):
                yield from _mapped(mark, type_, head=head)


def _is_controller(heads: Sequence[Mark], framework: str) -> bool:
    said = {mark.says for mark in heads}
    return bool(said & _CONTROLLER if framework == "spring" else "micronaut:controller" in said)


def _head(heads: Sequence[Mark], framework: str) -> Mark | None:
    return first(heads, "spring:ANY" if framework == "spring" else "micronaut:controller")


def _told_again(known: Known, type_: Type, holder: Holder, *, mark: Mark) -> bool:
    """The type that answers says on its own what its method of that name answers to."""
    own = known.by_type.get(id(type_))
    if own is None or own is holder:
        return False
    return any(
        one.member == mark.member and one.framework == mark.framework for one in own.members
    )


def _mapped(mark: Mark, type_: Type, *, head: Mark | None) -> Iterator[Endpoint]:
    names = ("value", "path", "uri", "uris")
    methods = [mark.meaning]
    if mark.meaning == ANY:
        methods = values(mark, "method") or values(head, "method") or [ANY]
    for path in crossed(values(head, *names), values(mark, *names)):
        for method in methods:
            handler = f"{type_.name}.{mark.member}"
            unit = type_.source.file.path
            yield Endpoint(mark.line, method, path, handler, mark.framework, unit)


def _routes(holder: Holder) -> Iterator[Endpoint]:
    """Routes that are declared by calls."""
    for mark in holder.heads:
        if mark.says == "spring:route":
            method, path = mark.arguments["method"][0], joined(*mark.arguments["path"])
            yield Endpoint(mark.line, method, path, mark.arguments["handler"][0], "spring")


def _servlets(holder: Holder) -> Iterator[Endpoint]:
    mark = first(holder.heads, "servlet:servlet")
    for path in values(mark, "value", "urlPatterns"):
        for method in served(holder.type):
            yield Endpoint(mark.line if mark else 0, method, path, holder.type.name, "servlet")


def _struts(holder: Holder) -> Iterator[Endpoint]:
    for mark in (*holder.heads, *holder.members):
        if mark.says == "struts:action":
            name = "".join(values(mark, "value")[:1]) or _named(holder.type)
            path = name if name.startswith("/") else joined(_namespace(holder), name)
            handler = f"{holder.type.name}.{mark.member}" if mark.member else holder.type.name
            yield Endpoint(mark.line, ANY, path, handler, "struts")


def _named(type_: Type) -> str:
    return _HUMPS.sub("-", type_.name.removesuffix("Action")).lower()


def _namespace(holder: Holder) -> str:
    """What an annotation says, else the packages below the one that is named for actions."""
    said = values(first(holder.heads, "struts:namespace"), "value")
    if said:
        return said[0]
    below = _PACKAGES.match(holder.type.source.package)
    return (below[1] or "").replace(".", "/") if below else ""
