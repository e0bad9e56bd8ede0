"""Names of tables by the rules of Laravel and Doctrine: words in the plural, humps as underscores.

The regular cases of English and the irregular nouns that name things in software; source: the
rules of doctrine/inflector, in their order, written anew.
"""

import re

_UNCOUNTABLE = frozenset(
    {
        "advice", "aircraft", "audio", "cattle", "chassis", "compensation", "data",
        "deer", "education", "emoji", "equipment", "evidence", "feedback", "firmware", "fish",
        "furniture", "gold", "hardware", "information", "knowledge", "love", "luggage",
        "metadata", "money", "music", "news", "nutrition", "offspring", "police", "rain",
        "recommended", "related", "research", "rice", "series", "sheep", "software", "species",
        "staff", "traffic", "wheat",
    }
)  # fmt: skip
_IRREGULAR = {
    "atlas": "atlases", "cache": "caches", "cafe": "cafes", "child": "children",
    "corpus": "corpora", "criterion": "criteria", "curriculum": "curricula", "curve": "curves",
    "domino": "dominoes", "echo": "echoes", "foot": "feet", "gas": "gases", "goose": "geese",
    "human": "humans", "leaf": "leaves", "lens": "lenses", "loaf": "loaves", "man": "men",
    "medium": "media", "motto": "mottoes", "move": "moves", "ox": "oxen", "person": "people",
    "safe": "safes", "save": "saves", "sex": "sexes", "thief": "thieves", "tooth": "teeth",
    "valve": "valves", "woman": "women", "zombie": "zombies",
}  # fmt: skip
_PLURALS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"status$", "statuses"),
        (r"quiz$", "quizzes"),
        (r"([ml])ouse$", r"\1ice"),
        (r"(matr|vert|ind)(?:ix|ex)$", r"\1ices"),
        (r"(x|ch|ss|sh)$", r"\1es"),
        (r"([^aeiouy]|qu)y$", r"\1ies"),
        (r"(hive|gulf)$", r"\1s"),
        (r"(?:([^f])fe|([lr])f)$", r"\1\2ves"),
        (r"sis$", "ses"),
        (r"([ti])um$", r"\1a"),
        (r"man$", "men"),
        (r"child$", "children"),
        (r"person$", "people"),
        (r"(buffal|her|potat|tomat|volcan)o$", r"\1oes"),
        (r"(alumn|bacill|cact|foc|fung|nucle|radi|stimul|syllab|termin|vir)us$", r"\1i"),
        (r"us$", "uses"),
        (r"alias$", "aliases"),
        (r"(ax|test)is$", r"\1es"),
        (r"s$", "s"),
        (r"$", "s"),
    )
)
_HUMP = re.compile(r"(.)(?=[A-Z])")
_WORD_END = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def plural(word: str) -> str:
    """The plural of a word in lower case."""
    if word in _UNCOUNTABLE:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for pattern, instead in _PLURALS:
        changed, count = pattern.subn(instead, word, count=1)
        if count:
            return changed
    return word


def snake(name: str) -> str:
    """`OrderItem` as Laravel writes it: `order_item`; each capital begins a word."""
    return _HUMP.sub(r"\1_", name).lower()


def eloquent_table(class_name: str) -> str:
    """The table of a model that names none: its last word in the plural."""
    *before, last = snake(class_name).split("_")
    return "_".join([*before, plural(last)])


def pivot_table(class_name: str) -> str:
    """The table of a class that extends Pivot: its name in the singular."""
    name = snake(class_name)
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name


def joining_table(one: str, other: str) -> str:
    """The table between two models that names none: both names, in order of the alphabet."""
    return "_".join(sorted([snake(one), snake(other)]))


def underscored(class_name: str) -> str:
    """The table of an entity by Doctrine's strategy `underscore_number_aware`."""
    return _WORD_END.sub("_", class_name).lower()
