"""Both phases on small projects: units, injection, foreign packages, the order of files."""

import json
import random

import pytest

from assessor.collect.languages import javascript, settings, typescript
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.model.records import File, FileKind

SOURCE, TEST = FileKind.SOURCE, FileKind.TEST
SETTINGS = ("package.json", "tsconfig.json")
TYPED = (".ts", ".tsx", ".mts", ".cts")


def extracted(path: str, source: str | bytes, kind: FileKind = SOURCE) -> Extracted:
    content = source.encode() if isinstance(source, str) else source
    typed = path.endswith(TYPED)
    facts = (typescript if typed else javascript).extract(path, content)
    language = "typescript" if typed else "javascript"
    return Extracted(File(path, kind, language, len(content), ""), json.loads(json.dumps(facts)))


def read(path: str, source: str) -> Extracted:
    facts = json.loads(json.dumps(settings.extract(path, source.encode())))
    return Extracted(File(path, FileKind.CONFIGURATION, "", len(source), ""), facts)


def project(
    files: dict[str, str], *, tests: tuple[str, ...] = (), shuffled: int = 0
) -> Resolution:
    code = [
        extracted(path, text, TEST if path in tests else SOURCE)
        for path, text in files.items()
        if not path.endswith(SETTINGS)
    ]
    said = [read(path, text) for path, text in files.items() if path.endswith(SETTINGS)]
    if shuffled:
        random.Random(shuffled).shuffle(code)  # noqa: S311 - no secret
        random.Random(shuffled).shuffle(said)  # noqa: S311 - no secret
    return javascript.resolve(code, said)


def edges(files: dict[str, str], **options) -> list[tuple[str, str, str, int, int]]:
    return [
        (one.source, one.target, str(one.kind), one.count, one.line)
        for one in project(files, **options).references
    ]


def targets(files: dict[str, str], **options) -> set[tuple[str, str]]:
    return {(source, target) for source, target, *_ in edges(files, **options)}


def test_resolve__order_of_files__makes_no_difference():
    files = {
        "a.ts": "import { B } from '@s/b'\nimport 'react'\nnew B()",
        "packages/b/package.json": '{"name": "@s/b", "main": "dist/index.js"}',
        "packages/b/src/index.ts": "export * from './c'",
        "packages/b/src/c.ts": "import x from 'react'\nexport class B {}",
        "tsconfig.json": '{"compilerOptions": {"paths": {"~/*": ["./*"]}}}',
    }
    first = project(files)
    assert first.references
    assert all(project(files, shuffled=seed) == first for seed in range(1, 6))


def test_resolve__units__language_name_kind_and_types():
    files = {
        "src/app.module.ts": "export class AppModule {}\ninterface I {}\nenum E { A }",
        "src/x.js": "",
        "src/x.ts": "",
        "src/y.d.ts": "",
    }
    units = {unit.path: unit for unit in project(files, tests=("src/x.js",)).units}
    assert {path: unit.name for path, unit in units.items()} == {
        "src/app.module.ts": "src.app-module",
        "src/x.js": "src.x-js",
        "src/x.ts": "src.x",
        "src/y.d.ts": "src.y-d",
    }
    assert units["src/app.module.ts"].types == ("AppModule", "I", "E")
    assert (units["src/x.js"].language, units["src/x.js"].kind) == ("javascript", TEST)


SERVICE = "import { Port } from './port'\n@Injectable()\nexport class A {\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "a.ts": SERVICE + "  constructor(private readonly p: Port) {}\n}",
                "port.ts": "export class Port {}",
            },
            {("a.ts", "port.ts")},
        ),
        (
            {
                "a.ts": SERVICE + "  constructor(@Inject('p') p: Port) {}\n}",
                "port.ts": "export interface Port {}",
                "one.ts": "import { Port } from './port'\nexport class One implements Port {}",
                "two.ts": "import * as p from './port'\nabstract class T implements p.Port {}\n"
                "class Two extends T {}",
                "not.ts": "interface Port {}\nclass No implements Port {}",
            },
            {("a.ts", "one.ts"), ("a.ts", "two.ts")},
        ),
        (
            {
                "a.ts": SERVICE.replace("./port", "./index")
                + "  @Inject() private p: Port;\n  x: Port\n}",
                "index.ts": "export * from './port'",
                "port.ts": "export default class X {}\nexport abstract class Port {}",
                "one.ts": "import { Port } from '.'\nclass One extends Port {}",
            },
            {("a.ts", "one.ts")},
        ),
        (
            {
                "a.ts": "import { inject } from '@angular/core'\nimport { P } from './p'\n"
                "class A {\n  p = inject(P);\n  q = inject<P>(P, {});\n}",
                "p.ts": "export class P {}",
            },
            {("a.ts", "p.ts")},
        ),
        (
            {
                "a.ts": "interface P {}\n@Controller()\nclass A { constructor(p: P) {} }",
                "p.ts": "class P implements P {}",
            },
            set(),
        ),
        (
            {
                "a.ts": "import { P } from './p'\nclass A { constructor(p: P) {} }",
                "p.ts": "export class P {}",
            },
            set(),
        ),
        (
            {
                "a.ts": "import { P, inject } from './p'\nclass A { p = inject(P) }",
                "p.ts": "export class P {}",
            },
            set(),
        ),
        (
            {
                "a.ts": SERVICE
                + "  constructor(p: Port<string>, q: string) {}\n  m(p: Port) {}\n}",
                "port.ts": "export { X as Port } from './x'",
                "x.ts": "class X<T> {}\nexport { X }",
            },
            {("a.ts", "x.ts")},
        ),
        (
            {
                "a.ts": SERVICE.replace("{ Port }", "Port") + "  constructor(p: Port) {}\n}",
                "port.ts": "@Injectable()\nexport default class Port {}",
            },
            {("a.ts", "port.ts")},
        ),
    ],
    ids=[
        "class",
        "interface",
        "barrel",
        "inject",
        "own",
        "plain",
        "own-inject",
        "alias",
        "default",
    ],
)
def test_resolve__injection__classes_that_can_be_given(files, expected):
    found = {(source, target) for source, target, kind, *_ in edges(files) if kind == "inject"}
    assert found == expected


def test_resolve__foreign_packages__once_each_with_their_count():
    files = {
        "a.ts": "import { A } from '@nestjs/common'\nimport x from '@nestjs/common/x'\n"
        "import fs from 'node:fs/promises'\nimport 'rxjs/operators'\nimport '@/gone'\n"
        "import 'https://deno.land/x.ts'\nimport '#gone'\nimport './gone'",
        "b.ts": "import 'rxjs'",
    }
    found = [
        [node.value for node in one.root.value.values()]
        for one in project(files).artefacts
        if one.kind == "code.import"
    ]
    assert found == [
        ["typescript", "@nestjs/common", 2, "source"],
        ["typescript", "fs", 1, "source"],
        ["typescript", "rxjs", 2, "source"],
    ]


def test_resolve__broken_file__named_and_the_rest_still_there():
    files = {"a.ts": "import './b'\nconst x = = 1\nimport './c'", "b.ts": "", "c.ts": ""}
    found = project(files)
    assert found.files_with_errors == ("a.ts",)
    assert targets(files) == {("a.ts", "b.ts"), ("a.ts", "c.ts")}


def test_resolve__tokens__lead_to_the_classes_that_the_container_is_told() -> None:
    sources = {
        "tokens.ts": "export const MAILER = Symbol('mailer')",
        "smtp.ts": "export class Smtp {}",
        "clock.ts": "export class Clock {}",
        "file.ts": "export class Files {}",
        "module.ts": """
import { Smtp } from './smtp'
import { Clock } from './clock'
import { Files } from './file'
import { MAILER } from './tokens'
@Module({ providers: [
  { provide: MAILER, useClass: Smtp },
  { provide: 'CLOCK', useFactory: () => new Clock() },
  { provide: 'VALUE', useValue: new Files() },
  // { provide: 'FILES', useClass: Files },
] }) export class Main {}
""",
        "service.ts": """
import { MAILER } from './tokens'
@Injectable() export class Service {
  constructor(@Inject(MAILER) mail: any, @Inject("CLOCK") clock, @Inject('VALUE') a,
    @Inject('FILES') b) {}
}
""",
    }
    found = project(sources).references
    assert [
        one.target for one in found if one.source == "service.ts" and one.kind == "inject"
    ] == [
        "clock.ts",
        "smtp.ts",
    ]
