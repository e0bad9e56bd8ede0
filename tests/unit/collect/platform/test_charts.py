"""Helm charts and kustomizations."""


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


def test_parse__broken_chart__is_a_skip(read):
    (skip,) = read({"Chart.yaml": "name: [\n"}).skips
    assert (skip.line, skip.by, skip.affects) == (1, "platform.helm", ("helm.chart",))
