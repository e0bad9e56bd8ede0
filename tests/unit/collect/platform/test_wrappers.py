"""Wrappers of build tools."""

import pytest


@pytest.mark.parametrize(
    ("path", "url", "tool", "version"),
    [
        (
            "gradle/wrapper/gradle-wrapper.properties",
            r"https\://services.gradle.org/distributions/gradle-8.5-bin.zip",
            "gradle",
            "8.5",
        ),
        (
            ".mvn/wrapper/maven-wrapper.properties",
            "https://r/org/apache/maven/apache-maven/3.9.6/apache-maven-3.9.6-bin.zip",
            "maven",
            "3.9.6",
        ),
        (".mvn/wrapper/maven-wrapper.properties", "https://mirror/tool.zip", "maven", "…"),
    ],
)
def test_parse__wrapper__tells_the_version(read, *, path, url, tool, version):
    found = read({path: f"# distributionUrl=x\ndistributionUrl={url}\n"})
    assert found.table("build.wrapper", "tool", "version") == [(2, tool, version)]
