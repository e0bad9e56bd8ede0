"""Values and sentences in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor
from typing import Literal

from assessor.model import assessment as doc
from assessor.model.basis import Text
from assessor.model.rules import Effort, RuleSource

Lang = Literal["zh", "en"]
NOTHING = "–"
# So much is forgiven to binary fractions.
_EPSILON = 1e-9
# Endings of files that are named after the class in them.
_BY_CLASS = {"cs", "java", "kt"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language, by key (`reports/locales/<lang>.yaml`)."""

    lang: Lang
    sentences: Mapping[str, str]


def say(wording: Wording, key: str, **values: object) -> str:
    """The sentence of that key with its placeholders filled in."""
    return wording.sentences[key].format(**values)


def named(wording: Wording, kind: str, word: str) -> str:
    """What a word of the document is called; the word itself where there is no name for it."""
    return wording.sentences.get(f"{kind}.{word}", word)


def pick(wording: Wording, words: Text) -> str:
    """The words in the wording's language."""
    return words.zh if wording.lang == "zh" else words.en


def listed(wording: Wording, parts: Iterable[str]) -> str:
    """The parts in one line, separated as the language does it."""
    return ("；" if wording.lang == "zh" else "; ").join(parts)


def shown_of(wording: Wording, shown: int, total: int) -> str:
    """How many rows of how many are shown, "" where none is left out."""
    return say(wording, "shown.of", shown=shown, total=total) if shown < total else ""


def joined(wording: Wording, sentences: Iterable[str]) -> str:
    """Sentences behind each other, those without words left out."""
    return ("" if wording.lang == "zh" else " ").join(each for each in sentences if each)


def short(unit: str) -> str:
    """What people call a unit: its class, or, as every folder has its `views`, folder and file."""
    folder, _, file = unit.rpartition("/")
    stem, _, ending = file.rpartition(".")
    name, parent = stem or ending, folder.rpartition("/")[2]
    if ending in _BY_CLASS or not parent:
        return name
    return parent if name == "__init__" else f"{parent}/{name}"


def share(value: float | None) -> str:
    """A share in [0, 1] as a whole percentage, `–` where there is none.

    It is cut, as levels are: 59.7 % is not 60 %, and 99.9 % is not all. What is not quite nothing
    is not 0 %.
    """
    if value is None:
        return NOTHING
    whole = floor(value * 100 + _EPSILON)
    return "< 1 %" if whole == 0 and value > 0 else f"{whole} %"


def number(value: float | None) -> str:
    """A figure with two decimals at most, `–` where there is none."""
    if value is None:
        return NOTHING
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def measured(wording: Wording, value: float | bool | None, *, unit: str) -> str:  # noqa: FBT001 - facts may be yes or no
    """A fact's value in its unit, in words."""
    if value is None:
        return say(wording, "value.unseen")
    if isinstance(value, bool) or unit == "yes-no":
        return say(wording, "value.yes" if value else "value.no")
    if unit == "share":
        return say(wording, "value.share", percent=number(value * 100))
    if unit in {"days", "per-kloc"}:
        return say(wording, f"value.{unit}", number=number(value))
    return number(value)


def indicative(value: float | None) -> str:
    """The indicative level of a standard with its one decimal, `–` where there is none."""
    return NOTHING if value is None else f"{value:.1f}"


def level(rule: doc.Rule) -> str:
    """`2..4`, `3`, `3+` with a part of the next, `(3)` on attestation, `?` where nothing could be
    seen, `–` not applicable.
    """
    if not rule.applicable:
        return NOTHING
    if rule.level is None:
        return "?"
    text = f"{rule.level}+" if _partly(rule) else str(rule.level)
    if rule.potential is not None and rule.potential > rule.level:
        text = f"{text}..{rule.potential}"
    return f"({text})" if rule.attested else text


def _partly(rule: doc.Rule) -> bool:
    """Whether some of the next level's conditions are met, though not all."""
    following = {result.level for result in rule.missing}
    return any(each.outcome == "met" and each.level in following for each in rule.outcomes)


def cited(wording: Wording, source: RuleSource) -> str:
    """The standard and clause that a rule comes from, marked where they are reconstructed."""
    clause = pick(wording, source.clause)
    standard = source.standard.upper()
    return say(wording, f"explain.source.{source.status}", standard=standard, clause=clause)


def cost(wording: Wording, effort: Effort) -> str:
    """The rough cost of a remedy: hours for one of what it has to be done to."""
    per = pick(wording, effort.per)
    return say(wording, "actions.hours", hours=f"{effort.hours:g}", per=per)


def place(path: str, *, line: int = 0, commit: str = "") -> str:
    """`file:line`, or a short commit id where there is no file."""
    if path:
        return f"{path}:{line}" if line else path
    return commit[:10] if commit else NOTHING
