"""How ORMs of Go name tables: words with lines between, in the plural.

Source: schema.NamingStrategy of GORM and the rules of github.com/jinzhu/inflection that it uses.
"""

import re

# In this order, as GORM takes them: `HTTPServer` is `HttpServer`, and so `http_server`.
_INITIALISMS = re.compile(
    "API|ASCII|CPU|CSS|DNS|EOF|GUID|HTML|HTTP|HTTPS|ID|IP|JSON|LHS|QPS|RAM|RHS|RPC|SLA|SMTP|SSH"
    "|TLS|TTL|UID|UI|UUID|URI|URL|UTF8|VM|XML|XSRF|XSS"
)
_SAME = frozenset(
    {
        "equipment", "information", "rice", "money", "species", "series", "fish", "sheep",
        "jeans", "police",
    }
)  # fmt: skip
_IRREGULAR = (
    ("person", "people"), ("child", "children"), ("man", "men"), ("sex", "sexes"),
    ("move", "moves"), ("mombie", "mombies"),
)  # fmt: skip
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), ending)
    for pattern, ending in (
        (r"(quiz)$", r"\1zes"),
        (r"^(oxen)$", r"\1"),
        (r"^(ox)$", r"\1en"),
        (r"^([ml])ice$", r"\1ice"),
        (r"^([ml])ouse$", r"\1ice"),
        (r"(matr|vert|ind)(?:ix|ex)$", r"\1ices"),
        (r"(x|ch|ss|sh)$", r"\1es"),
        (r"([^aeiouy]|qu)y$", r"\1ies"),
        (r"(hive)$", r"\1s"),
        (r"([^f])fe$", r"\1ves"),
        (r"([lr])f$", r"\1ves"),
        (r"sis$", "ses"),
        (r"([ti])a$", r"\1a"),
        (r"([ti])um$", r"\1a"),
        (r"(buffal|tomat)o$", r"\1oes"),
        (r"(bu)s$", r"\1ses"),
        (r"(alias|status)$", r"\1es"),
        (r"(octop|vir)i$", r"\1i"),
        (r"(octop|vir)us$", r"\1i"),
        (r"^(ax|test)is$", r"\1es"),
        (r"s$", "s"),
        (r"([a-z])$", r"\1s"),
    )
)


def snake(name: str) -> str:
    """`OrderItem` is `order_item`, `UserAPIKey` `user_api_key`."""
    value = _INITIALISMS.sub(lambda one: one[0].capitalize(), name)
    parts: list[str] = []
    for at, letter in enumerate(value):
        before, after = value[at - 1] if at else "", value[at + 1 : at + 2]
        inside = before.isupper() and (not after or after.isupper() or after.isdigit())
        if letter.isupper() and at and before != "_" and after != "_" and not inside:
            parts.append("_")
        parts.append(letter.lower())
    return "".join(parts)


def plural(word: str) -> str:
    """The plural of the last of the words, as inflection has it."""
    if word in _SAME:
        return word
    for one, many in _IRREGULAR:
        if word.endswith(one):
            return word.removesuffix(one) + many
    for pattern, ending in _RULES:
        if pattern.search(word):
            return pattern.sub(ending, word)
    return word
