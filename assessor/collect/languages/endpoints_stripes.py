"""Endpoints of Stripes: action beans, their addresses by annotation or by name, their events."""

import re
from collections.abc import Iterator

from assessor.collect.languages.endpoints import ANY, Endpoint, joined
from assessor.collect.languages.endpoints_rows import Holder, Known, Mark, first, is_open, values
from assessor.collect.languages.typed_table import Type, lineage
from assessor.collect.languages.typed_text import erased

# Packages below one of these names, and the name of the class without these ends, make the
# address of a bean that names none.
_BASE = re.compile(r".*(?:\A|\.)(?:web|www|stripes|action)(?:\.|\Z)")
_ENDS = ("Bean", "Action")
_EVENT = "{$event}"


def stripes(known: Known, holder: Holder) -> Iterator[Endpoint]:
    """One for each method of an action bean that gives a resolution.

    The event that a method answers is a parameter of the request: `/Cart.action?add`; the default
    one has none.
    """
    marks = [mark for mark in holder.members if mark.framework == "stripes"]
    if not marks or is_open(holder.type) or not _is_bean(known, holder.type):
        return
    bound = values(first(holder.heads, "stripes:binding"), "value")
    address = bound[0] if bound else _address(holder.type)
    for mark in marks:
        if mark.says == "stripes:method":
            own = [one for one in marks if one.at == mark.at]
            handler = f"{holder.type.name}.{mark.member}"
            yield Endpoint(mark.line, ANY, _path(address, own, mark), handler, "stripes")


def _path(address: str, own: list[Mark], mark: Mark) -> str:
    named = values(first(own, "stripes:event"), "value")
    event = named[0] if named else mark.member
    default = first(own, "stripes:default") is not None
    if _EVENT in address:
        return joined(address.replace(_EVENT, "" if default else event))
    return joined(address) if default else f"{joined(address)}?{event}"


def _is_bean(known: Known, type_: Type) -> bool:
    written = (name for one in lineage(known.table, type_) for name in one.supers_written)
    return any(erased(name).rpartition(".")[2] == "ActionBean" for name in written)


def _address(type_: Type) -> str:
    """`com.shop.web.cart.AddActionBean` is at `/cart/Add.action`."""
    name = _BASE.sub("", type_.qualified)
    for end in _ENDS:
        name = name.removesuffix(end)
    return f"{name.replace('.', '/')}.action"
