"""Gradle projects in Groovy and Kotlin."""

import pytest

GROOVY = """\
plugins {
  id 'java'
  id 'org.springframework.boot' version "${bootVersion}"
  id 'io.quarkus' version '3.1' apply false
}
apply plugin: 'checkstyle'
group = 'g'
version = '1.0'
ext { guava = '33.0-jre'; versions = [jackson: '2.17'] }
dependencies {
  implementation "com.google.guava:guava:$guava"
  // implementation 'commented:commented:1'
  runtimeOnly group: 'a', name: 'b', version: '1.+'
  testImplementation('j:unit:4') { exclude group: 'x' }
  compileOnly "c:c:${versions.jackson}"
  implementation 's:starter'
  implementation project(':lib')
  api libs.some.lib
  implementation "u:u:${unknown}"
}
"""
CATALOG = """\
[versions]
one = "1.5"
[libraries]
some-lib = { module = "x:y", version.ref = "one" }
[plugins]
boot = { id = "org.springframework.boot", version = "3.3" }
"""
KOTLIN = """\
plugins {
    kotlin("jvm") version "2.0"
    alias(libs.plugins.boot)
    application
}
val ktor: String = "2.3"
dependencies {
    implementation(platform("b:bom:1"))
    implementation("io.ktor:server:$ktor")
    testImplementation(kotlin("test"))
    implementation("m:managed")
}
"""
FILES = {
    "build.gradle": GROOVY,
    "settings.gradle": "rootProject.name = 'shop'\ninclude ':lib', 'web:app'\n",
    "gradle.properties": "bootVersion=3.3.1\n",
    "gradle/libs.versions.toml": CATALOG,
    "lib/build.gradle.kts": KOTLIN,
}


def test_link__projects__are_named_by_settings_or_folder(read):
    found = read(FILES)
    rows = found.table("build.project", "group", "name", "version", "modules", "runnable")
    assert rows == [
        (1, "g", "shop", "1.0", ["lib", "web/app"], True),
        (1, "g", "lib", "1.0", [], True),
    ]


def test_link__plugins__have_versions_of_properties_and_catalogue(read):
    found = read(FILES)
    assert found.table("build.plugin", "name", "version") == [
        (2, "java", None),
        (3, "org.springframework.boot", "3.3.1"),
        (4, "io.quarkus", "3.1"),
        (6, "checkstyle", None),
        (2, "org.jetbrains.kotlin.jvm", "2.0"),
        (3, "org.springframework.boot", "3.3"),
        (4, "application", None),
    ]


def test_link__dependencies__have_their_versions_looked_up(read):
    found = read(FILES)
    rows = found.table("build.dependency", "name", "version", "scope", "pinned", "managed")
    assert rows == [
        (11, "com.google.guava:guava", "33.0-jre", "compile", True, False),
        (13, "a:b", "1.+", "runtime", False, False),
        (14, "j:unit", "4", "test", True, False),
        (15, "c:c", "2.17", "provided", True, False),
        (16, "s:starter", None, "compile", True, True),
        (18, "x:y", "1.5", "compile", True, False),
        (19, "u:u", "…", "compile", "…", False),
        (8, "b:bom", "1", "build", True, False),
        (9, "io.ktor:server", "2.3", "compile", True, False),
        (10, "org.jetbrains.kotlin:kotlin-test", None, "test", True, True),
        (11, "m:managed", None, "compile", True, True),
    ]


def test_link__projects_configured_from_the_root__are_projects(read):
    source = "project(':a:core') {\n  apply plugin: 'war'\n}\n"
    found = read({"build.gradle": source})
    assert found.table("build.project", "name", "packaging", "runnable") == [
        (1, None, "jar", False),
        (1, "core", "war", True),
    ]


def test_link__map_of_libraries_in_a_shared_script__is_looked_up(read):
    shared = "versions += [k: '1.2']\nlibs += [kit: \"g:kit:$versions.k\"]\n"
    source = "dependencies {\n  implementation libs.kit\n}\n"
    found = read({"gradle/dependencies.gradle": shared, "build.gradle": source})
    assert found.table("build.dependency", "name", "version") == [(2, "g:kit", "1.2")]


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        ("build.gradle", "a {\n", 1),
        ("gradle/libs.versions.toml", "[versions]\na = \n", 2),
        ("gradle/libs.versions.toml", "a." * 150_000, 0),
    ],
)
def test_parse__wrong_file__is_a_skip(read, *, path, source, line):
    (skip,) = read({path: source}).skips
    assert (skip.line, skip.by) == (line, "platform.gradle")


@pytest.mark.parametrize("suffix", ["_$versions.baseScala", "_${scalaVersion}"])
def test_link__release_of_scala_in_a_name__is_left_off(read, suffix):
    found = read({"build.gradle": f'dependencies {{ implementation "g:lib{suffix}:1.0" }}'})
    assert [name for _, name in found.table("build.dependency", "name")] == ["g:lib"]


def test_link__other_variable_in_a_name__is_templated(read):
    found = read({"build.gradle": 'dependencies { implementation "g:lib_$flavour:1.0" }'})
    assert [name for _, name in found.table("build.dependency", "name")] == ["…"]
