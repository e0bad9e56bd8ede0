"""Maven projects with parents, BOMs and properties of the repository."""

import pytest

PARENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<project>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.2.0</version>
  </parent>
  <groupId>g</groupId>
  <artifactId>parent</artifactId>
  <version>1.0</version>
  <packaging>pom</packaging>
  <properties><lib.version>2.5</lib.version></properties>
  <modules><module>app</module></modules>
  <dependencyManagement><dependencies>
    <dependency><groupId>l</groupId><artifactId>lib</artifactId><version>${lib.version}</version></dependency>
    <dependency>
      <groupId>b</groupId><artifactId>bom</artifactId><version>7</version><type>pom</type><scope>import</scope>
    </dependency>
  </dependencies></dependencyManagement>
  <build><pluginManagement><plugins>
    <plugin><artifactId>maven-war-plugin</artifactId><version>3.4</version></plugin>
  </plugins></pluginManagement></build>
</project>
"""
APP = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent>
    <groupId>g</groupId><artifactId>parent</artifactId><version>1.0</version>
  </parent>
  <artifactId>app</artifactId>
  <!-- <packaging>war</packaging> -->
  <dependencies>
    <dependency>
      <groupId>l</groupId>
      <artifactId>lib</artifactId>
    </dependency>
    <dependency>
      <groupId>o</groupId>
      <artifactId>own</artifactId>
      <version>${project.version}-SNAPSHOT</version>
      <scope>test</scope>
    </dependency>
    <dependency><groupId>s</groupId><artifactId>starter</artifactId></dependency>
    <dependency><groupId>s</groupId><artifactId>open</artifactId><version>${no}</version></dependency>
  </dependencies>
  <build><plugins>
    <plugin><artifactId>maven-war-plugin</artifactId></plugin>
    <plugin>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-maven-plugin</artifactId>
    </plugin>
  </plugins></build>
  <profiles><profile><id>p</id>
    <dependencies>
      <dependency><groupId>p</groupId><artifactId>p</artifactId><version>[1,2)</version></dependency>
    </dependencies>
  </profile></profiles>
</project>
"""


def _plugin(name: str, configuration: str) -> str:
    group = "<groupId>org.springframework.boot</groupId>" if "boot" in name else ""
    told = f"<artifactId>{name}</artifactId><configuration>{configuration}</configuration>"
    return f"<build><plugins><plugin>{group}{told}</plugin></plugins></build>"


FILES = {"pom.xml": PARENT, "app/pom.xml": APP}


def test_link__projects__take_over_from_their_parents(read):
    found = read(FILES)
    rows = found.table("build.project", "group", "name", "version", "packaging", "parent")
    assert rows == [
        (1, "g", "app", "1.0", "jar", "g:parent"),
        (2, "g", "parent", "1.0", "pom", "org.springframework.boot:spring-boot-starter-parent"),
    ]
    assert found.table("build.project", "runnable", "modules") == [
        (1, True, []),
        (2, False, ["app"]),
    ]
    assert found.of("build.project")[0].root.value["runnable"].line == 23


def test_link__dependencies__have_versions_of_parents_and_properties(read):
    found = read(FILES)
    rows = found.table("build.dependency", "name", "version", "scope", "pinned", "managed")
    assert rows == [
        (8, "l:lib", "2.5", "compile", True, True),
        (12, "o:own", "1.0-SNAPSHOT", "test", False, False),
        (18, "s:starter", None, "compile", True, True),
        (19, "s:open", "…", "compile", "…", False),
        (30, "p:p", "[1,2)", "compile", False, False),
        (16, "b:bom", "7", "build", True, False),
    ]


def test_link__plugins__have_managed_versions(read):
    assert read(FILES).table("build.plugin", "name", "version") == [
        (22, "org.apache.maven.plugins:maven-war-plugin", "3.4"),
        (23, "org.springframework.boot:spring-boot-maven-plugin", None),
    ]


def test_link__bom_of_the_repository__gives_versions(read):
    bom = (
        "<project><groupId>g</groupId><artifactId>bom</artifactId><version>1</version>"
        "<dependencyManagement><dependencies><dependency><groupId>x</groupId>"
        "<artifactId>x</artifactId><version>4</version></dependency></dependencies>"
        "</dependencyManagement></project>"
    )
    app = (
        "<project><groupId>g</groupId><artifactId>a</artifactId><version>1</version>"
        "<dependencyManagement><dependencies><dependency><groupId>g</groupId>"
        "<artifactId>bom</artifactId><version>1</version><scope>import</scope></dependency>"
        "</dependencies></dependencyManagement><dependencies><dependency><groupId>x</groupId>"
        "<artifactId>x</artifactId></dependency></dependencies></project>"
    )
    found = read({"bom/pom.xml": bom, "app/pom.xml": app})
    assert found.table("build.dependency", "name", "version")[0] == (1, "x:x", "4")


@pytest.mark.parametrize(
    ("body", "runnable"),
    [
        ("<packaging>war</packaging>", True),
        ("<packaging>jar</packaging>", False),
        ("<!-- <packaging>war</packaging> -->", False),
        (_plugin("maven-shade-plugin", "<mainClass>a.Main</mainClass>"), True),
        (_plugin("maven-shade-plugin", "<minimizeJar>true</minimizeJar>"), False),
        (_plugin("spring-boot-maven-plugin", ""), True),
        (_plugin("spring-boot-maven-plugin", "<skip>true</skip>"), False),
    ],
)
def test_link__runnable__is_what_starts_a_process(read, body, runnable):
    source = f"<project><groupId>g</groupId><artifactId>a</artifactId>{body}</project>"
    assert read({"pom.xml": source}).one("build.project")["runnable"] is runnable


def test_link__parents_in_a_circle__end(read):
    one = (
        "<project><parent><groupId>g</groupId><artifactId>b</artifactId><relativePath>../b"
        "</relativePath></parent><groupId>g</groupId><artifactId>a</artifactId></project>"
    )
    other = one.replace(">b<", ">c<").replace("../b", "../a").replace(">a<", ">b<")
    other = other.replace(">c<", ">a<")
    assert len(read({"a/pom.xml": one, "b/pom.xml": other}).of("build.project")) == 2


def test_link__properties_that_multiply__are_cut(read):
    values = "".join(f"<p{at}>{f'${{p{at + 1}}}' * 10}</p{at}>" for at in range(20))
    source = (
        f"<project><properties>{values}<p20>x</p20></properties><groupId>g</groupId>"
        "<artifactId>a</artifactId><version>${p0}</version></project>"
    )
    version = read({"pom.xml": source}).one("build.project")["version"]
    assert version == "…" or len(version) <= 2000


def test_dangling__module_that_is_not_there__is_a_skip(read):
    found = read({"pom.xml": PARENT})
    assert [(skip.line, skip.code) for skip in found.dangling] == [(13, "missing-module")]
    assert read(FILES).dangling == ()


LAUGHS = (
    '<!DOCTYPE p [<!ENTITY a0 "x">'
    + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
    + "]><project><name>&a11;</name></project>"
)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param(LAUGHS, "document type", id="billion-laughs"),
        pytest.param(
            '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><project>&x;</project>',
            "document type",
            id="external-entity",
        ),
        pytest.param("<project>\n<a>\n</project>", "not well-formed", id="open-element"),
        pytest.param("<a>" * 100_000, "not well-formed", id="deep"),
        pytest.param("", "not well-formed", id="empty"),
    ],
)
def test_parse__hostile_xml__is_a_skip(read, source, reason):
    (skip,) = read({"pom.xml": source}).skips
    assert reason in skip.reason
    assert skip.by == "platform.maven"


def test_parse__other_xml_of_that_name__gives_nothing(read):
    found = read({"pom.xml": "<other/>"})
    assert (found.artefacts, found.skips) == ((), [])
