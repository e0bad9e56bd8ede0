"""Hides secrets in lines of code and settings, whatever their syntax; rather too much than little.

What is secret follows from the name that it is given, or from its own shape. A value that stands
for another one (`${PASSWORD}`, `{{ token }}`, null) is not.
"""

import re
from collections.abc import Iterator, Sequence

from assessor.collect.platform.spring import relaxed

MASK = "••••"
_LEAD = 160  # so many characters before a quoted text are looked at for its name
_NEAR = 2  # so many lines may stand between a name and its value

_CODE = re.compile(
    r"\.(?:java|kts?|pyi?|m?jsx?|tsx?|vue|go|cs|rb|php|groovy|gradle|scala|cc?|cpp|h|rs|swift)$"
    r"|(?:^|/)Jenkinsfile[^/]*$"
)
_WORD = re.compile(
    r".*(?:passwords?|passwd|passwort|pwd|passphrase|passcode|secrets?|tokens?|credentials?"
    r"|api-?keys?|authorization)\d*"
    r"|(?:.*-)?(?:pass|pw|bearer|jwt|key-?base|connection-?string"
    r"|(?:access|secret|private|signing|sign|encryption|encrypt|account|master|shared|license)"
    r"-?keys?(?:-(?:secret|id|base))?)\d*"
)
_HINT = re.compile(
    r"pass|pw|secret|token|credential|key|auth|bearer|jwt|connection|login|identified|://|thin:|-u"
    r"|eyJ|A[KGINRS][IOPN]A|gh[pousr]_|github_|glpat|xox|AIza|sk[-_]|[rp]k_|npm_|pypi-|SG\.|hf_"
    r"|dop_|hooks\.",
    re.IGNORECASE,
)
# Each hides its group `v`.
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<v>eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?)",
        r"\b(?P<v>(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{16})\b",
        (
            r"\b(?P<v>gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}"
            r"|AIza[\w-]{30,}|[srp]k_(?:live|test)_\w{10,}|sk-[\w-]{20,}|npm_\w{30,}|pypi-[\w-]{30,}"
            r"|SG\.[\w-]{10,}\.[\w-]{10,}|hf_\w{20,}|dop_v1_\w{20,})"
        ),
        r"hooks\.slack\.com/services/(?P<v>[\w/]+)",
        r"://[^\s/:@\"'<>]*:(?P<v>[^\s/\"'<>]+)@",
        r"://(?P<v>[^\s/:@\"'<>]{16,})@",
        r"\bthin:[^\s/@\"']*/(?P<v>[^\s@\"']+)@",
        r"(?i)\b(?:bearer|basic)\s+(?P<v>(?=[\w.~+/=-]*\d)[\w.~+/=-]{12,})",
        r"\$\{(?i:[^{}:]*(?:pass|pwd|secret|token|credential|key)[^{}:]*):-?(?P<v>[^{}]+)\}",
        r"(?i)\bcurl\b.*?\s(?:-u|--user)[\s=]*[\"']?[^\s:\"']+:(?P<v>[^\s\"']+)",
        r"(?i)\b(?:mysql|mysqldump|mysqladmin|mariadb)\b.*?\s-p(?P<v>[^\s\"']+)",
        r"\bsshpass\s+-p\s*(?P<v>\S+)",
        r"(?i)\blogin\s+\S+\s+password\s+(?P<v>\S+)",
        (
            r"(?i)(?<![\w-])--?[\w-]*(?:password|passwd|passphrase|secret|token|api-?key)[\s=]+[\"']?"
            r"(?P<v>[^\s\"'=-][^\s\"']*)"
        ),
        (
            r"(?i)[?&;](?:\w*password|pwd|\w*token|\w*secret|sig|\w*api_?key|access_?key)="
            r"(?P<v>[^&;\s\"'<>]+)"
        ),
    )
)
_OPEN = re.compile(
    r"\s*(?:null|none|nil|undefined|true|false|inherit|read|write|\*+|•+|x{3,}|\.{3}"
    r"|\$\{\{.*\}\}|\$\{[^{}]*\}|\{\{.*\}\}|\$\(.*\)|`.*`|\$\w+|%\w+%|%\(?\w*\)?[sd]|\{\w*\}"
    r"|@[\w.]+@|<[^<>]*>|(?:vault|env|sm|classpath|file|ref|arn|data|var|module|local)[:.@].*"
    r"|/run/secrets/.*|[|>][+-]?\d*|!\w+\s*[|>]?[+-]?|[\\(\[{])?\s*",
    re.IGNORECASE,
)
_NAME = r"(?<![\w$])(?P<key>[A-Za-z_$][\w$.-]*+)"
_QUOTED = re.compile(
    r"(?<!\w)[bBrRuUfFlL]{0,2}(?P<q>\"\"\"|'''|[\"'`])(?P<v>(?:\\.|(?!(?P=q))[^\\])*)"
    r"(?P<e>(?P=q))?"
)
_LED = re.compile(
    _NAME + r"[\"'`\])]*+(?:\s*+:\s*+(?P<kind>[\w.$-]+)(?:[\[<][\w\[\]., |<>]*+[\]>])?\??"
    r"(?:\s*+\|\s*+\w++)*+)?"
    r"\s*+(?:={1,3}|:=|=>|:|\|\||\?\?|\?:|\bor\b)?\s*+\(?\s*+$"
)
_COMPARED = re.compile(r"\.equals(?:IgnoreCase)?$")
_LED_QUOTED = re.compile(_NAME + r"[\"'`][\])]*+\s*+,\s*+$")
_LED_ANYHOW = re.compile(
    r"\bidentified\s+by\s+$"
    r"|(?:authentication|credentials?|basicauth|getconnection|passwordtoken|\blogin|\bauth)"
    r"\s*=?\s*\([^()]*,\s*$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*[+.]?\s*")
_IN_QUOTED = re.compile(_NAME + r"\s*=\s*(?P<v>[^;&]+)")
_GIVEN = re.compile(_NAME + r"[\"'`\])]*+\s*+(?:={1,2}|:=|=>|:)\s*+")
_NOTE, _TAIL, _CLOSE = (
    re.compile(r"\s#.*$"),
    re.compile(r"[\s,;})\]\"'>/]*+$"),
    re.compile(r"\S=$"),
)
_SPACED = re.compile(r"\s*(?:env|arg|setx?|export)\s+" + _NAME + r"\s+(?P<v>\S.*)", re.IGNORECASE)
_ELEMENT = re.compile(r"<" + _NAME + r"(?:\s[^<>]*)?>(?P<v>[^<]+)")
_NAMED = re.compile(
    r"(?:[\"']?\b(?:name|key|id|property)[\"']?\s*[:=]\s*[\"']?|<(?:name|key)>)" + _NAME +
    r"[\"']?\s*(?:[,/<>}]|\s|$)", re.IGNORECASE,
)  # fmt: skip
_VALUE = re.compile(
    r"(?:[\"']?\bvalue[\"']?\s*[:=]\s*|<value>|<(?:entry|param)\b[^>]*>)"
    r"(?P<v>\"[^\"]*\"?|'[^']*'?|[^\s<][^<]*)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"(?:^|\s)(?://+|#+|/?\*+)\s.*$")
_HANGS = re.compile(
    r"(?:(?P<flag>(?<![\w-])--?)|(?<![\w$/.-]))"
    + _NAME
    + r"(?P<c>[\"'`\])]*+)\s*+(?P<sep>[:=,]*+)"
    r"\s*+(?P<end>[|>][+-]?\d*|\\|[\[(]|!\w+\s*+[|>]?[+-]?|\"\"\"|\'\'\')?\s*+$"
)
_CHILD = re.compile(r"\s*(?:-\s+)?[\"']?[\w./-]+[\"']?\s*:(?:\s|$)|\s*[<}\])]")
_PRIVATE, _END = re.compile(r"-----BEGIN [^-]*PRIVATE KEY[^-]*-----"), "-----END"
_SECRET = re.compile(r"\s*[\"']?kind[\"']?:\s*[\"']?(?:Sealed)?Secret\b")
_DATA = re.compile(r"\s*[\"']?(?:data|stringData)[\"']?:\s*\{?\s*$")
_ENTRY = re.compile(r"\s*[\"']?[\w.-]+[\"']?:\s*(?P<v>[^\s|>].*)$")


def is_secret(name: str) -> bool:
    """Whether what has that name (`db.password`, `API_KEY`, `clientSecret`) is secret."""
    return bool(_WORD.fullmatch(relaxed(name).replace(".", "-").strip("-$")))


def without_blocks(lines: Sequence[str]) -> list[str]:
    """All lines of a file, private keys and the values of Kubernetes secrets hidden."""
    found, inside = [], False
    for line in lines:
        begins = _PRIVATE.search(line)
        ends = line.find(_END, begins.end() if begins else 0) >= 0
        hidden = line[: begins.start()] + MASK if begins else _whole(line)
        found.append(hidden if begins or inside else line)
        inside = (inside or begins is not None) and not ends
    return list(_without_data(found)) if any(_SECRET.match(line) for line in found) else found


def _without_data(lines: Sequence[str]) -> Iterator[str]:
    """The lines without the values below `data` and `stringData`."""
    depth: int | None = None
    for line in lines:
        if depth is not None and line.strip() and _indent(line) <= depth:
            depth = None
        if depth is None:
            yield line
            depth = _indent(line) if _DATA.match(line) else None
        else:
            match = _ENTRY.match(line)
            yield _hidden(line, match) if match else _shown(line)


def _shown(line: str) -> str:
    """A key whose value follows as it is, the lines of such a value hidden."""
    return line if not line.strip() or _CHILD.match(line) else _whole(line)


def masked(lines: Sequence[str], *, path: str, shown: range) -> list[str]:
    """The shown ones of these lines of a file, the values of secrets in them hidden.

    The others, above and below, may tell what is secret.
    """
    code = bool(_CODE.search(path))
    found = {at: _line(lines[at], code=code) for at in shown}
    for at in () if code else _values_by_name(lines):
        match = _VALUE.search(found.get(at, ""))
        if match is not None and not _OPEN.fullmatch(match["v"].strip("\"'")):
            found[at] = _hidden(found[at], match)
    for at in _hanging(lines, code=code):
        if at in found:
            found[at] = _whole(lines[at])
    return list(found.values())


def _line(line: str, *, code: bool) -> str:
    """The line by itself."""
    if not _HINT.search(line):
        return line
    for shape in _SHAPES:
        line = shape.sub(_replaced, line)
    if code:
        comment = _COMMENT.search(line)
        at = comment.start() if comment else len(line)
        return _quoted(line[:at]) + _given(_quoted(line[at:]), prose=True)
    line = _ELEMENT.sub(_replaced_if_named, _quoted(line))
    spaced = _SPACED.match(line)
    return _hidden(line, spaced) if spaced and is_secret(spaced["key"]) else _given(line)


def _replaced(match: re.Match[str]) -> str:
    """What was matched, its value hidden if it is one."""
    start = match.start()
    hidden = match[0][: match.start("v") - start] + MASK + match[0][match.end("v") - start :]
    return match[0] if _OPEN.fullmatch(match["v"]) else hidden


def _replaced_if_named(match: re.Match[str]) -> str:
    return _replaced(match) if is_secret(match["key"]) else match[0]


def _hidden(line: str, match: re.Match[str]) -> str:
    """The line with the value that was matched in it hidden."""
    return line[: match.start("v")] + MASK + line[match.end("v") :]


def _quoted(line: str) -> str:
    """The line with the quoted texts that are secret hidden."""
    made, at, last = "", 0, -1  # last: where a hidden text ended
    while (match := _QUOTED.search(line, at)) is not None:
        joined = last >= 0 and _JOINED.fullmatch(line, last, match.start()) is not None
        lead = line[max(0, match.start() - _LEAD) : match.start()]
        secret = joined or _led(lead, rest=line[match.end() :])
        if match["e"] is None and not secret:
            made, at = made + line[at : match.end("q")], match.end("q")
            continue
        made += line[at : match.start("v")]
        value = match["v"]
        hidden = MASK if not _OPEN.fullmatch(value) else value
        made += hidden if secret else _IN_QUOTED.sub(_replaced_if_named, value)
        made += match["e"] or ""
        at, last = match.end(), match.end() if secret else -1
    return made + line[at:]


def _led(lead: str, *, rest: str) -> bool:
    """Whether the quoted text between is a secret: by its name, or as the last of a login."""
    match = _LED.search(lead)
    if match is None and not rest.lstrip().startswith(":"):  # else it is a name itself
        match = _LED_QUOTED.search(lead)
    if match is not None:
        names = (name for name in match.groupdict().values() if name)
        if any(is_secret(_COMPARED.sub("", name)) for name in names):
            return True
    return _LED_ANYHOW.search(lead) is not None


def _given(line: str, *, prose: bool = False) -> str:
    """The line up to the first secret without quotes, which goes as far as the line.

    prose: only where it is one word, or stands close to its name.
    """
    for match in _GIVEN.finditer(line):
        value = line[match.end() :]
        bare = _TAIL.sub("", _NOTE.sub("", value))
        counts = match["key"].endswith("tokens") and bare.isdigit()
        talk = prose and (" " in bare and not _CLOSE.search(match[0]))
        if value[:1] in {'"', "'", ""} or counts or talk or not is_secret(match["key"]):
            continue
        if not _OPEN.fullmatch(bare) and not _OPEN.fullmatch(value.strip(" ,;\"'")):
            return line[: match.end()] + MASK
    return line


def _values_by_name(lines: Sequence[str]) -> Iterator[int]:
    """Lines that may hold the value of a secret which is named beside it or on a line near by."""
    for at, line in enumerate(lines):
        match = _NAMED.search(line)
        if match is None or not is_secret(match["key"]):
            continue
        yield at
        if at and not line.lstrip().startswith(("-", "{", "<")):
            yield at - 1
        for after in range(at + 1, min(at + 1 + _NEAR, len(lines))):
            if _NAMED.search(lines[after]):
                break
            yield after


def _hanging(lines: Sequence[str], *, code: bool) -> Iterator[int]:
    """Lines that go on with a value whose name stands at the end of a line above."""
    for at, line in enumerate(lines):
        match = _HANGS.search(line)
        if match is None or not is_secret(match["key"]):
            continue
        end = match["end"] or ""
        if code:
            yield from _code_below(lines, at=at, match=match)
        elif match["flag"] or end in {"\\", ">"}:
            yield from _while_continued(lines, at=at)
        if not code and ":" in match["sep"]:
            yield from _deeper(lines, at=at, all_of_it=end[:1] in {"|", ">", "!"})


def _code_below(lines: Sequence[str], *, at: int, match: re.Match[str]) -> Iterator[int]:
    """The text that is assigned below its name: one line, or up to the end of its quotes."""
    end, sep = match["end"] or "", match["sep"]
    quotes = end if end in {'"""', "'''"} else ""
    named = sep and set(match["c"]) & set("\"'`")
    if not (named or "=" in sep or end == "("):
        return
    for after in range(at + 1, len(lines)):
        if quotes or _QUOTED.search(lines[after]):
            yield after
        if not quotes or quotes in lines[after]:
            return


def _while_continued(lines: Sequence[str], *, at: int) -> Iterator[int]:
    """The next line, and more as long as a backslash ends them."""
    for after in range(at + 1, len(lines)):
        if not _CHILD.match(lines[after]):
            yield after
        if not lines[after].endswith("\\"):
            return


def _deeper(lines: Sequence[str], *, at: int, all_of_it: bool) -> Iterator[int]:
    """The lines that are further in; without those that name parts, where it may have such."""
    for after in range(at + 1, len(lines)):
        line = lines[after]
        listed = line.lstrip().startswith("- ") and _indent(line) == _indent(lines[at])
        if line.strip() and _indent(line) <= _indent(lines[at]) and not listed:
            return
        if line.strip() and (all_of_it or not _CHILD.match(line)):
            yield after


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _whole(line: str) -> str:
    """Nothing of the line but how far in it is."""
    return line[: _indent(line)] + MASK if line.strip() else line
