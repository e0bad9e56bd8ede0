"""`assessor report` as a user types it: what is written, and what is not where it cannot be."""

import io
import json
import os
import re
import stat
import subprocess
import sys

import pikepdf
import pytest
from e2e.conftest import COMMAND, assessor

from assessor.model.assessment import SCHEMA_VERSION

pytestmark = pytest.mark.slow

FORMATS = ("pdf", "html")


def _report(*args, env=None, cwd=None):
    """The finished process of `assessor report <args>`; its output as bytes."""
    return subprocess.run(
        [*COMMAND, "report", *map(str, args)],
        capture_output=True,
        env={**os.environ, **(env or {})},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture(scope="module")
def saved(shop, tmp_path_factory):
    """The assessment of the sample shop as JSON."""
    path = tmp_path_factory.mktemp("saved") / "shop.json"
    done = assessor("audit", shop, "--format", "json", "--quiet", "-o", path)
    assert done.returncode == 0, done.stderr
    return path


def _refused(done, *, names):
    """Exit 2 with one sentence on standard error that names the place, nothing elsewhere."""
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert done.stdout == b""
    assert len(said.strip().splitlines()) == 1, said
    assert said.startswith("assessor: ")
    for each in names:
        assert str(each) in said


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("audience", ["board", "architect", "auditor"])
@pytest.mark.parametrize("format_", FORMATS)
def test_report__each_reader_and_language__has_a_report_of_its_own(
    saved, tmp_path, format_, audience, lang
):
    target = tmp_path / f"report.{format_}"
    done = _report(
        saved, "--format", format_, "--audience", audience, "--lang", lang, "-o", target
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    content = target.read_bytes()
    title = {"zh": "签署", "en": "Signatures"}[lang]
    evidence = {"zh": "证据", "en": "Evidence"}[lang]
    if format_ == "html":
        text = content.decode()
        assert text.startswith("<!DOCTYPE html>")
        assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in text
        heads = re.findall(r"<h2[^>]*>(.*?)</h2>", text, re.DOTALL)
    else:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert pdf.check_pdf_syntax() == []
            with pdf.open_outline() as outline:
                heads = [item.title for item in outline.root]
    told = " ".join(heads)
    assert title in told
    assert (evidence in told) == (audience != "board")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("format_", FORMATS)
def test_report__of_the_repository_and_of_its_assessment__is_the_same(shop, saved, format_):
    ours = _report(shop, "--format", format_, "--lang", "zh", "--quiet")
    theirs = _report(saved, "--format", format_, "--lang", "zh")
    assert (ours.returncode, theirs.returncode) == (0, 0)
    assert ours.stdout == theirs.stdout
    assert len(ours.stdout) > 100_000


@pytest.mark.parametrize("format_", FORMATS)
def test_report__any_surroundings__gives_the_same_bytes(saved, tmp_path, format_):
    usual = _report(saved, "--format", format_, "--lang", "en")
    assert usual.returncode == 0, usual.stderr
    for seed, zone, locale in (("1", "Asia/Shanghai", "zh_CN.UTF-8"), ("2", "UTC+11", "C")):
        env = {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": locale,
            "HOME": str(tmp_path),
            "COLUMNS": "40",
        }
        again = _report(saved, "--format", format_, "--lang", "en", env=env, cwd=tmp_path)
        assert again.stdout == usual.stdout
    assert list(tmp_path.iterdir()) == []


def test_report__without_a_language__speaks_that_of_the_locale(saved):
    for locale, lang in (("zh_CN.UTF-8", "zh-CN"), ("C.UTF-8", "en")):
        done = _report(saved, "--format", "html", env={"LC_ALL": locale})
        assert f'lang="{lang}"'.encode() in done.stdout


def test_report__fields_of_the_cover__are_on_it_as_they_were_typed(saved):
    fields = ("client=ACME <b>&", "Ort=Köln = schön", "author=", "project={name} {0} %s")
    options = [part for field in fields for part in ("--cover", field)]
    done = _report(saved, "--format", "html", "--lang", "en", *options)
    text = done.stdout.decode()
    assert "ACME &lt;b&gt;&amp;" in text
    assert "<dt>Ort</dt><dd>Köln = schön</dd>" in text
    assert "<dt>project</dt><dd>{name} {0} %s</dd>" in text
    assert _report(saved, "--lang", "en", *options).returncode == 0


def test_report__bytes_on_the_command_line_that_are_no_utf_8__are_shown_as_such(saved):
    for format_ in FORMATS:
        done = subprocess.run(
            [*COMMAND, "report", saved, "--format", format_, "--cover", b"client=a\xffb"],
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")


def _changed(saved, target, **changes):
    target.write_text(json.dumps({**json.loads(saved.read_text("utf-8")), **changes}))
    return target


def _no_time(saved, target):
    repository = json.loads(saved.read_text("utf-8"))["repository"]
    return _changed(saved, target, repository={**repository, "revision_time": "yesterday"})


def _of(content):
    def made(_saved, target):
        target.write_bytes(content)
        return target

    return made


BAD_FILES = {
    "newer": (
        lambda saved, to: _changed(saved, to, schema_version="2.0"),
        ("'2.0'", SCHEMA_VERSION),
    ),
    "older": (lambda saved, to: _changed(saved, to, schema_version=1), ("version 1",)),
    "a-field-missing": (lambda saved, to: _changed(saved, to, facts=None), ("facts",)),
    "a-field-odd": (lambda saved, to: _changed(saved, to, skips=[{"path": 3}]), ("skips.0",)),
    "facts-gone": (lambda saved, to: _changed(saved, to, facts=[]), ("fact",)),
    "no-time": (_no_time, ("yesterday",)),
    "cut-short": (
        lambda saved, to: _of(saved.read_bytes()[:5000])(saved, to),
        ("bad.json:", "no whole JSON"),
    ),
    "empty": (_of(b""), ("bad.json:1",)),
    "blank": (_of(b"\n\n \n"), ("bad.json:",)),
    "a-list": (_of(b"[]"), ("JSON object",)),
    "another-object": (_of(b'{"a": 1}'), ("no assessment",)),
    "a-string": (_of(b'"' + b"x" * 99 + b'"'), ("JSON object",)),
    "not-a-number": (_of(b'{"schema_version": NaN}'), ("NaN",)),
    "too-large": (_of(b'{"schema_version": 1e999}'), ("1e999",)),
    "too-long": (_of(b'{"schema_version": ' + b"9" * 5000 + b"}"), ()),
    "too-deep": (_of(b"[" * 100_000), ()),
    "binary": (_of(b"\x89PNG\r\n\x1a\n\xff\xfe\x00"), ()),
    "latin-1": (_of('{"a": "é"}'.encode("latin-1")), ()),
    "a-version-with-lines": (_of(b'{"schema_version": "1\\n2\\u001b[31m"}'), ()),
    "a-pdf": (_of(b"%PDF-1.7\n%\xb5\xb5"), ()),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_report__a_file_that_is_no_assessment__is_told(saved, tmp_path, kind):
    make, names = BAD_FILES[kind]
    path = make(saved, tmp_path / "bad.json")
    target = tmp_path / "report.pdf"
    done = _report(path, "-o", target)
    _refused(done, names=(path, *names))
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.stderr.decode()) is None
    assert [each.name for each in tmp_path.iterdir()] == ["bad.json"]


BAD_TEMPLATES = {
    "typst": ("pdf", "pdf/report.typ", "#let x = 1\n#nothing", "pdf/report.typ:2:"),
    "typst-package": ("pdf", "pdf/report.typ", '#import "@preview/x:1.0.0"', "pdf/report.typ:1:"),
    "typst-reads": ("pdf", "pdf/report.typ", '\n#read("/etc/passwd")', "pdf/report.typ:2:"),
    "jinja": ("html", "html/report.html.j2", "a\n{{ nothing }}", "html/report.html.j2:2:"),
    "jinja-syntax": ("html", "html/report.html.j2", "a\n{% if", "html/report.html.j2:2:"),
    "jinja-reads": (
        "html", "html/report.html.j2", "{% include '/etc/passwd' %}", "html/report.html.j2:1:",
    ),
    "css": ("html", "html/report.css", "\n</style>", "html/report.css:2:"),
    "theme-syntax": ("pdf", "theme.yaml", "light:\n  brand: [", "theme.yaml:"),
    "theme-colour": ("pdf", "theme.yaml", "\nlight: {brand: red}", "theme.yaml:2"),
    "theme-unknown": ("html", "theme.yaml", "colours: {}", "theme.yaml:1"),
    "theme-colour-unknown": ("html", "theme.yaml", 'dark: {pink: "#ffffff"}', "theme.yaml:1"),
    "theme-list": ("pdf", "theme.yaml", "- a", "theme.yaml:1"),
    "theme-text": ("pdf", "theme.yaml", "a", "theme.yaml:1"),
    "logo-gone": ("pdf", "theme.yaml", "logo: gone.svg", "gone.svg"),
    "logo-outside": ("pdf", "theme.yaml", "logo: ../../etc/passwd", "theme.yaml:1"),
    "logo-absolute": ("pdf", "theme.yaml", "logo: /etc/passwd", "theme.yaml:1"),
    "logo-odd": ("html", "theme.yaml", "logo: theme.yaml", "theme.yaml:1"),
    "wording-unknown": ("pdf", "locales/en.yaml", "\nnothing.here: x", "locales/en.yaml:2"),
    "wording-place": ("pdf", "locales/en.yaml", 'title: "{nothing}"', "locales/en.yaml:1"),
    "wording-attribute": ("pdf", "locales/en.yaml", 'title: "{name.x}"', "locales/en.yaml:1"),
    "wording-format": ("pdf", "locales/en.yaml", 'title: "{name:>9d}"', "locales/en.yaml:1"),
    "wording-convert": ("pdf", "locales/en.yaml", 'title: "{name!x}"', "locales/en.yaml:1"),
    "wording-brace": ("pdf", "locales/en.yaml", 'title: "{name"', "locales/en.yaml:1"),
    "wording-list": ("pdf", "locales/en.yaml", "title: [a]", "locales/en.yaml:1"),
    "wording-empty": ("pdf", "locales/en.yaml", 'title: ""', "locales/en.yaml:1"),
    "wording-null": ("pdf", "locales/en.yaml", "title:", "locales/en.yaml:1"),
    "wording-key": ("pdf", "locales/en.yaml", "1: a", "locales/en.yaml:1"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_TEMPLATES)
def test_report__a_mistaken_template__is_told_with_its_line_and_writes_nothing(
    saved, tmp_path, kind
):
    format_, name, content, place = BAD_TEMPLATES[kind]
    folder, out = tmp_path / "own", tmp_path / "out"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(content, encoding="utf-8")
    out.mkdir()
    options = ("--format", format_, "--lang", "en", "--template", folder)
    done = _report(saved, *options, "-o", out / "report", env={"TMPDIR": str(tmp_path / "out")})
    _refused(done, names=[place])
    assert list(out.iterdir()) == []
    (out / "report").write_text("as it was")
    assert _report(saved, *options, "-o", out / "report").returncode == 2
    assert [each.name for each in out.iterdir()] == ["report"]
    assert (out / "report").read_text() == "as it was"


def test_report__a_package_that_the_user_happens_to_have__is_not_taken(saved, tmp_path):
    place = tmp_path / "typst/packages/local/x/1.0.0"
    place.mkdir(parents=True)
    (place / "typst.toml").write_text(
        '[package]\nname = "x"\nversion = "1.0.0"\nentrypoint = "x.typ"'
    )
    (place / "x.typ").write_text("#let x = 1")
    template = tmp_path / "own/pdf/report.typ"
    template.parent.mkdir(parents=True)
    template.write_text('#import "@local/x:1.0.0": x\n#set document(title: "t")\n#x')
    homes = ("XDG_DATA_HOME", "XDG_CACHE_HOME")
    done = _report(saved, "--template", tmp_path / "own", env=dict.fromkeys(homes, str(tmp_path)))
    _refused(done, names=["report.typ:1:"])


def test_report__a_template_folder_that_is_none__is_told(saved, tmp_path):
    _refused(_report(saved, "--template", tmp_path / "gone"), names=[tmp_path / "gone"])
    _refused(_report(saved, "--template", saved), names=[saved])


@pytest.mark.parametrize("field", ["client", "=ACME", "  =ACME", ""])
def test_report__a_field_without_a_name__is_told(saved, field):
    _refused(_report(saved, "--cover", field, "--format", "html"), names=["--cover", "NAME=TEXT"])


@pytest.mark.parametrize(
    "options",
    [
        ("--rev", "main"),
        ("--worktree",),
        ("--services", "3"),
        ("--since", "18m"),
        ("--xray", "3"),
        ("--rules", "rules"),
    ],
    ids=lambda options: options[0],
)
def test_report__of_an_assessment_with_options_of_an_audit__is_refused(saved, options):
    _refused(_report(saved, *options, "--format", "html"), names=[saved, options[0]])


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--format", "docx"), "docx"),
        (("--audience", "brief"), "brief"),
        (("--lang", "fr"), "fr"),
        (("--xray", "99"), "50"),
    ],
)
def test_report__an_option_of_no_meaning__is_told(saved, options, named):
    _refused(_report(saved, *options), names=[options[0], named])


def test_report__of_nothing__is_told(tmp_path):
    path = tmp_path / "gone.json"
    _refused(_report(path, "--format", "html", "--quiet"), names=[path])


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_report__a_folder_that_may_not_be_written__is_told(saved, tmp_path):
    tmp_path.chmod(0o500)
    _refused(_report(saved, "-o", tmp_path / "report.pdf"), names=[tmp_path / "report.pdf"])


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("place", ["gone/report", ".", "file/report", "x" * 300])
def test_report__no_place_to_write__is_told(saved, tmp_path, format_, place):
    (tmp_path / "file").write_text("as it was")
    _refused(_report(saved, "--format", format_, "-o", tmp_path / place), names=[tmp_path / place])
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "as it was"


def test_report__over_a_file__keeps_its_rights_and_leaves_nothing_beside_it(saved, tmp_path):
    target, link = tmp_path / "report.html", tmp_path / "link.html"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target.name)
    assert _report(saved, "--format", "html", "-o", link).returncode == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"<!DOCTYPE html>")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link.html", "report.html"]


def test_report__a_new_file__has_the_rights_of_any_other(saved, tmp_path):
    target = tmp_path / "report.html"
    mask = os.umask(0o027)
    try:
        assert _report(saved, "--format", "html", "-o", target).returncode == 0
    finally:
        os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="there is no pty")
def test_report__a_pdf_to_a_terminal__is_refused_but_html_is_not(saved):
    import pty

    for format_, code in (("pdf", 2), ("html", 0)):
        ours, theirs = pty.openpty()
        done = subprocess.Popen(
            [*COMMAND, "report", str(saved), "--format", format_],
            stdout=theirs,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
        os.close(theirs)
        shown = _drained(ours)
        said = done.communicate()[1].decode()
        assert done.returncode == code, said
        assert (b"<!DOCTYPE html>" in shown) == (format_ == "html")
        assert ("-o FILE" in said) == (format_ == "pdf")
        assert b"%PDF" not in shown


def _drained(terminal):
    """All that is written to a terminal until its other side is closed."""
    found = b""
    try:
        while part := os.read(terminal, 65_536):
            found += part
    except OSError:  # what Linux says when the other side is gone
        pass
    os.close(terminal)
    return found


def test_report__to_a_pipe_that_closes__says_nothing(saved):
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{COMMAND[0]}' report '{saved}' | head -c 9"],
        capture_output=True,
        check=False,
    )
    assert done.stdout == b"%PDF-1.7\n"
    assert done.stderr == b""


@pytest.mark.parametrize("args", [["--help"], ["report", "--help"]])
def test_help__of_the_report__loads_nothing_that_prints(args):
    told = (
        "import sys\n"
        f"sys.argv = ['assessor', *{args!r}]\n"
        "from assessor.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'typst', 'jinja2', 'fontTools', 'networkx', 'numpy', 'pandas', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == "[]"
    assert "Usage" in done.stdout


def test_report__of_an_assessment__loads_nothing_that_audits(saved):
    told = (
        "import sys\n"
        f"sys.argv = ['assessor', 'report', {str(saved)!r}, '--format', 'html']\n"
        "sys.argv += ['-o', '/dev/null']\n"
        "from assessor.cli.main import main\n"
        "try: main()\n"
        "except SystemExit as stopped: assert not stopped.code, stopped.code\n"
        "heavy = {'typst', 'git', 'pydriller', 'tree_sitter', 'sklearn', 'streamlit'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
