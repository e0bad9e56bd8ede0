"""CPU of reading code in each of the languages, against parsing alone, in the same run.

    python -m benchmarks.extraction FOLDER [--language java] [--step 1] [--rounds 3] [--curve]

Rows: `parse` (the parser alone on the same bytes), `extract` (phase A, which parses too) and
`resolve` (phase B of the family). Parser and extraction take turns on each file, so that other
load weighs on both alike; the median of the rounds counts, each with cold caches. As in a worker,
no garbage is collected. Also told: files with a syntax error, which keep their other facts.

--curve: the cost per file of both phases for 300, 1,000, 3,000 and 10,000 files, drawn evenly
from all that there are, and the greatest difference from the mean of them.
"""

import argparse
import gc
import importlib
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean, median

from tree_sitter import Language, Parser

from assessor.collect.inventory_rules import LANGUAGES as BY_ENDING
from assessor.collect.languages import FAMILIES, LANGUAGES
from assessor.collect.languages.resolution import Extracted, Facts
from assessor.collect.worker import TASKS
from assessor.model.records import File, FileKind

EXTRACTION_LIMIT, WHOLE_LIMIT = 2.0, 3.0
SIZES = (300, 1_000, 3_000, 10_000)
# Language -> module of the grammar, function in it. TypeScript has one for JSX besides.
GRAMMARS = {
    "csharp": ("tree_sitter_c_sharp", "language"),
    "go": ("tree_sitter_go", "language"),
    "java": ("tree_sitter_java", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "kotlin": ("tree_sitter_kotlin", "language"),
    "php": ("tree_sitter_php", "language_php"),
    "python": ("tree_sitter_python", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    ".tsx": ("tree_sitter_typescript", "language_tsx"),
}
Sources = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Round:
    """CPU seconds; broken: files with a syntax error."""

    parse: float
    extract: float
    resolve: float
    broken: int


def sources(folder: Path, language: str) -> Sources:
    """Path and content of all files of the language below a folder, sorted."""
    endings = tuple(ending for ending, name in BY_ENDING.items() if name == language)
    found = sorted(path for path in folder.rglob("*") if path.suffix in endings and path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in found]


def parsing(language: str) -> Callable[[str, bytes], object]:
    """The parser alone."""
    made = {
        name: Parser(Language(getattr(importlib.import_module(module), function)()))
        for name, (module, function) in GRAMMARS.items()
        if name in {language, ".tsx"}
    }
    return lambda path, content: made[".tsx" if path.endswith(".tsx") else language].parse(content)


def extracting(language: str) -> Callable[[str, bytes], Facts]:
    """Phase A, as a worker starts it."""
    module, _, function = TASKS[LANGUAGES[language].task].partition(":")
    return getattr(importlib.import_module(module), function)  # type: ignore[no-any-return]


def measured(files: Sources, language: str) -> Round:
    """One round with cold caches."""
    forget()
    alone, extract = parsing(language), extracting(language)
    seconds = {"parse": 0.0, "extract": 0.0}
    extracted = []
    for number, (path, content) in enumerate(files):
        works: list[tuple[str, Callable[[], object]]] = [
            ("parse", partial(alone, path, content)),
            ("extract", partial(extract, path, content)),
        ]
        for name, work in works if number % 2 else works[::-1]:
            begin = time.process_time()
            result = work()
            seconds[name] += time.process_time() - begin
            if name == "extract":
                file = File(path, FileKind.SOURCE, language, len(content), "")
                extracted.append(Extracted(file, result))  # type: ignore[arg-type]
    begin = time.process_time()
    found = FAMILIES[LANGUAGES[language].family].resolve(extracted, [])
    resolve = time.process_time() - begin
    return Round(seconds["parse"], seconds["extract"], resolve, len(found.files_with_errors))


def forget() -> None:
    """Empty the caches that last from file to file, and drop garbage: as at the start of a run."""
    modules = [module for name, module in sys.modules.items() if name.startswith("assessor.")]
    for module in modules:
        for value in vars(module).values():
            clear = getattr(value, "cache_clear", None)
            if clear is not None:
                clear()
    gc.collect()


def told(files: Sources, language: str, *, rounds: int) -> bool:
    """Prints the figures of a language; whether they are within the limits."""
    rows = [measured(files, language) for _ in range(rounds)]
    parse, extract, resolve = (
        median(getattr(row, name) for row in rows) for name in ("parse", "extract", "resolve")
    )
    size = sum(len(content) for _, content in files) / 1e6
    whole = extract + resolve
    share = rows[0].broken / len(files)
    print(
        f"\n{language}: {len(files)} files, {size:.1f} MB, {rows[0].broken} broken ({share:.1%})"
    )
    print(f"parse    {parse:8.2f} s  1.00   {size / parse:.1f} MB/s")
    print(f"extract  {extract:8.2f} s  {extract / parse:.2f}   (limit {EXTRACTION_LIMIT:.1f})")
    print(f"resolve  {resolve:8.2f} s  {resolve / parse:.2f}")
    print(f"together {whole:8.2f} s  {whole / parse:.2f}   (limit {WHOLE_LIMIT:.1f})", flush=True)
    return bool(extract <= EXTRACTION_LIMIT * parse and whole <= WHOLE_LIMIT * parse)


def curve(files: Sources, language: str) -> None:
    """Prints the cost per file as the number of files grows."""
    costs = []
    for size in (size for size in SIZES if size <= len(files)):
        chosen = [files[number * len(files) // size] for number in range(size)]
        row = measured(chosen, language)
        costs.append((row.extract + row.resolve) / size)
        print(f"{size:7} files {1000 * costs[-1]:7.2f} ms each", flush=True)
    if costs:
        apart = max(abs(cost / mean(costs) - 1) for cost in costs)
        print(f"at most {apart:.0%} from the mean of them")


def main(arguments: Sequence[str]) -> int:
    """Measures and prints; exit status 1 if a language costs more than the limits."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--language", choices=sorted(LANGUAGES), action="append")
    options.add_argument("--step", type=int, default=1, help="take every n-th file only")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--curve", action="store_true")
    given = options.parse_args(arguments)
    gc.disable()
    within = True
    for language in given.language or sorted(LANGUAGES):
        files = sources(given.folder, language)[:: given.step]
        if files:
            within = told(files, language, rounds=given.rounds) and within
            if given.curve:
                curve(files, language)
    print(f"\npeak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
