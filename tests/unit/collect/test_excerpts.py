"""Excerpts show the code around a place as it stands, but no secret in it."""

import time

import pytest
from builders import repository

from assessor.collect.excerpts import excerpts
from assessor.collect.inventory import inventory
from assessor.collect.repository import open_source
from assessor.model.basis import Location
from assessor.model.kept import Excerpt

MASK = "••••"
JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0In0.s5Y_planted_Kx"
BASE64 = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7planted"


def _excerpts(folder, files, *places, worktree=False, **options):
    repository(folder, [{"files": files}])
    with open_source(folder, worktree=worktree) as source:
        return excerpts(source, places, files=inventory(source)[0], **options)


def _shown(folder, path, content):
    """All that can be seen of the file, line by line."""
    count = len(content.split("\n"))
    places = [Location(path, line) for line in range(1, count + 1)]
    found = _excerpts(folder, {path: content}, *places, around=0)
    return [line for each in found for line in each.lines]


def test_excerpts__places__give_two_lines_before_and_after(tmp_path):
    files = {"a.py": "a\nb\nc\nd\ne\nf\ng\n", "b.py": "z"}
    places = (Location("b.py", 1), Location("a.py", 4), Location("a.py", 1))
    assert _excerpts(tmp_path, files, *places) == (
        Excerpt("a.py", 1, 1, ("a", "b", "c")),
        Excerpt("a.py", 4, 2, ("b", "c", "d", "e", "f")),
        Excerpt("b.py", 1, 1, ("z",)),
    )


def test_excerpts__last_line__ends_with_the_file(tmp_path):
    found = _excerpts(tmp_path, {"a.py": "a\nb\nc\nd\n"}, Location("a.py", 4))
    assert found == (Excerpt("a.py", 4, 2, ("b", "c", "d")),)


def test_excerpts__work_tree__is_read_as_it_stands(tmp_path):
    found = _excerpts(tmp_path, {"a.py": "a\n"}, Location("a.py", 1), worktree=True)
    assert found == (Excerpt("a.py", 1, 1, ("a",)),)


def test_excerpts__the_same_place_twice__is_shown_once(tmp_path):
    place = Location("a.py", 1)
    assert len(_excerpts(tmp_path, {"a.py": "a\n"}, place, place)) == 1


@pytest.mark.parametrize(
    "place",
    [Location("a.py"), Location("a.py", 3), Location("a.py", -1), Location("../a.py", 1)],
    ids=str,
)
def test_excerpts__no_such_line__is_left_out(tmp_path, place):
    assert _excerpts(tmp_path, {"a.py": "x = 1\ny = 2\n"}, place) == ()


def test_excerpts__long_line__is_cut_at_200_characters(tmp_path):
    found = _excerpts(tmp_path, {"a.txt": "x" * 500}, Location("a.txt", 1))
    assert found[0].lines == ("x" * 200 + "…",)


def test_excerpts__what_steers_a_screen__is_replaced(tmp_path):
    found = _excerpts(tmp_path, {"a.py": "a\x1b[31m\u202eb\tc\n"}, Location("a.py", 1))
    assert found[0].lines == ("a\ufffd[31m\ufffdb\tc",)


def test_excerpts__bytes_that_are_no_utf8__are_replaced(tmp_path):
    found = _excerpts(tmp_path, {"a.py": b"# caf\xe9\n"}, Location("a.py", 1))
    assert found[0].lines == ("# caf\ufffd",)


PLANTED = {
    "yaml": ("a.yaml", "password: planted"),
    "yaml-inner": ("a.yml", "spring:\n  datasource:\n    password: planted # for now"),
    "yaml-quoted": ("a.yaml", "api_key: 'it''s planted'"),
    "yaml-double": ("a.yaml", 'clientSecret: "planted"'),
    "yaml-block": ("a.yaml", "token: |\n  planted\n  planted too\nname: x"),
    "yaml-folded": ("a.yaml", "passphrase: >-\n\n  planted\nname: x"),
    "yaml-below": ("a.yaml", "password:\n  planted"),
    "yaml-list": ("a.yaml", "tokens:\n- planted\n- planted2"),
    "yaml-flow": ("a.yaml", "db: {user: sa, password: planted, host: x}"),
    "kubernetes-env": ("d.yaml", "env:\n- name: DB_PASSWORD\n  value: planted\n- name: B"),
    "kubernetes-env-turned": ("d.yaml", 'env:\n- value: "planted"\n  name: API_TOKEN'),
    "kubernetes-args": ("d.yaml", "args:\n- --password\n- planted\n"),
    "kubernetes-args-json": ("d.yaml", 'args: ["--db-password", "planted"]'),
    "kubernetes-secret": (
        "s.yaml",
        "apiVersion: v1\ndata:\n  user: planted\n  cert: |\n    planted\nkind: Secret",
    ),
    "kubernetes-string-data": (
        "s.yaml",
        'kind: Secret\nmetadata:\n  name: x\nstringData:\n  url: "planted"',
    ),
    "compose": ("c.yml", "environment:\n  - POSTGRES_PASSWORD=planted"),
    "properties": ("a.properties", "spring.datasource.password=planted with = signs"),
    "properties-colon": ("a.properties", "jwt.secret : planted"),
    "properties-two-lines": ("a.properties", "db.password=\\\n  planted"),
    "url": ("a.properties", "url=jdbc:postgresql://sa:planted@db:5432/shop"),
    "url-at": ("a.properties", "url=mongodb://sa:pl@planted@db/shop"),
    "url-query": ("a.properties", "url=jdbc:mysql://db/shop?user=sa&password=planted&ssl=true"),
    "url-thin": ("a.properties", "url=jdbc:oracle:thin:scott/planted@db:1521:x"),
    "java-field": ("A.java", 'static final String DB_PASSWORD = "planted";'),
    "java-below": ("A.java", 'String password =\n    "planted";'),
    "java-joined": ("A.java", 'String apiKey = "plan" + "planted" + "ted";'),
    "java-setter": ("A.java", 'ds.setPassword("planted");'),
    "java-builder": ("A.java", '  .username("sa").password("planted").build();'),
    "java-map": ("A.java", 'props.put("db.password", "planted");'),
    "java-default": ("A.java", '@Value("${db.password:planted}") String p;'),
    "java-compared": ("A.java", 'if (password.equals("planted")) {'),
    "java-login": ("A.java", 'DriverManager.getConnection(url, "sa", "planted");'),
    "java-url": ("A.java", 'var c = connect("Server=x;Uid=sa;Pwd=planted;Timeout=3");'),
    "java-block": ("A.java", 'String secret = """\n    planted\n    """;\nint a;'),
    "java-comment": ("A.java", "// password: planted"),
    "python": ("a.py", "PASSWORD = 'planted'"),
    "python-typed": ("a.py", 'def connect(host: str, password: str | None = "planted"): ...'),
    "python-bytes": ("a.py", 'SECRET_KEY = b"planted"'),
    "python-argument": ("a.py", 'db = connect("x", user="sa", passwd="planted")'),
    "python-dict": ("a.py", 'd = {"user": "sa", "token": "planted"}'),
    "python-environment": ("a.py", 'os.environ["API_KEY"] = "planted"'),
    "python-fallback": ("a.py", 'key = os.getenv("API_KEY", "planted")'),
    "python-or": ("a.py", 'key = os.environ.get("API_KEY") or "planted"'),
    "python-header": ("a.py", 'h = {"Authorization": "Bearer planted"}'),
    "python-auth": ("a.py", 'requests.get(url, auth=("sa", "planted"))'),
    "javascript": ("a.js", "const token = process.env.TOKEN || 'planted';"),
    "go": ("a.go", 'password := "planted"'),
    "gradle": ("b.gradle", "credentials {\n  password 'planted'\n}"),
    "xml-element": ("a.xml", "<server><password>planted</password></server>"),
    "xml-attribute": ("a.xml", '<user name="sa" password="planted"/>'),
    "xml-property": ("a.xml", '<property name="password" value="planted"/>'),
    "xml-turned": ("a.xml", '<property value="planted" name="db.password"/>'),
    "xml-two-lines": ("a.xml", '<property name="password"\n          value="planted"/>'),
    "xml-entry": ("a.xml", '<entry key="db.password">planted</entry>'),
    "xml-hadoop": ("a.xml", "<name>fs.secret.key</name>\n<value>planted</value>"),
    "xml-below": ("a.xml", "<password>\n  planted\n</password>"),
    "json": ("a.json", '{"user": "sa", "password": "planted"}'),
    "json-number": ("a.json", '{"password": 12345678planted}'),
    "json-pair": ("a.json", '{"name": "DB_PASSWORD", "value": "planted"}'),
    "json-below": ("a.json", '{"env": [\n{"name": "TOKEN",\n "value": "planted"}]}'),
    "shell": ("a.sh", "export DB_PASSWORD=planted"),
    "shell-quoted": ("a.sh", 'API_TOKEN="planted" ./run.sh'),
    "shell-default": ("a.sh", "PASSWORD=${PASSWORD:-planted}"),
    "shell-flag": ("a.sh", "./deploy --user sa --password planted"),
    "shell-curl": ("a.sh", "curl -s -u sa:planted https://example.org"),
    "shell-mysql": ("a.sh", "mysql -u root -pplanted shop"),
    "shell-java": ("a.sh", "java -Dspring.datasource.password=planted -jar a.jar"),
    "dotenv": (".env", "STRIPE_SECRET=planted"),
    "dockerfile": ("Dockerfile", "FROM x\nENV DB_PASSWORD=planted"),
    "dockerfile-space": ("Dockerfile", "FROM x\nENV API_TOKEN planted"),
    "dockerfile-arg": ("Dockerfile", "FROM x\nARG NPM_TOKEN=planted"),
    "sql": ("a.sql", "CREATE USER sa IDENTIFIED BY 'planted';"),
    "sql-password": ("a.sql", "ALTER ROLE sa WITH PASSWORD 'planted';"),
    "netrc": (".netrc", "machine example.org login sa password planted"),
    "toml": ("a.toml", 'secret_key = "planted"'),
    "ini": ("a.ini", "[db]\npasswd = planted"),
    "terraform": ("a.tf", 'variable "x" {\n  password = "planted"\n}'),
    "bearer": ("a.md", "Authorization: Bearer planted1234567890"),
}


@pytest.fixture(scope="module")
def shown_of(tmp_path_factory):
    """What can be seen of each file, by the name of its case."""
    folder = tmp_path_factory.mktemp("planted")
    cases = {**PLANTED, **HARMLESS}
    files = {f"{name}/{path}": content for name, (path, content) in cases.items()}
    places = [
        Location(path, line)
        for path, content in files.items()
        for line in range(1, len(content.split("\n")) + 1)
    ]
    lines = {}
    for each in _excerpts(folder, files, *places, around=0):
        lines.setdefault(each.path.partition("/")[0], []).extend(each.lines)
    return {name: "\n".join(shown) for name, shown in lines.items()}


@pytest.mark.parametrize("name", PLANTED)
def test_excerpts__secret_by_its_name__is_hidden(shown_of, name):
    shown = shown_of[name]
    assert "planted" not in shown
    assert MASK in shown


SHAPES = {
    "aws": "AKIAIOSFODNN7PLANTED",
    "github": "ghp_0123456789abcdefghijABCDEFGHIJ012345",
    "gitlab": "glpat-0123456789abcdefghij",
    "slack": "xoxb-123456789012-abcdefghijkl",
    "google": "AIzaSyA0123456789abcdefghijklmnopqrstuv",
    "stripe": "sk_live_0123456789abcdef",
    "npm": "npm_0123456789abcdefghijABCDEFGHIJ012345",
    "jwt": JWT,
}


@pytest.mark.parametrize("path", ["a.yaml", "A.java", "a.txt"])
@pytest.mark.parametrize("name", SHAPES)
def test_excerpts__secret_by_its_shape__is_hidden_whatever_its_name(tmp_path, path, name):
    shown = _shown(tmp_path, path, f'value = "{SHAPES[name]}"')
    assert shown == [f'value = "{MASK}"']


def test_excerpts__private_key__is_hidden_far_below_its_beginning(tmp_path):
    lines = ["-----BEGIN RSA PRIVATE KEY-----", *[BASE64] * 90, "-----END RSA PRIVATE KEY-----"]
    content = "\n".join((*lines, "after"))
    found = _excerpts(tmp_path, {"key.pem": content}, Location("key.pem", 80))
    assert found[0].lines == (MASK,) * 5
    below = _excerpts(tmp_path / "b", {"key.pem": content}, Location("key.pem", 93), around=1)
    assert below[0].lines == (MASK, "after")


def test_excerpts__private_key_in_code__is_hidden(tmp_path):
    content = f'K = """-----BEGIN PRIVATE KEY-----\n{BASE64}\n-----END PRIVATE KEY-----"""\nx = 1'
    assert _shown(tmp_path, "a.py", content) == [f'K = """{MASK}', MASK, MASK, "x = 1"]


def test_excerpts__name_above_the_shown_lines__hides_what_is_below(tmp_path):
    content = "token: |\n" + "  planted\n" * 20
    found = _excerpts(tmp_path, {"a.yaml": content}, Location("a.yaml", 15))
    assert found[0].lines == ("  " + MASK,) * 5


HARMLESS = {
    "placeholder": ("a.yaml", "password: ${DB_PASSWORD}"),
    "template": ("a.yaml", 'token: "{{ .Values.token }}"'),
    "workflow": ("a.yaml", "  token: ${{ secrets.GITHUB_TOKEN }}"),
    "permission": ("a.yaml", "  id-token: write"),
    "reference": (
        "a.yaml",
        "  valueFrom:\n    secretKeyRef:\n      name: db\n      key: password",
    ),
    "name-of-a-secret": ("a.yaml", "  secretName: shop-db"),
    "no-token": ("a.yaml", "automountServiceAccountToken: false"),
    "limit": ("a.yaml", "max_tokens: 4096"),
    "image": ("a.yaml", "image: registry.example.org/shop@sha256:" + "0f" * 32),
    "address": ("a.properties", "url=jdbc:postgresql://db:5432/shop"),
    "file": ("a.properties", "spring.config.password-file=/etc/db"),
    "field": ("A.java", "private final String password;"),
    "parameter": ("A.java", 'String password = request.getParameter("password");'),
    "encoder": ("A.java", "PasswordEncoder encoder = new BCryptPasswordEncoder();"),
    "annotation": ("A.java", '@Column(name = "password", length = 60)'),
    "message": ("A.java", 'Objects.requireNonNull(password, "password must not be null");'),
    "log": ("A.java", 'log.info("token: " + token + "!");'),
    "property": ("A.java", '@Value("${db.password}") String password;'),
    "generic": ("A.java", "Map<String, Token> tokens = new HashMap<>();"),
    "function": ("a.py", "def check(password: str, token: str | None = None) -> bool:"),
    "getenv": ("a.py", 'password = os.environ["DB_PASSWORD"]'),
    "apostrophe": ("a.py", "# don't ask for the password = the caller's business"),
    "loop": ("a.py", "for token in tokens: yield token"),
    "import": ("a.py", "from secrets import token_hex"),
    "argument": ("Dockerfile", "ARG NPM_TOKEN"),
    "run": ("Dockerfile", 'RUN --mount=type=secret,id=npm cat "/run/secrets/npm"'),
    "variable": ("a.sh", 'PASSWORD="$1"'),
    "command": ("a.sh", "TOKEN=$(cat /run/token)"),
    "xml": ("a.xml", "<password>${db.password}</password>"),
    "dependency": ("pom.xml", "<artifactId>spring-security-oauth2</artifactId>"),
    "hash": ("requirements.txt", "requests==2.32.0 --hash=sha256:" + "0f" * 32),
    "certificate": ("a.pem", "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_excerpts__harmless_line__stays_as_it_is(shown_of, name):
    assert shown_of[name] == HARMLESS[name][1]


@pytest.mark.parametrize(
    "line",
    [
        "a" * 1000,
        "password" + " " * 990,
        "password" * 125,
        "a: " * 330 + "password",
        'token = "' + "\\" * 990,
        "'" * 1000,
        '"a" + ' * 160 + "secret",
        "curl -u " * 120,
        "mysql -u " * 110,
        "name=password " * 70,
        "<password " * 100,
        "${password:" * 90,
        "://a:" * 200,
        "eyJ" * 330,
        "auth(" * 200,
        "api_key|x" * 110,
        "# " * 500,
        "password:" + " |x" * 330,
    ],
    ids=lambda line: line[:12].strip(),
)
def test_excerpts__line_made_to_be_slow__is_looked_at_in_no_time(tmp_path, line):
    for path in ("a.yaml", "a.py"):
        begun = time.perf_counter()
        _shown(tmp_path / path, path, "\n".join([line] * 20))
        assert time.perf_counter() - begun < 5
