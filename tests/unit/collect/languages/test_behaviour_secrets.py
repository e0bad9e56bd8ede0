"""No text that is a secret comes into a row, whatever it is put into."""

from collections.abc import Mapping

import pytest

from assessor.collect.languages import (
    behaviour,
    csharp,
    java,
    javascript,
    kotlin,
    php,
    python,
)
from assessor.collect.languages.behaviour import Row, remote
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind

_SECRET = "hunter2xyz9876"  # noqa: S105 - what must not be seen
_REST = "import org.springframework.web.client.RestTemplate"
_JAVA = (
    f"{_REST};\nclass A {{ static final String API_TOKEN = '{_SECRET}';"
    " RestTemplate r; void f() {"
    " r.getForObject('http://a/' + API_TOKEN + '/x', String.class); } }"
).replace("'", '"')
_KOTLIN = (
    f"{_REST}\nclass A(val r: RestTemplate) {{ companion object {{ const val API_TOKEN ="
    f" '{_SECRET}' }}\n fun f() {{ r.getForObject('http://a/$API_TOKEN/x', A::class.java) }} }}"
).replace("'", '"')
_SCRIPT = (
    f"const axios = require('axios');\nconst API_TOKEN = '{_SECRET}';\n"
    "function f() { axios.get(`http://a/${API_TOKEN}/x`); }\n"
)
_CSHARP = (
    f"using System.Net.Http;\nclass A {{ const string ApiToken = '{_SECRET}'; HttpClient c;\n"
    " async void f() { await c.GetAsync($'http://a/{ApiToken}/x'); } }"
).replace("'", '"')


def _targets(path, facts):
    file = File(path, FileKind.SOURCE, "java", 1, "")
    roots = [each.root.value for each in behaviour.artefacts([Extracted(file, facts)])]
    return [root["target"].value for root in roots if isinstance(root, Mapping)]


@pytest.mark.parametrize(
    ("front_end", "path", "source"),
    [
        (java, "A.java", _JAVA),
        (kotlin, "A.kt", _KOTLIN),
        (javascript, "a.js", _SCRIPT),
        (csharp, "A.cs", _CSHARP),
    ],
    ids=["java", "kotlin", "javascript", "csharp"],
)
def test_remote__a_constant_named_as_a_secret__is_not_put_into_the_path(front_end, path, source):
    assert _targets(path, front_end.extract(path, source.encode())) == ["http://a/{}/x"]


@pytest.mark.parametrize(
    ("front_end", "path", "source"),
    [
        (java, "A.java", _JAVA.replace("API_TOKEN", "TOKEN_URL").replace(_SECRET, "auth/token")),
        (
            javascript,
            "a.js",
            _SCRIPT.replace("API_TOKEN", "TOKEN_URL").replace(_SECRET, "auth/token"),
        ),
    ],
    ids=["java", "javascript"],
)
def test_remote__an_address_named_after_tokens__is_told(front_end, path, source):
    found = _targets(path, front_end.extract(path, source.encode()))
    assert found == ["http://a/auth/token/x"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (f"https://maps.example/x?key={_SECRET}&q=1", "https://maps.example/x?key=***&q=1"),
        ("https://maps.example/x?key={}", "https://maps.example/x?key={}"),
        ("https://maps.example/x?keys=a", "https://maps.example/x?keys=a"),
        (
            f"https://hooks.slack.com/services/T0/B0/{_SECRET}",
            "https://hooks.slack.com/services/***",
        ),
        (
            f"https://api.telegram.org/bot1:{_SECRET}/send",
            "https://api.telegram.org/bot***",
        ),
    ],
)
def test_remote__keys_in_addresses__are_hidden(target: str, expected: str) -> None:
    row: Row = remote(1, protocol="http", framework="x", target=target)
    assert _targets("A.java", {behaviour.FACTS: [row]}) == [expected]


def test_job__a_command_with_a_password__is_told_by_its_first_word():
    source = (
        "<?php use Illuminate\\Console\\Scheduling\\Schedule;\nclass A { function f(Schedule $s) {"
        f"$s->exec('mysqldump -u root -p{_SECRET} db')->daily(); }} }}"
    )
    facts = php.extract("a.php", source.encode())
    assert isinstance(facts, dict)
    assert "mysqldump" in str(facts["behaviour"])
    assert _SECRET not in str(facts["behaviour"])


@pytest.mark.parametrize(
    ("front_end", "source"),
    [
        (java, 'class A { String s = "https://maps.example.org/x?key=%s"; }'),
        (python, 'URL = "https://maps.example.org/x?key=%s"\n'),
        (javascript, 'const url = "https://maps.example.org/x?key=%s";\n'),
        (php, '<?php $url = "https://maps.example.org/x?key=%s";\n'),
    ],
    ids=["java", "python", "javascript", "php"],
)
def test_extract__a_key_in_an_address__is_in_no_fact_that_is_kept(front_end, source):
    facts = front_end.extract("a", (source % _SECRET).encode())
    assert "maps.example.org" in str(facts)
    assert _SECRET not in str(facts)


def test_remote__a_key_in_its_address__is_in_no_row_that_is_kept() -> None:
    row = remote(1, protocol="http", framework="x", target=f"https://a.example/x?key={_SECRET}")
    assert _SECRET not in str(row)
