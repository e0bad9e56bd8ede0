"""Settings that Go code asks for by name: the environment, viper, koanf, tags of structs."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.go_libraries import plain
from assessor.collect.languages.go_owners import Call, Calls, text_of
from assessor.collect.languages.go_table import (
    Function,
    Project,
    Source,
    imports_of,
    lookup,
    seen,
)

Told = tuple[Source, Row]
_VIPER = re.compile(
    r"Get(?:Bool|Duration|Float64|Int|Int32|Int64|IntSlice|SizeInBytes|String|StringMap"
    r"|StringMapString|StringMapStringSlice|StringSlice|Time|Uint|Uint16|Uint32|Uint64)?"
    r"|IsSet|Sub|UnmarshalKey|SetDefault"
)
_KOANF = frozenset(
    {"Bool", "Bytes", "Duration", "Exists", "Float64", "Get", "Int", "Int64", "MustString",
     "String", "Strings"}
)  # fmt: skip
_TAGGED = re.compile(
    r"github\.com/(?:caarlos0/env|kelseyhightower/envconfig|sethvargo/go-envconfig"
    r"|ilyakaznacheev/cleanenv|qiangxue/go-env|joeshaw/envdecode|vrischmann/envconfig|Netflix/go-env)"
)
_NAME = re.compile(r"[A-Za-z_][\w.-]*")


def settings(calls: Calls) -> Iterator[Told]:
    """The rows of all files."""
    given = {
        key
        for call in calls.every
        if call.name == "SetDefault" and (key := _viper(calls, call)) and not call.source.test
    }
    for call in calls.every:
        row = _of_system(calls, call) or _of_viper(calls, call, given) or _of_koanf(calls, call)
        if row is not None:
            yield call.source, row
    yield from _wrapped(calls.project)
    yield from _tagged(calls.project)


def _key(calls: Calls, call: Call) -> str:
    """The name that is asked for, "" where the code does not say it."""
    text = text_of(calls.project, call.source, call.given[0]) if call.given else None
    return text if text and "{" not in text and "\n" not in text else ""


def _of_system(calls: Calls, call: Call) -> Row | None:
    if call.owner == "os" and call.name in {"Getenv", "LookupEnv"}:
        key = _key(calls, call)
        return _row(call.line, key, default=False) if key else None
    if call.name == "BindEnv" and call.owner in {"viper", "viper.Viper"} and len(call.given) > 1:
        key = text_of(calls.project, call.source, call.given[1]) or ""
        return _row(call.line, key, default=False) if _NAME.fullmatch(key) else None
    return None


def _row(line: int, key: str, *, default: bool) -> Row:
    return behaviour.setting(line, key=key, source="environment", default=default)


def _viper(calls: Calls, call: Call) -> str:
    if call.owner not in {"viper", "viper.Viper"} or not _VIPER.fullmatch(call.name):
        return ""
    return _key(calls, call)


def _of_viper(calls: Calls, call: Call, given: set[str]) -> Row | None:
    key = _viper(calls, call)
    if not key:
        return None
    return behaviour.setting(call.line, key=key, source="properties", default=key in given)


def _of_koanf(calls: Calls, call: Call) -> Row | None:
    key = _key(calls, call) if call.owner == "koanf.Koanf" and call.name in _KOANF else ""
    if not key:
        return None
    return behaviour.setting(call.line, key=key, source="properties", default=False)


def _wrapped(project: Project) -> Iterator[Told]:
    """Calls of the project's own functions that hand a name on to the environment."""
    wraps = {
        (source.package.folder, cast("str", function)): (cast("int", place), bool(looked))
        for source in project.sources
        for function, place, looked in source.facts.get("wraps", [])
        if "." not in cast("str", function)
    }
    if not wraps:
        return
    for source in project.sources:
        for line, called, place, key, count in source.facts.get("named", []):
            found = _function(source, cast("str", called))
            wrap = wraps.get((found.source.package.folder, found.name)) if found else None
            if found is not None and wrap is not None and wrap[0] == place:
                default = len(found.takes) > wrap[0] + 1 and cast("int", count) > wrap[0] + 1
                yield source, _row(cast("int", line), cast("str", key), default=default)


def _function(source: Source, called: str) -> Function | None:
    first, dot, last = called.partition(".")
    if dot:
        package = source.imports.get(first)
        found = lookup(package, last, test=False) if package is not None else None
    else:
        found = seen(source, called)
    return found if isinstance(found, Function) else None


def _tagged(project: Project) -> Iterator[Told]:
    """Tags as `env:"PORT" envDefault:"80"`, where the project imports what reads them."""
    paths = {path for source in project.sources for path, _, _ in imports_of(source)}
    if not any(_TAGGED.fullmatch(plain(path)) for path in paths):
        return
    for source in project.sources:
        for _, _, line, tag in source.facts.get("tags", []):
            row = _of_tag(cast("int", line), cast("Mapping[str, str]", tag))
            if row is not None:
                yield source, row


def _of_tag(line: int, tag: Mapping[str, str]) -> Row | None:
    said = tag.get("env") or tag.get("envconfig") or ""
    key, _, options = said.partition(",")
    if not _NAME.fullmatch(key.strip()):
        return None
    default = bool(tag.keys() & {"envDefault", "env-default", "default"}) or "default" in options
    return _row(line, key.strip(), default=default)
