"""What a path says about a file: the ordered table of rules, and languages by extension.

The first rule that matches decides. Rules marked `outside` look only at the part of a path up to
`src/main/`: below that, folders are packages and a name may be a word of the business.
"""

import re
from dataclasses import dataclass

from assessor.model.records import FileKind

LANGUAGES = {
    ".c": "c",
    ".cc": "cpp",
    ".cjs": "javascript",
    ".cpp": "cpp",
    ".cs": "csharp",
    ".cts": "typescript",
    ".go": "go",
    ".groovy": "groovy",
    ".h": "c",
    ".hpp": "cpp",
    ".java": "java",
    ".js": "javascript",
    ".jsx": "javascript",
    ".kt": "kotlin",
    ".mjs": "javascript",
    ".mts": "typescript",
    ".php": "php",
    ".py": "python",
    ".rb": "ruby",
    ".rs": "rust",
    ".scala": "scala",
    ".swift": "swift",
    ".ts": "typescript",
    ".tsx": "typescript",
}
TEMPLATES = (".blade.php",)  # named like a language that they are not written in
# Those that a front-end reads.
PARSED = frozenset({"csharp", "go", "java", "javascript", "kotlin", "php", "python", "typescript"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind and the paths that have it. name: shown as the reason, `path:…` or `name:…`.

    pattern: is searched in the folders of the path, each with its slash; with `whole_name` it
    must match all of the last part. outside: only the folders up to `src/main/` count. endings:
    of the last part, where a folder does not speak for all that is in it; () = it does. last: the
    same as a pattern, where an ending says too little.
    """

    name: str
    kind: FileKind
    pattern: re.Pattern[str]
    outside: bool = False
    whole_name: bool = False
    endings: tuple[str, ...] = ()
    last: re.Pattern[str] | None = None


def _folder(names: str, kind: FileKind, *, label: str, outside: bool = True) -> Rule:
    """A folder of one of these names, anywhere."""
    pattern = re.compile(rf"(?:^|/)(?:{names})/")
    return Rule(f"path:{label}", kind, pattern, outside)


def _name(pattern: str, kind: FileKind, *, label: str, outside: bool = False) -> Rule:
    """A file whose last part is matched as a whole."""
    return Rule(f"name:{label}", kind, re.compile(pattern), outside, whole_name=True)


_BINARY = (
    "7z|a|avi|bin|bmp|bz2|class|db|dll|doc|docx|dylib|ear|eot|exe|gif|gz|ico|jar|jceks|jks|jpeg|jpg|"
    "keystore|lib|mo|mov|mp3|mp4|o|ogg|otf|p12|pdf|pfx|png|ppt|pptx|pyc|rar|so|sqlite|sqlite3|tar|"
    "tgz|tif|tiff|ttf|war|wav|webm|webp|whl|woff|woff2|xls|xlsx|xz|zip"
)
_CONFIGURATION = (
    "bzl|cfg|cmake|conf|config|csproj|editorconfig|env|gradle|hcl|ini|json|json5|jsonc|lock|mk|"
    "properties|sln|tf|tfvars|toml|tpl|xml|yaml|yml"
)
_CONFIGURATION_NAMES = (
    r"(?:.*[._-])?Dockerfile(?:[._-].*)?|(?:.*[._-])?Containerfile(?:[._-].*)?|"
    r"Jenkinsfile(?:[._-].*)?|Makefile|Procfile|Pipfile|Gemfile|CODEOWNERS|Vagrantfile|Tiltfile|"
    r"go\.(?:mod|sum)|mvnw(?:\.cmd)?|gradlew(?:\.bat)?|\.[a-z]+(?:ignore|rc|attributes)|\.env(?:\..*)?|"
    r"(?:requirements|constraints)[^/]*\.(?:txt|in)|MANIFEST(?:\.in|\.MF)?|WORKSPACE|BUILD(?:\.bazel)?"
)
_JVM = "(?:java|kt|scala|groovy)"
_JS = "(?:c|m)?[jt]sx?"

RULES: tuple[Rule, ...] = (
    # Vendored: written elsewhere. `vendor/` counts where web assets, Go, PHP and Ruby keep it: at
    # the top and below assets. Elsewhere it may be a word of the business (a shop's vendors).
    _folder(
        "node_modules|bower_components|jspm_packages",
        FileKind.VENDORED,
        label="node_modules",
        outside=False,
    ),
    _folder(r"\.venv|venv|site-packages", FileKind.VENDORED, label="venv"),
    _folder(
        r"_vendor|_vendored|vendored|third[-_]?party|3rd[-_]?party",
        FileKind.VENDORED,
        label="third_party",
    ),
    Rule(
        "path:vendor",
        FileKind.VENDORED,
        re.compile(r"\Avendor/|(?:^|/)(?:assets|static|public|js|css|libs?|webapp)/vendors?/"),
    ),
    _folder(r"\.yarn/releases", FileKind.VENDORED, label=".yarn"),
    _name(r"MavenWrapperDownloader\.java", FileKind.VENDORED, label="maven-wrapper"),
    _name(
        rf"(?:jquery|bootstrap|angular|react|vue|lodash|underscore|moment|d3|modernizr|html5shiv|"
        rf"respond|popper|require|select2|tinymce)(?:[.-][\w.-]*)?\.(?:{_JS}|css)",
        FileKind.VENDORED,
        label="known-library",
    ),
    # Generated: output of a tool that somebody committed.
    _name(r".*[.-]min\.(?:js|css|mjs)|.*\.(?:js|css)\.map", FileKind.GENERATED, label="minified"),
    _name(r".*_pb2(?:_grpc)?\.pyi?|.*\.pb\.go", FileKind.GENERATED, label="protobuf"),
    _folder(
        r"generated-(?:test-)?sources|__generated__",
        FileKind.GENERATED,
        label="generated-sources",
        outside=False,
    ),
    _folder("src/(?:main/)?generated", FileKind.GENERATED, label="src/generated", outside=False),
    _folder(
        r"target/(?:classes|test-classes|site|surefire-reports)",
        FileKind.GENERATED,
        label="target",
    ),
    _folder(
        r"build/(?:classes|generated|lib|libs|reports|resources|tmp)",
        FileKind.GENERATED,
        label="build",
    ),
    _folder(
        r"[^/]+\.egg-info|__pycache__|\.gradle|htmlcov", FileKind.GENERATED, label="tool-output"
    ),
    _name(rf".*\.(?:{_BINARY})", FileKind.BINARY, label="binary-extension"),
    # Documentation.
    _name(
        r".*\.(?:md|markdown|mdx|rst|adoc|asciidoc|textile|puml|plantuml|mermaid|mmd|drawio)",
        FileKind.DOCUMENTATION,
        label="documentation-extension",
    ),
    _name(
        r"(?:README|LICEN[CS]E|NOTICE|COPYING|AUTHORS|CONTRIBUT\w*|CHANGE(?:S|LOG)|HISTORY|TODO|"
        r"SECURITY|HEADER)(?:[.-][^/]*)?",
        FileKind.DOCUMENTATION,
        label="documentation",
    ),
    Rule("path:docs", FileKind.DOCUMENTATION, re.compile(r"\A(?:[^/]+/)?docs?/"), outside=True),
    # Tests. A folder `test` within a package is judged by `inventory.look_alikes` as well.
    _folder(
        r"src/(?:test|it|[a-z]\w*Test|test[A-Z]\w*)",
        FileKind.TEST,
        label="src/test",
        outside=False,
    ),
    _folder("__tests__|__mocks__", FileKind.TEST, label="__tests__", outside=False),
    _folder("tests?", FileKind.TEST, label="tests"),
    _folder(
        r"(?:unit|integration|functional|acceptance|system|smoke|e2e|perf|performance|load|contract)"
        r"[-_]?tests?|e2e|cypress|testdata|test[-_]data|test[-_]resources",
        FileKind.TEST,
        label="named-tests",
    ),
    _name(
        rf"(?:.+(?:Tests?|TestCase|[a-z0-9]IT|ITCase)|Test[A-Z]\w*)\.{_JVM}"
        r"|.+Spec\.(?:groovy|kt|scala)",
        FileKind.TEST,
        label="*Test.java",
        outside=True,
    ),
    _name(r"test_.*\.py|.*_tests?\.py|conftest\.py|tests\.py", FileKind.TEST, label="test_*.py"),
    _name(rf".*[.-](?:test|spec)\.{_JS}", FileKind.TEST, label="*.test.js"),
    _name(r".*_test\.go|.*Tests?\.(?:php|cs)|.*_spec\.rb", FileKind.TEST, label="*_test.go"),
    # Build scripts that happen to be written in a programming language.
    _name(
        r"setup\.py|noxfile\.py|fabfile\.py|.*\.gradle\.kts|gruntfile\.js|gulpfile\.js",
        FileKind.CONFIGURATION,
        label="build-script",
    ),
    # Tools look for theirs outside of the sources, where `app.config.ts` is code of a framework.
    Rule(
        "name:build-script",
        FileKind.CONFIGURATION,
        re.compile(r"^(?!(?:.*/)?src/)"),
        last=re.compile(rf"[\w-]+\.config\.{_JS}"),
    ),
    _name(_CONFIGURATION_NAMES, FileKind.CONFIGURATION, label="configuration"),
    # Scripts that a server hands to the browser as they are. They are no part of what is cut into
    # services; a front-end that is built (TypeScript, JSX) is.
    Rule(
        "path:page-script",
        FileKind.OTHER,
        re.compile(r"(?:^|/)(?:static|public|webapp|wwwroot|htdocs|assets)/"),
        endings=(".js", ".mjs"),
    ),
    # Texts in the languages of the users, as PHP's frameworks keep them: data, though they are
    # written as code. A class among them begins with a capital.
    Rule(
        "path:translations",
        FileKind.OTHER,
        re.compile(r"(?:^|/)lang/(?:vendor/[\w.-]+/)?[a-z]{2,3}(?:[_-][A-Za-z]{2,9}){0,2}/"),
        last=re.compile(r"[a-z][\w-]*\.php"),
    ),
    Rule(
        "path:translations",
        FileKind.OTHER,
        re.compile(r"(?:^|/)translations/"),
        last=re.compile(r"[\w+-]+\.[a-z]{2,3}(?:[_-][A-Za-z]{2,9}){0,2}\.php"),
    ),
    _name(
        rf".*\.(?:{'|'.join(ext[1:] for ext in LANGUAGES)})",
        FileKind.SOURCE,
        label="source-extension",
    ),
    _name(rf".*\.(?:{_CONFIGURATION})", FileKind.CONFIGURATION, label="configuration-extension"),
)

# A folder with one of these inside holds tests, whatever else is there.
TEST_NAME = re.compile(
    rf"(?:test_.*\.py|.*_tests?\.py|tests\.py|(?:.+(?:Tests?|TestCase|[a-z0-9]IT)|Test[A-Z]\w*)\.{_JVM})\Z"
)
