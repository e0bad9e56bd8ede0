"""Cost of the compliance report, against typst setting as many pages of plain text.

    python -m benchmarks.report ASSESSMENT.json

For each language and format the real command runs in a fresh process; the baseline is a process
that imports typst and sets plain pages with the same fonts and the same standards. Limits: 3
seconds for 60 pages, and 500 MB.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

COMMAND = Path(sys.executable).with_name("assessor")
SECONDS_PER_60_PAGES, MEGABYTES, ROUNDS = 3.0, 500.0, 3
# Memory must be asked for by a small process: a child starts with the peak of its parent.
METER = """
import json, os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:])
_, status, used = os.wait4(child.pid, 0)
wall = time.perf_counter() - start
print(json.dumps([os.waitstatus_to_exitcode(status), wall, used.ru_maxrss / 1024]))
"""
PLAIN = """
import sys, typst
from pathlib import Path
from assessor.render import fonts
typst.compile(
    Path(sys.argv[1]), output=Path(sys.argv[1]).with_suffix(".pdf"), ignore_system_fonts=True,
    font_paths=[Path(each) for each in fonts.folders()], pdf_standards=["a-2a", "ua-1"],
    timestamp=0,
)
"""
PAGES = """
#set document(title: "plain")
#set text(font: ("Noto Sans", "Noto Sans CJK SC"), size: 9.5pt)
#for page in range(%d) {
  pagebreak(weak: true)
  for line in range(12) { par(lorem(55) + " 云原生能力评估") }
}
"""


def main() -> int:
    """Measures and prints; 1 if a limit is broken."""
    source, broken = Path(sys.argv[1]), False
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as folder:
        for lang in ("zh", "en"):
            target = Path(folder, f"report-{lang}.pdf")
            wall, memory = _report(source, target, lang=lang)
            pages = len(pypdfium2.PdfDocument(target))
            bare, _ = _plain(Path(folder, "plain.typ"), pages=pages)
            per_60 = wall * 60 / max(pages, 60)
            print(
                f"pdf {lang}: {pages} pages, {target.stat().st_size / 1e6:.1f} MB in {wall:.2f} s"
                f" ({per_60:.2f} s for 60 pages), {memory:.0f} MB;"
                f" plain pages {bare:.2f} s, ratio {wall / bare:.2f}"
            )
            broken |= per_60 > SECONDS_PER_60_PAGES or memory > MEGABYTES
            page = Path(folder, f"report-{lang}.html")
            wall, memory = _report(source, page, lang=lang)
            size = page.stat().st_size / 1e6
            print(f"html {lang}: {size:.1f} MB in {wall:.2f} s, {memory:.0f} MB")
    return int(broken)


def _report(source: Path, target: Path, *, lang: str) -> tuple[float, float]:
    kind = target.suffix.removeprefix(".")
    options = ["--format", kind, "--lang", lang, "-o", str(target)]
    return _best([str(COMMAND), "report", str(source), *options])


def _plain(file: Path, *, pages: int) -> tuple[float, float]:
    file.write_text(PAGES % pages, "utf-8")
    return _best([sys.executable, "-c", PLAIN, str(file)])


def _best(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak megabytes of the command, the fastest of the rounds."""
    return min(_once(command) for _ in range(ROUNDS))


def _once(command: list[str]) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", METER, *command], stdout=subprocess.PIPE, check=True
    )
    code, wall, memory = json.loads(done.stdout)
    if code:
        sys.exit(f"the command failed with exit code {code}: {' '.join(command)}")
    return wall, memory


if __name__ == "__main__":
    sys.exit(main())
