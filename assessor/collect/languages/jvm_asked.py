"""Settings that Java and Kotlin code asks for by name: in annotations and by calls."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from assessor.collect.languages.behaviour import Row, setting
from assessor.collect.languages.jvm_texts import value
from assessor.collect.languages.jvm_tree import (
    Call,
    Client,
    Code,
    Mark,
    OfCall,
    OfMark,
    above,
    text_of,
)

_BEGIN = re.compile(r"\$\{")
_KEY = re.compile(r"[^\s:${}#]+")
# What every machine tells about itself, and nobody sets.
_OF_MACHINE = re.compile(
    r"(?:java|sun|jdk)\.[\w.]+|os\.(?:name|arch|version)|(?:line|path)\.separator"
    r"|file\.(?:separator|encoding)|user\.(?:name|home|dir|language|country|region|timezone)"
)
_CLASS = re.compile(r"[\w.]+(?:\.class|::class(?:\.java)?)")


def _row(
    line: int,
    key: str | None,
    *,
    source: Literal["environment", "properties"] = "properties",
    default: bool,
) -> Iterator[Row]:
    known = source == "properties" and _OF_MACHINE.fullmatch(key or "") is not None
    if key and not known and "{}" not in key and key.strip() == key:
        yield setting(line, key=key, source=source, default=default)


def _placeholders(text: str) -> Iterator[tuple[str, bool]]:
    """Key of each `${key}`, `${key:default}` in a text, those in defaults too."""
    for begin in _BEGIN.finditer(text):
        key = _KEY.match(text, begin.end())
        if key is not None:
            yield key[0], text[key.end() : key.end() + 1] == ":"


def _value(code: Code, mark: Mark) -> Iterator[Row]:
    """`@Value("${a.b:5}")`."""
    for node in mark.given.get("value", ()):
        for key, default in _placeholders(value(code, node) or ""):
            yield from _row(mark.line, key, default=default)


def _prefix(code: Code, mark: Mark) -> Iterator[Row]:
    """`@ConfigurationProperties("a.b")`: all keys below."""
    given = mark.given.get("prefix") or mark.given.get("value") or ()
    for node in given[:1]:
        key = value(code, node)
        yield from _row(mark.line, f"{key.rstrip('.')}.*" if key else None, default=False)


def _condition(code: Code, mark: Mark) -> Iterator[Row]:
    """`@ConditionalOnProperty(prefix = "a", name = "b")`."""
    given = mark.given.get("prefix", ())
    before = value(code, given[0]) if given else ""
    default = any(text_of(node) == "true" for node in mark.given.get("matchIfMissing", ()))
    for node in mark.given.get("name") or mark.given.get("value") or ():
        name = value(code, node)
        if name and before is not None:
            key = f"{before.rstrip('.')}.{name}" if before else name
            yield from _row(mark.line, key, default=default)


def _named(code: Code, mark: Mark) -> Iterator[Row]:
    """`@ConfigProperty(name = "a.b", defaultValue = "5")`."""
    for node in mark.given.get("name", ())[:1]:
        yield from _row(mark.line, value(code, node), default="defaultValue" in mark.given)


def asked(*, default_at: int = 1) -> OfCall:
    """A call with the key first; a value of the code's own behind it, unless that is a class."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        if call.given:
            given = [node for node in call.given[1:] if not _CLASS.fullmatch(text_of(node))]
            default = len(given) >= default_at or _otherwise(call)
            yield from _row(call.line, value(code, call.given[0]), default=default)

    return found


def _otherwise(call: Call) -> bool:
    """`getenv("A") ?: "b"` of Kotlin."""
    outer = call.node.parent
    if outer is None or outer.type != "binary_expression":
        return False
    left = outer.named_children[0]
    return left == call.node and any(child.type == "?:" for child in outer.children)


def _environment(code: Code, call: Call) -> Iterator[Row]:
    """`System.getenv("A")`, `System.getenv().getOrDefault("A", "b")`."""
    if call.given:
        key = value(code, call.given[0])
        yield from _row(call.line, key, source="environment", default=_otherwise(call))
        return
    then = above(call)
    if then is not None and then.given and then.name in {"get", "getOrDefault", "containsKey"}:
        default = then.name == "getOrDefault" or _otherwise(then)
        yield from _row(
            call.line, value(code, then.given[0]), source="environment", default=default
        )


_ASKED = asked()
_ENVIRONMENT = Client(
    dict.fromkeys(("getProperty", "getRequiredProperty", "containsProperty"), _ASKED)
)
_TYPED = Client(
    dict.fromkeys(
        (
            "getString", "getInt", "getLong", "getBoolean", "getDouble", "getDuration",
            "getStringList", "getConfig", "getInteger", "getStringArray", "getList",
        ),
        _ASKED,
    )
)  # fmt: skip
CLIENTS: Mapping[str, Client] = {
    "java.lang.System": Client({"getenv": _environment, "getProperty": _ASKED}),
    "java.util.Properties": Client({"getProperty": _ASKED}),
    **{
        f"org.springframework.core.env.{name}": _ENVIRONMENT
        for name in ("Environment", "ConfigurableEnvironment", "PropertyResolver")
    },
    "com.typesafe.config.Config": _TYPED,
    **{
        f"org.apache.commons.{home}.{name}": _TYPED
        for home in ("configuration", "configuration2")
        for name in ("Configuration", "PropertiesConfiguration", "CompositeConfiguration")
    },
}
MARKS: Mapping[str, OfMark] = {
    "org.springframework.beans.factory.annotation.Value": _value,
    "io.micronaut.context.annotation.Value": _value,
    "io.micronaut.context.annotation.Property": _named,
    "org.springframework.boot.context.properties.ConfigurationProperties": _prefix,
    "io.micronaut.context.annotation.ConfigurationProperties": _prefix,
    "io.smallrye.config.ConfigMapping": _prefix,
    "org.springframework.boot.autoconfigure.condition.ConditionalOnProperty": _condition,
    "org.eclipse.microprofile.config.inject.ConfigProperty": _named,
}
