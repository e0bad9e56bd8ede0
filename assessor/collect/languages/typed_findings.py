"""The findings of a walk as plain lists and dicts, ready for JSON."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from operator import itemgetter

from assessor.collect.languages.java_source import count_lines
from assessor.collect.languages.typed_classes import Log, classes, read
from assessor.collect.languages.typed_data_facts import data_of
from assessor.collect.languages.typed_facts import (
    FileFacts,
    Findings,
    FunctionNote,
    Scope,
    ScopeFacts,
)
from assessor.collect.languages.typed_text import names_in
from assessor.collect.languages.words import terms

# Classes whose only constructor is called by a container.
_STEREOTYPES = frozenset(
    {
        "Component", "Service", "Repository", "Controller", "RestController", "Configuration",
        "ControllerAdvice", "RestControllerAdvice", "SpringBootApplication", "Named", "Singleton",
        "ApplicationScoped", "RequestScoped", "SessionScoped", "Dependent", "Stateless",
        "Stateful", "Path",
    }
)  # fmt: skip
_FINALS_INJECTED = frozenset({"RequiredArgsConstructor", "AllArgsConstructor"})
_NO_WORDS = frozenset(
    {
        "String", "Object", "Integer", "Long", "Boolean", "Double", "Float", "Byte", "Short",
        "Character", "Override", "Class", "Void", "Iterable", "Exception", "RuntimeException",
        "Throwable", "StringBuilder", "System", "Math", "Thread", "Runnable", "Number", "Enum",
        "List", "ArrayList", "Map", "HashMap", "Set", "HashSet", "Collection", "Collections",
        "Optional", "Arrays", "Iterator", "Objects", "Function", "Supplier", "Consumer", "T",
    }
)  # fmt: skip


def facts_of(
    walk: Findings, source: bytes, *, has_errors: bool, common: frozenset[str] = frozenset()
) -> FileFacts:
    """The walk's findings, offsets turned into lines. common: types that are no words, either."""
    ends = list(accumulate(map(len, source.splitlines(keepends=True))))
    code, comments = count_lines(walk.text, walk.comments)
    logs = [read(scope.log) for scope in walk.scopes]
    scopes = [_scope(*each, ends) for each in zip(walk.scopes, logs, strict=True)]
    functions = sorted(walk.functions, key=itemgetter(1, 2))
    found: FileFacts = {
        "package": walk.package,
        "imports": walk.imports,
        "import_lines": [bisect_right(ends, start) + 1 for start in walk.import_starts],
        "scopes": scopes,
        "functions": _functions(functions, ends),
        "words": _words(walk, scopes, common),
        "annotations": _located(walk.notes, ends),
        "literals": _located(walk.literals, ends),
        "statics": _located(walk.statics, ends),
        "code_lines": code,
        "comment_lines": comments,
        "has_errors": has_errors or walk.too_deep,
    }
    found["shapes"] = [part for note in functions for part in note[5:7]]
    found["classes"] = classes(walk, logs, lambda start: bisect_right(ends, start) + 1)
    data = data_of(walk, ends)
    if data is not None:
        found["data"] = data
    return found


def _scope(scope: Scope, log: Log, ends: Sequence[int]) -> ScopeFacts:
    first = log.first
    counts = Counter(log.keys)
    # Fields of its own class, whose types are noted there; and names that broken code lacks.
    for name in (scope.fields.keys() | {""}) & counts.keys():
        del counts[name]
    made: ScopeFacts = {
        "name": scope.name,
        "outer": scope.outer,
        "shape": scope.shape,
        "abstract": scope.shape == "interface" or _is_abstract(scope.modifiers),
        "line": bisect_right(ends, scope.line) + 1,
        "supers": scope.supers,
        "fields": scope.fields,
        "methods": scope.methods,
        "keys": list(counts),
        "counts": list(counts.values()),
        "lines": [bisect_right(ends, first[key]) + 1 for key in counts],
        "injected": _injected(scope),
    }
    if scope.properties:
        made["properties"] = [
            part
            for name, start in scope.properties
            for part in (name, bisect_right(ends, start) + 1)
        ]
    if scope.extensions:
        made["extensions"] = scope.extensions
    if scope.package:
        made["package"] = scope.package
    if scope.partial:
        made["partial"] = True
    if scope.bean:
        made["bean"] = scope.bean
    return made


def _is_abstract(modifiers: str) -> bool:
    return "abstract" in modifiers and "abstract" in modifiers.split()


def _injected(scope: Scope) -> list[str]:
    if not scope.injected and not scope.annotations:
        return []
    injected = list(scope.injected)
    kinds = set(scope.annotations)
    if len(scope.constructors) == 1 and kinds & _STEREOTYPES:
        injected += scope.constructors[0]
    if kinds & _FINALS_INJECTED:
        injected += scope.finals
    return sorted(set(injected) - {""})


def _functions(functions: Iterable[FunctionNote], ends: Sequence[int]) -> list[str | int]:
    flat: list[str | int] = []
    for name, start, end, cyclomatic, cognitive, _, _, _ in functions:
        line = bisect_right(ends, start) + 1
        flat += (name, line, cyclomatic, cognitive, bisect_right(ends, end - 1) + 2 - line)
    return flat


def _located(records: Iterable[tuple[str, str, int]], ends: Sequence[int]) -> list[str | int]:
    flat: list[str | int] = []
    for name, text, start in records:
        flat += (name, text, bisect_right(ends, start) + 1)
    return flat


def _words(
    walk: Findings, scopes: Sequence[ScopeFacts], common: frozenset[str]
) -> list[str | int]:
    counted: dict[str, int] = {}
    for name, count in Counter(walk.words).items():
        for term in terms(name):
            counted[term] = counted.get(term, 0) + count
    for scope in scopes:
        for key, count in zip(scope["keys"], scope["counts"], strict=True):
            if key[0] in "=+" and ":" not in key:
                for term in _terms_of_type(key, common):
                    counted[term] = counted.get(term, 0) + count
    return list(chain.from_iterable(sorted(counted.items())))


@lru_cache(maxsize=100_000)
def _terms_of_type(key: str, common: frozenset[str]) -> tuple[str, ...]:
    names = (name.rpartition(".")[2] for name in names_in(key[1:].partition("(")[0]))
    kept = (name for name in names if name not in _NO_WORDS and name not in common)
    return tuple(term for name in kept for term in terms(name))
