"""Whatever a repository writes into its names, every format of the report shows it as text."""

import copy
import csv
import io
import json
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from assessor import pipeline, printing
from assessor.collect.saved import load
from assessor.errors import UsageError
from assessor.model import assessment as doc
from assessor.model import facts as measured
from assessor.model.basis import Evidence, EvidenceKind, Location, Skip, Text
from assessor.model.coupling import CoChange, Cycle, Hotspot
from assessor.model.decisions import Attestation, Attested, Broken, Constraints, Pin
from assessor.model.history import MethodChange
from assessor.model.partition import SharedUnit
from assessor.model.table import Table
from assessor.render.tables import to_csv
from assessor.report import tables

pytestmark = pytest.mark.slow

# Controls, marks that turn the direction of text, halves of surrogate pairs.
INVISIBLE = (
    r"\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    r"\U000e0000-\U000e007f"
)
STEERS = INVISIBLE.replace(r"\x00-\x1f", r"\x00-\x09\x0b-\x1f")  # lines do end in a document
STEERING = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
RIGHT_TO_LEFT = {"arabic", "hebrew"}
# What a PDF needs in order to do something when it is opened or clicked.
ACTING = {
    "/AA", "/EmbeddedFile", "/EmbeddedFiles", "/GoToE", "/GoToR", "/JS", "/JavaScript", "/Launch",
    "/RichMedia", "/SubmitForm", "/URI",
}  # fmt: skip
GROUPS = 4
# Presses whatever can be pressed.
USE = """() => {
  document.querySelectorAll('details').forEach(each => { each.open = true });
  document.querySelectorAll('main button').forEach(each => each.click());
  document.querySelectorAll('[data-node] circle').forEach(each =>
    each.dispatchEvent(new MouseEvent('click', {bubbles: true})));
  document.querySelectorAll('select').forEach(each => {
    each.selectedIndex = each.options.length - 1;
    each.dispatchEvent(new Event('change', {bubbles: true}));
  });
}"""
RAN = "window.__ran=1"
# Every payload begins with letters of its own, by which its place in a document is found.
PAYLOADS = {
    # typst
    "typst-eval": '#eval("1+1") #calc.pow(2,3)',
    "typst-read": '#read("/etc/passwd") #read("../../../../etc/passwd")',
    "typst-include": '#include "/etc/passwd" #image("/etc/passwd")',
    "typst-import": '#import "@preview/cetz:0.3.1": * #sys.version',
    "typst-panic": '#panic("no report") #assert(false)',
    "typst-set": "#set page(width: 1pt) #show: none",
    "typst-strong": "*bold* _emph_ = Heading",
    "typst-math": "$x^2 sum_(i=0)^n$ $unclosed",
    "typst-label": "<s0> <label> @s0 @nowhere",
    "typst-raw": "```typ #panic()``` `raw` ```",
    "typst-escape": r"\u{41} \* \# \\ \n \"",
    "typst-brackets": "][)({}}{[[[((( #[ #{ #( ] ) }",
    "typst-comment": "// gone /* gone too https://x.y/*/",
    "typst-shorthand": "a -- b --- c ... ~ -? 'single' \"double\"",
    "json": '"], "title": "owned", "x": ["\\u0041\\',
    # HTML
    "script": f"<script>{RAN};alert(1)</script>",
    "script-end": f"</script><script>{RAN}</script>",
    "style-end": f"</style><style>*{{display:none}}</style><img src=x onerror='{RAN}'>",
    "img": f'<img src="http://evil.example/x" onerror="{RAN}">',
    "svg": f"<svg onload={RAN}><script>{RAN}</script></svg>",
    "svg-text": f"</text></svg><iframe srcdoc='<script>parent.{RAN}</script>'></iframe>",
    "attribute": f"\" onmouseover=\"{RAN}\" autofocus onfocus=\"{RAN}\" x='",
    "attribute-single": f"' onload='{RAN}' style='position:fixed",
    "javascript-url": f"javascript:{RAN}",
    "data-url": f"data:text/html,<script>{RAN}</script>",
    "meta": "<meta http-equiv=refresh content='0;url=http://evil.example/'><base href=//evil>",
    "comment": "<!-- --> --!> <!--> <![CDATA[ ]]> <?php ?>",
    "entities": "&lt;b&gt; &amp;amp; &#x3c;script&#62; &nbsp",
    "css": "\\22 } * { display: none } /* </style */ @import url(//evil.example)",
    "template": "{{ 7*7 }} {% raw %} {% include '/etc/passwd' %} {# gone #} ${7*7} #{7*7}",
    "format": "{name} {0} {} {0.__class__.__mro__} %s %(x)s %n {page} {pages} {count}",
    # characters
    "nul-bel": "nul\x00bel\x07end",
    "escape-sequences": "red\x1b[31m\x1b]0;title\x07\x1b[2J\x9b31mend",
    "line-ends": "one\r\ntwo\nthree\rfour\x0bfive\x0csix\x85seven\u2028eight\u2029nine",
    "tab-del-c1": "a\tb\x7fc\x80d\x9fe",
    "bidi-override": "user\u202etxt.exe\u202c end",
    "bidi-isolates": "x\u2066y\u2067z\u2068w\u2069 \u202ap\u202bq\u202c",
    "bidi-marks": "a\u200eb\u200fc\u061cd",
    "zero-width": "pay\u200bpal\u200c.\u200d\u2060\ufeffcom",
    "soft-hyphen": "trans\u00adparent\u00ad",
    "tags": "flag\U000e0001\U000e0041\U000e007f end",
    "variation": "a\ufe0f\ufe0eb\U000e0100c",
    "emoji": "smile\U0001f600heart\u2764\ufe0f",
    "emoji-family": "family\U0001f468\u200d\U0001f469\u200d\U0001f467 end",
    "emoji-flags": "flag\U0001f1e8\U0001f1f3\U0001f3f4\u200d\u2620\ufe0f end",
    "han-rare": "rare\u3400\U00020bb7\U00030edd\u9f98end",
    "han-compatibility": "old\uf900\U0002f800\u2f00end",
    "han-extension-h": "new\U00031350\U000323afend",
    "private-use": "mine\ue000\uf8ff\U000f0000\U0010fffdend",
    "noncharacters": "non\uffff\ufffe\U0001fffe\ufdd0\U0010ffffend",
    "unassigned": "none\u0378\U000e0fff\U0003ffffend",
    "surrogates": "half\udce9\udc00\udfff\ud800end",
    "replacement": "lost\ufffdend",
    "combining": "zalgo" + "\u0301\u0327\u20dd" * 67 + "end",
    "combining-alone": "\u0301\u20dd",
    "combining-foreign": "mix a\u064b 1\u0591 \U0001f600\u0301 \u1cf7\u1cf8 end",
    "arabic": "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643",
    "hebrew": "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",
    "devanagari": "\u0928\u092e\u0938\u094d\u0924\u0947",
    "thai": "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e0a\u0e32\u0e27\u0e42\u0e25\u0e01",
    "hangul": "\uc548\ub155 \u1100\u1161\u11a8 \u3131",
    "ligatures": "office\ufb01\ufb03 fi ffi fl",
    "superscripts": "x\u00b2\u2074\u2081 \u2460\u33a1\u2167",
    "spaces": "a\u00a0b\u3000c\u2009d\u1680e\u202ff",
    # sizes
    "long-latin": "Long" + "x" * 9_996,
    "long-han": "长" * 10_000,
    "long-camel": "LongCamelName" * 770,
    "long-words": "word " * 2_000,
    "long-path": "/".join(["folder"] * 571) + "/A.java",
    "long-emoji": "\U0001f600" * 1_500,
    "empty": "",
    "blank": "   ",
    "blank-han": "\u3000",
    "dot": ".",
    "slash": "/",
    # spreadsheets
    "formula-command": "=cmd|' /C calc'!A0",
    "formula-link": '=HYPERLINK("http://evil.example","x")',
    "formula-plus": "+1+cmd|' /C calc'!A0",
    "formula-minus": "-2+3+cmd|' /C calc'!A0",
    "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula-tab": "\t=1+1",
    "formula-return": "\r=1+1",
    "formula-quoted": '"=1+1","\n=2',
    # Markdown
    "md-link": f"[x](javascript:{RAN}) [y]: http://evil.example 'z'",
    "md-image": "![x](http://evil.example/x.png)",
    "md-table": "|a|b| ||| \\| |",
    "md-heading": "# Heading\n## Heading\n===\n---\n- item\n> quote\n1. one\n    code",
    "md-autolink": "<http://evil.example> https://evil.example www.evil.example a@evil.example",
    "md-mention": "@mention #123 :smile: :material/home: $$x$$ [^1] ~~no~~",
    "md-html": f"<details open ontoggle={RAN}><summary>x</summary></details>",
    "md-fence": "```\n~~~\n<b>",
    "md-backslash": "\\",
    "md-indented": "    code",
    "md-list": "- item",
    "md-number": "1. one",
    "md-rule": "---",
    "md-setext": "===",
}  # fmt: skip


@pytest.fixture(scope="module")
def base(shop):
    """The assessment of the sample shop."""
    return pipeline.audit(shop, options=pipeline.Options(xray=3))


def poisoned(base, texts):
    """The assessment with the texts in every place that a repository or a rule pack can reach."""
    every = list(enumerate(texts))
    units = {i: (text, f"{text}/{i}.py", f"src/{i}/{text}.java") for i, text in every}
    names = [text if i == 0 else f"{text} {i}" for i, text in every]
    facts = tuple(_fact(base.facts[0], text, at=i) for i, text in every)
    packs = tuple(
        _pack(base.packs[0], every[at : at + 9], at=at) for at in range(0, len(every), 9)
    )
    used = zip(every, [*every[1:], every[0]], strict=True)
    return replace(
        base,
        tool=doc.Tool(texts[0], texts[-1]),
        repository=replace(base.repository, name=texts[0]),
        options=replace(base.options, since=texts[0]),
        inventory=replace(
            base.inventory,
            by_kind=dict.fromkeys(texts, 1),
            languages=tuple(doc.LanguageShare(text, 1, 1, 1) for text in texts),
        ),
        history=replace(
            base.history,
            cochange=tuple(
                doc.CoChangedPair(text, units[i][1], 3, 4, 5, 0.7, text, across=True)
                for i, text in every
            ),
            hotspots=tuple(
                Hotspot(0.5, path, 9, 3, text) for i, text in every for path in units[i]
            ),
            xray=tuple(MethodChange(text, f"{text}()", text, 3, text) for text in texts),
        ),
        coupling=replace(
            base.coupling,
            services=tuple(
                doc.ServiceTie(names[a], names[b], 5, 2, text, 7) for (a, text), (b, _) in used
            ),
            strongest=tuple(
                doc.UnitTie(text, f"not/{text}", 0.5, {"structure": 1.0}) for text in texts
            ),
            cycles=tuple(Cycle(units[i], units[i]) for i, _ in every),
        ),
        partition=replace(
            base.partition,
            options=dict.fromkeys(texts, "x"),
            services=tuple(
                replace(base.partition.services[0], name=names[i], units=units[i])
                for i, _ in every
            ),
            shared=tuple(SharedUnit(text, 2, "library") for text in texts),
            confidence={unit: 0.3 for mine in units.values() for unit in mine},
            constraints=Constraints(
                pinned=tuple(Pin(text, f"{text}.", (text,)) for text in texts),
                together=tuple((text, f"not/{text}") for text in texts),
            ),
            broken=tuple(Broken("pinned", text, text) for text in texts),
        ),
        facts=facts,
        packs=packs,
        attestations=tuple(_attested(text, at=i) for i, text in every),
        skips=tuple(Skip(text, 3, text, text, text, (text,)) for text in texts),
        provenance=doc.Provenance(
            tuple(doc.PackVersion(pack.id, text, text) for pack, text in zip(packs, texts)),  # noqa: B905 - fewer packs than texts
            texts[0],
            {text: text for text in texts},
        ),
    )


def _attested(text, *, at):
    signed = Attestation(
        id=str(at),
        rule=f"{text}-{at}",
        fact=f"{text}.{at}",
        value=True,
        statement=text,
        person=text,
        role=text,
        made_at=text,
        expires=text,
        evidence=text,
        approver=text,
        approved_at=text,
    )
    return Attested(signed, "counts", stale=True)


def _fact(fact, text, *, at):
    both = Text(text, text)
    proofs = (
        doc.Proof(text, 3, "", both, holds=False),
        doc.Proof("", 0, text, both, holds=True),
        doc.Proof(f"{text}/{text}", 0, "", both, holds=True),
    )
    return replace(
        fact,
        name=f"{text}.{at}",
        title=both,
        value=None,
        applies=True,
        reason=both,
        evidence=proofs,
        evidence_total=3,
    )


def _pack(pack, every, *, at):
    text = every[0][1]
    both = Text(text, text)
    domain = replace(pack.domains[0], id=text, title=both, claimable=2)
    return replace(
        pack,
        id=f"{text} {at}",
        title=both,
        version=text,
        source=both,
        lifts=(),
        claimable=2,
        domains=(domain,),
        rules=tuple(_rule(pack.rules[0], each, at=i, domain=domain.id) for i, each in every),
    )


def _rule(rule, text, *, at, domain):
    both = Text(text, text)
    kind = EvidenceKind.REPOSITORY
    result = doc.ConditionResult(3, f"{text}.{at}", "at_least", 0.5, None, "not-met", kind)
    return replace(
        rule,
        id=f"{text}-{at}",
        domain=domain,
        title=both,
        why=both,
        applicable=True,
        level=2,
        potential=3,
        outcomes=(result,),
        missing=(result,),
        remedy=both,
        effort=replace(rule.effort, per=both),
        source=replace(rule.source, standard=text, clause=both),
    )


def _printed(found, format_, *, lang, text=""):
    """The report as bytes; the text also stands in the fields of the cover."""
    cover = {"client": text, text or "x": text or "y"}
    order = printing.Order(format=format_, lang=lang, cover=cover)
    return printing.printed(found, order, press=printing.press(order))


def _letters(text):
    """The text in the one shape in which two documents' texts can be compared: no spaces."""
    return re.sub(r"[\s\u00ad\u2060]", "", unicodedata.normalize("NFKD", text))


def _shown(payload):
    """A pattern of how the beginning of a payload has to stand in a PDF.

    What steers a reader stands there as its code, anything else as itself or, without a font that
    has it, as its code too.
    """
    start = re.sub(r"[\u0300-\u036f\u20d0-\u20ff]+$", "", payload[:60])
    found = []
    for character in start:
        code, own = re.escape(f"U+{ord(character):04X}"), re.escape(_letters(character))
        if unicodedata.category(character) in STEERING:
            found.append(code)
        else:
            found.append(f"(?:{own}|{code})" if own else f"(?:{code})?")
    return "".join(found)


def _opened(content):
    """The PDF, looked through for everything that could act, and its text."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert "/OpenAction" not in pdf.Root
        for found in pdf.objects:
            if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
                assert not ACTING & set(found.keys())
                assert str(found.get("/S", "/GoTo")) not in {"/Launch", "/URI", "/GoToR"}
                assert found.get("/Type") != "/Filespec"
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                assert note["/Subtype"] == "/Link"
                assert "/Dest" in note or note["/A"]["/S"] == "/GoTo"
    read = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in read)
    read.close()
    return text


def _secrets():
    path = Path("/etc/passwd")
    return path.read_text("utf-8").splitlines() if path.is_file() else []


@pytest.mark.parametrize(
    ("lang", "name"), [(("zh", "en")[i % 2], n) for i, n in enumerate(PAYLOADS)]
)
def test_pdf__hostile_text__stays_text(base, lang, name):
    payload = PAYLOADS[name]
    text = _opened(
        _printed(poisoned(base, [payload, f"{payload[:99]}~"]), "pdf", lang=lang, text=payload)
    )
    assert not any(line in text for line in _secrets())
    if name in RIGHT_TO_LEFT:  # a reader of PDF puts such words in an order of its own
        bare = re.sub(r"[\u0591-\u05c7\s]", "", text)
        words = re.sub(r"[\u0591-\u05c7]", "", payload).split()
        assert all(word in bare or word[::-1] in bare for word in words)
    else:
        found = re.findall(_shown(payload), _letters(text))
        assert len(found) > 9


def test_pdf__all_of_it_at_once__stays_text(base):
    every = [text[:99] for text in PAYLOADS.values()]
    texts = [" | ".join(every[at : at + 8]) for at in range(0, len(every), 8)]
    letters = _letters(_opened(_printed(poisoned(base, texts), "pdf", lang="zh")))
    for name, payload in PAYLOADS.items():
        assert name in RIGHT_TO_LEFT or re.search(_shown(payload), letters), name


def _visible(payload):
    return re.sub(f"[{INVISIBLE}]", "\ufffd", payload)


@pytest.mark.parametrize("group", range(GROUPS))
def test_html__hostile_text_in_a_browser__does_nothing(base, browser, tmp_path, group):
    payloads = list(PAYLOADS.values())[group::GROUPS]
    path = tmp_path / "report.html"
    lang = ("zh", "en")[group % 2]
    path.write_bytes(_printed(poisoned(base, payloads), "html", lang=lang, text=payloads[0]))
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, complaints, asked = context.new_page(), [], []

    def refused(dialog):
        complaints.append(dialog.message)
        dialog.dismiss()

    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", refused)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate(USE)
    for payload in payloads[:6]:
        page.get_by_role("searchbox").first.fill(payload[:200])
    page.wait_for_timeout(400)
    shown = page.evaluate("document.querySelector('main').textContent")
    ran = page.evaluate("window.__ran")
    odd = page.evaluate("document.querySelectorAll('img, iframe, object, embed, base').length")
    spread = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert (complaints, asked, ran, odd) == ([], [path.as_uri()], None, 0)
    assert (width, spread) == (1280, 1280)
    for payload in payloads:
        assert _visible(payload) in shown


def _elements(base, text):
    content = _printed(poisoned(base, [text, f"{text}~"]), "html", lang="en", text=text)
    assert not re.search(f"[{STEERS}]", content.decode())
    return Counter(re.findall(rb"<(?!/)[^\s>]+", content))


@pytest.fixture(scope="module")
def plain(base):
    """The elements of a page without any hostile text."""
    return _elements(base, "plain")


@pytest.mark.parametrize("name", PAYLOADS)
def test_html__hostile_text__makes_no_element(base, plain, name):
    found = _elements(base, PAYLOADS[name])
    assert set(found) <= {*plain, b"<wbr", b"<tspan", b"<title"}
    for kind in (b"<script", b"<style", b"<meta"):
        assert found[kind] == plain[kind]


@pytest.mark.parametrize("name", PAYLOADS)
def test_text__hostile_text__steers_no_terminal(base, name):
    found = poisoned(base, [PAYLOADS[name], f"{PAYLOADS[name]}~"])
    text = pipeline.rendered(found, format_="text", lang="en").decode()
    assert not re.search(f"[{STEERS}]", text)
    start = _letters(_visible(PAYLOADS[name][:14]))
    assert start in _letters(text)


@pytest.mark.parametrize("name", PAYLOADS)
def test_md__hostile_text__is_no_markup(base, name):
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])

    def tokens(text):
        content = pipeline.rendered(poisoned(base, [text, f"{text}~"]), format_="md", lang="en")
        found = reader.parse(content.decode())
        return [inner for token in found for inner in (token, *(token.children or ()))]

    plain = Counter(token.type for token in tokens("plain"))
    found = tokens(PAYLOADS[name])
    counts = Counter(token.type for token in found)
    assert set(counts) <= set(plain)
    for kind in ("heading_open", "table_open", "tr_open", "td_open"):
        assert counts[kind] == plain[kind]
    text = "".join(token.content for token in found if token.type == "text")
    assert _letters(_visible(PAYLOADS[name])) in _letters(text)


@pytest.mark.parametrize("name", PAYLOADS)
def test_json__hostile_text__comes_back_as_it_was(base, name, tmp_path):
    found = poisoned(base, [PAYLOADS[name], f"{PAYLOADS[name]}~"])
    path = tmp_path / "assessment.json"
    path.write_bytes(pipeline.rendered(found, format_="json", lang="en"))
    back = load(path)
    assert pipeline.rendered(back, format_="json", lang="en") == path.read_bytes()
    assert back.repository.name == PAYLOADS[name]


@pytest.mark.parametrize("name", PAYLOADS)
def test_csv__hostile_text__is_no_formula(name):
    payload = PAYLOADS[name]
    evidence = Evidence(Location(payload), Text(payload, payload))
    spec = measured.FactSpec(payload, Text("", ""), "count", EvidenceKind.REPOSITORY)
    every = (
        tables.facts({payload: measured.Fact(payload, 1, (evidence,))}, {payload: spec}),
        tables.cochange([CoChange(payload, payload, 3, 4, 5, -0.5, payload)]),
        Table(columns=("a", "b"), rows=((payload, f"x{payload}"),)),
    )
    for table in every:
        head, *rows = csv.reader(io.StringIO(to_csv(table).decode(), newline=""))
        assert head == list(table.columns)
        assert len(rows) == 1
        for cell, value in zip(rows[0], table.rows[0], strict=True):
            assert not isinstance(value, str) or not cell.startswith(FORMULA)
            whole = payload.encode("utf-8", "backslashreplace").decode()
            assert value != payload or cell in {whole, f"'{whole}"}


def _put(*place, value):
    """A change of a document: the value at that place."""

    def changed(document):
        *ways, last = place
        for way in ways:
            document = document[way]
        document[last] = value

    return changed


def _twice(*place):
    """A change of a document: the first of a list stands there twice."""

    def changed(document):
        for way in place:
            document = document[way]
        document.append(copy.deepcopy(document[0]))

    return changed


HUGE = 10**400
SERVICE = ("partition", "services", 0)
RULE = ("packs", 0, "rules", 0)
NOTHING = {"zh": "", "en": ""}
# What no audit writes, but what the document's types allow.
MISTAKES = {
    "unknown-view": _put("coupling", "views", 0, "name", value="x"),
    "unknown-share": _put("coupling", "strongest", 0, "shares", value={"x": 1.0}),
    "unknown-language": _put("inventory", "languages", 0, "language", value="x"),
    "unknown-target": _put("coupling", "services", 0, "target", value="nowhere"),
    "rule-twice": _twice("packs", 0, "rules"),
    "pack-twice": _twice("packs"),
    "service-twice": _twice("partition", "services"),
    "fact-twice": _twice("facts"),
    "no-packs": _put("packs", value=[]),
    "no-rules": _put("packs", 0, "rules", value=[]),
    "no-domains": _put("packs", 0, "domains", value=[]),
    "no-services": _put("partition", "services", value=[]),
    "no-units": _put(*SERVICE, "units", value=[]),
    "no-confidence": _put("partition", "confidence", value={}),
    "empty-cycle": _put("coupling", "cycles", value=[{"units": [], "example": []}]),
    "empty-service": _put(*SERVICE, "name", value=""),
    "empty-title": _put(*RULE, "title", value=NOTHING),
    "empty-id": _put(*RULE, "id", value=""),
    "size-huge": _put(*SERVICE, "quality", "size", value=HUGE),
    "size-negative": _put(*SERVICE, "quality", "size", value=-5),
    "cohesion-huge": _put(*SERVICE, "quality", "cohesion", value=1e308),
    "cohesion-negative": _put(*SERVICE, "quality", "cohesion", value=-1),
    "references-huge": _put("coupling", "services", 0, "references", value=HUGE),
    "references-negative": _put("coupling", "services", 0, "references", value=-7),
    "line-negative": _put("coupling", "services", 0, "line", value=-1),
    "complexity-huge": _put("history", "hotspots", 0, "complexity", value=HUGE),
    "complexity-negative": _put("history", "hotspots", 0, "complexity", value=-HUGE),
    "no-revisions": lambda document: [
        hot.update(revisions=0) for hot in document["history"]["hotspots"]
    ],
    "level-huge": _put(*RULE, "level", value=HUGE),
    "claimable-huge": _put("packs", 0, "claimable", value=HUGE),
    "indicative-huge": _put("packs", 0, "indicative", value=1e308),
    "indicative-negative": _put("packs", 0, "indicative", value=-3.0),
    "value-huge": _put(*RULE, "outcomes", 0, "value", value=HUGE),
    "coverage-huge": _put("inventory", "coverage", value=1e308),
    "time-old": _put("repository", "revision_time", value="0001-01-01T00:00:00+00:00"),
    "time-far": _put("repository", "revision_time", value="9999-12-31T23:59:59-23:59"),
    "time-blank": _put("repository", "revision_time", value=" "),
}


@pytest.mark.parametrize("format_", ["pdf", "html"])
@pytest.mark.parametrize("name", MISTAKES)
def test_saved__figures_out_of_reason__are_shown_or_told_but_never_crash(
    base, tmp_path, name, format_
):
    few = replace(base, packs=tuple(replace(p, rules=p.rules[:3]) for p in base.packs[:1]))
    document = json.loads(pipeline.rendered(few, format_="json", lang="en"))
    MISTAKES[name](document)
    path = tmp_path / "assessment.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    try:
        _printed(load(path), format_, lang="en")
    except UsageError as error:
        assert str(error).startswith(str(path))  # noqa: PT017 - either is right
