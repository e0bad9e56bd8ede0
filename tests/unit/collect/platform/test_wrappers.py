"""Wrappers of build tools, Helm charts and kustomizations."""

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


def test_parse__chart_and_kustomization__stand_as_they_are(read):
    found = read(
        {
            "chart/Chart.yaml": "apiVersion: v2\nname: shop\n",
            "k/kustomization.yaml": "# x\nresources: [a.yml]\n",
        }
    )
    assert found.table("helm.chart", "name") == [(1, "shop")]
    assert found.table("kustomize", "resources") == [(2, ["a.yml"])]
    assert found.skips == []
