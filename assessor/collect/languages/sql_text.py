"""SQL as text: what looks like it, its placeholders made plain, tables found by pattern."""

import re

Accesses = frozenset[tuple[str, str]]

DYNAMIC = "__dynamic__"  # stands where only the running program knows the text

_START = re.compile(
    r"\s*(?:(?:/\*.*?\*/|--[^\n]*\n|\()\s*)*"
    r"(?:select\s|insert\s+(?:\w+\s+)*into\s|update\s|delete\s|merge\s+into\s|replace\s+into\s"
    r"|truncate\s+table\s|with\s+(?:recursive\s+)?[\w\"`\[]+|from\s+[\w{$#:])",
    re.IGNORECASE | re.DOTALL,
)
_PLACEHOLDERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"#\{#[^}]*\}"), DYNAMIC),  # an expression of Spring
    (re.compile(r"[#:]\{[^}]*\}"), "?"),  # MyBatis, SpEL: a value
    (re.compile(r"\$\{[^}]*\}|\{[^{}\s]*\}|%\(\w+\)[sd]|%(?:\d+\$)?[sd](?!\w)"), DYNAMIC),
    (re.compile(r"(?<![:\w\]]):[A-Za-z_][\w.]*|\?\d+|(?<!\w)\$\d+"), "?"),
    (re.compile(r"\?::"), "? ::"),  # or the parser takes it for one sign
    (re.compile(r"\bjoin\s+fetch\b", re.IGNORECASE), "join"),
    (re.compile(r"\bnew\s+([\w.$]+)\s*\(", re.IGNORECASE), "coalesce("),
)
_OPEN = re.compile(r"\b(from|join|into|update)$", re.IGNORECASE)  # what follows is unknown
_QUOTED = re.compile(r"'(?:[^']|'')*'|/\*.*?\*/|--[^\n]*", re.DOTALL)
_STOP = frozenset(
    [
        "a", "all", "an", "and", "any", "as", "at", "both", "by", "each", "every", "for",
        "from", "here", "his", "in", "is", "it", "its", "left", "list", "my", "no", "of", "on",
        "one", "or", "our", "page", "right", "that", "the", "their", "them", "then", "there",
        "these", "this", "those", "to", "which", "with", "you", "your",
    ]
)  # fmt: skip
_NAME = r"(?:[\w$#]+|\"[^\"]+\"|`[^`]+`|\[[^\]]+\])"
_PATH = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_TARGETS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), operations)
    for pattern, operations in (
        (rf"\binsert\s+(?:\w+\s+)*?into\s+(?:table\s+)?({_PATH})", ("create",)),
        (rf"\breplace\s+into\s+({_PATH})", ("create", "update")),
        (rf"\bmerge\s+into\s+({_PATH})", ("create", "update")),
        (rf"^\W*update\s+({_PATH})", ("update",)),
        (rf"^\W*delete\s+(?:from\s+)?({_PATH})", ("delete",)),
        (rf"^\W*truncate\s+table\s+({_PATH})", ("delete",)),
    )
)
_SOURCES = re.compile(
    rf"\b(delete\s+)?(?:from|join|using)\s+(?!lateral\b|fetch\b)"
    rf"((?!\w+\s*\(){_PATH}(?:\s+(?:as\s+)?{_NAME})?(?:\s*,\s*{_PATH}(?:\s+(?:as\s+)?{_NAME})?)*)",
    re.IGNORECASE,
)
_CTE = re.compile(
    rf"(?:\bwith\s+(?:recursive\s+)?|,\s*)({_NAME})\s*(?:\([^)]*\))?\s+as\s*\(", re.IGNORECASE
)
_KEYWORDS = frozenset(
    [
        "cross", "fetch", "from", "full", "group", "having", "inner", "join", "left", "limit",
        "natural", "on", "order", "outer", "right", "select", "set", "union", "using", "values",
        "where",
    ]
)  # fmt: skip
_CLAUSES = re.compile(
    r"\b(?:join|order\s+by|group\s+by|union|having|for\s+update)\b", re.IGNORECASE
)
_SIGNS = re.compile(
    rf"[=<>]|[\s(.,]\*|[\s(,]\?|\w\.\w|\w\(|{DYNAMIC}|\bis\s+(?:not\s+)?null\b|\bin\s*\("
)
_COLUMNS = re.compile(
    r"\s*select\s+(?:distinct\s+)?[\w.]+(?:\s*,\s*[\w.]+)+\s+from\s", re.IGNORECASE
)
_ITSELF = re.compile(
    r"\s*select\s+(?:distinct\s+)?(\w+)\s+from\s+[\w.]+\s+(?:as\s+)?\1\b", re.IGNORECASE
)
_UPPER = re.compile(r"\s*(?:SELECT\s.*\sFROM\s|DELETE\s+FROM\s)", re.DOTALL)
# HQL may leave out SELECT, which makes «from» of a sentence look like a query.
_FROM = re.compile(r"\s*from\s", re.IGNORECASE)
_HQL = re.compile(
    r"\s*from\s+[a-z_][\w.]*\s+(?:(?:as\s+)?[a-z_]\w*\s+)?"
    r"(?:where\s.*[=<>?]|(?:left|inner|join|order\s+by|group\s+by)\s)",
    re.IGNORECASE | re.DOTALL,
)
_SNAKE = re.compile(r"\s*from\s+(?:\w+\.)?[a-z]\w*_\w+\b", re.IGNORECASE)  # no word of English
_ENTITY = re.compile(r"\s*(?:from|FROM)\s+[\w.]*[A-Z]\w*(?:\s+(?:as\s+)?\w+)?\s*")
_SENTENCE = re.compile(r"\s*[A-Z][a-z]")
_DELETES = (
    r"^\W*delete\s+(?:[\w.]+(?:\s*,\s*[\w.]+)*\s+)?from\b"
    r"|\bwhere\b.*(?:[=<>?]|\bin\b|\blike\b|\bis\b)"
    r"|^\W*delete\s+[\w.]+(?:\s+(?:as\s+)?\w+)?\s*$"
)
_NEEDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (verb, re.compile(pattern, re.IGNORECASE | re.DOTALL))
    for verb, pattern in (
        ("select", r"\bfrom\b"),
        (
            "insert",
            r"\binto\s+\S+.*(?:\bvalues?\b\s*\(|\bselect\b|\bset\b.*=|\bdefault\s+values\b)",
        ),
        ("replace", r"\binto\s+\S+.*(?:\bvalues?\b\s*\(|\bselect\b|\bset\b.*=)"),
        ("update", r"\bset\s.*="),
        ("merge", r"\busing\b"),
        ("delete", _DELETES),
        ("with", r"\bas\s*\(.*\b(?:select|insert|update|delete|merge)\b"),
    )
)


def looks_like_sql(text: str) -> bool:
    """Whether the text starts as a statement does; cheap, and true of some sentences as well."""
    return _START.match(text) is not None


def plain(text: str) -> str:
    """The text with `?` for each value to fill in, and a name for what may be anything."""
    for pattern, instead in _PLACEHOLDERS:
        text = pattern.sub(instead, text)
    text = _OPEN.sub(rf"\1 {DYNAMIC}", text.strip().rstrip(";").strip())
    return f"select * {text}" if text[:5].lower() == "from " else text


def is_possible(text: str) -> bool:
    """Whether the plain text has the clauses that its verb needs."""
    verb = _verb(text)
    return all(need.search(text) is not None for name, need in _NEEDS if name == verb)


def is_sentence(text: str) -> bool:
    """Whether the text begins as an English sentence does, or is a piece of one."""
    if _FROM.match(text):
        return _ENTITY.fullmatch(text) is None
    return _SENTENCE.match(text) is not None


def is_evident(text: str, *, written: str) -> bool:
    """Whether the plain text has a second sign of SQL beside its first word.

    written: the text as it stands in the program.
    """
    if _FROM.match(written):
        return _HQL.match(written) is not None or _SNAKE.match(written) is not None
    if _verb(text) not in {"select", "delete"}:
        return True
    bare = _QUOTED.sub("''", text)
    if any(pattern.match(bare) for pattern in (_COLUMNS, _ITSELF, _UPPER)):
        return True
    return _SIGNS.search(bare) is not None or (
        _verb(text) == "select" and _CLAUSES.search(bare) is not None
    )


def is_word(table: str) -> bool:
    """Whether the name of a table is a small word of English, as in «delete from the list»."""
    return table in _STOP


def by_pattern(text: str) -> Accesses:
    """Tables and operations of a plain text that no parser takes."""
    bare = _QUOTED.sub("''", text)
    targets = [
        (_clean(match[1]), operation)
        for pattern, operations in _TARGETS
        for match in pattern.finditer(bare)
        for operation in operations
    ]
    reads, aliases = _sources(bare)
    gone = {_clean(match[1]) for match in _CTE.finditer(bare)}
    found = {*targets, *((table, "read") for table in reads)}
    return frozenset(
        (table, operation)
        for table, operation in found
        if table not in gone | _KEYWORDS and table.partition(".")[0] not in aliases - {table}
    )


def _sources(text: str) -> tuple[set[str], set[str]]:
    """Tables after FROM, JOIN and USING, and the names that the statement gives them."""
    tables: set[str] = set()
    aliases: set[str] = set()
    for match in _SOURCES.finditer(text):
        for number, part in enumerate(match[2].split(",")):
            path, *rest = re.findall(_PATH, part)
            aliases |= {_clean(rest[-1])} - _KEYWORDS if rest else set()
            if not match[1] or number:
                tables.add(_clean(path))
    return tables, aliases


def _clean(path: str) -> str:
    return ".".join(part.strip(' \n\t"`[]').lower() for part in path.split("."))


def _verb(text: str) -> str:
    match = re.search(r"[a-z]+", text, re.IGNORECASE)
    return match[0].lower() if match else ""
