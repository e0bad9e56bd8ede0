"""Kubernetes manifests: objects, workloads, containers and who selects whom."""

import json

import pytest

from assessor.collect.platform.kubernetes import claims

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  template:
    metadata:
      labels: {app: web, tier: front}
    spec:
      initContainers:
      - name: wait
        image: busybox
      containers:
      - name: web
        # image: commented:1
        image: registry:5000/web:1.10@sha256:ab
        args: ["$(HOST) ${SHELL}"]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}}
"""


def _pod(kind: str = "Deployment", *, version: str = "apps/v1", labels: str = "{app: web}") -> str:
    return (
        f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: web}}\n"
        f"spec:\n  template:\n    metadata: {{labels: {labels}}}\n"
        "    spec: {containers: [{name: c, image: a}]}\n"
    )


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("k8s/web.yml", True),
        ("anything.yaml", True),
        ("deploy/web.json", True),
        ("src/data.json", False),
        (".github/workflows/ci.yml", False),
        ("docker-compose.prod.yml", False),
        ("src/main/resources/application-prod.yml", False),
        ("api/openapi.yaml", False),
        ("locales/de.yml", False),
        ("chart/values-prod.yaml", False),
        ("readme.md", False),
    ],
)
def test_claims__path__decides(path, wanted):
    assert claims(path) is wanted


def test_parse__objects__stand_on_their_first_line(read):
    found = read({"k.yml": DEPLOYMENT})
    assert found.table("k8s.resource", "kind") == [(1, "Deployment"), (21, "Service")]


def test_link__deployment__becomes_a_workload_with_its_selectors(read):
    (web,) = read({"k.yml": DEPLOYMENT}).of("k8s.workload")
    assert web.location.line == 1
    values = {key: web.root.value[key].value for key in ("kind", "name", "namespace", "replicas")}
    assert values == {"kind": "Deployment", "name": "web", "namespace": "shop", "replicas": 2}
    assert web.root.value["replicas"].line == 7
    flags = {key: web.root.value[key].value for key in ("hpa", "pdb", "network_policy", "service")}
    assert flags == {"hpa": False, "pdb": False, "network_policy": False, "service": True}
    assert web.root.value["stateless"].value is True
    assert set(web.root.value["labels"].value) == {"app", "tier"}


def test_link__containers__have_images_taken_apart(read):
    found = read({"k.yml": DEPLOYMENT})
    assert found.table("k8s.container", "name", "image", "tag", "digest", "init") == [
        (13, "wait", "busybox", None, None, True),
        (16, "web", "registry:5000/web:1.10@sha256:ab", "1.10", "sha256:ab", False),
    ]
    container = found.of("k8s.container")[1].root
    assert container.value["tag"].line == 18
    assert container.value["container"].value["args"].value[0].value == "$(HOST) ${SHELL}"


@pytest.mark.parametrize(
    ("kind", "version", "stateless"),
    [
        ("StatefulSet", "apps/v1", False),
        ("DaemonSet", "apps/v1", False),
        ("Job", "batch/v1", False),
        ("Rollout", "argoproj.io/v1alpha1", True),
        ("Service", "serving.knative.dev/v1", True),
    ],
)
def test_link__kind_with_a_pod_template__is_a_workload(read, *, kind, version, stateless):
    found = read({"k.yml": _pod(kind=kind, version=version)})
    assert found.table("k8s.workload", "kind", "stateless") == [(1, kind, stateless)]


def test_link__cron_job_and_pod__have_their_pod_specs_found(read):
    cron = (
        "apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n"
        "        spec: {containers: [{name: c, image: 'a:1'}]}\n"
    )
    pod = "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: p, image: 'b:2'}]}\n"
    found = read({"k.yml": f"{cron}---\n{pod}"})
    assert found.table("k8s.container", "name", "tag") == [(7, "c", "1"), (11, "p", "2")]


def test_link__same_kind_of_another_group__is_no_workload(read):
    assert (
        read({"k.yml": _pod(kind="Job", version="batch.volcano.sh/v1")}).of("k8s.workload") == []
    )


def test_parse__list__is_split(read):
    source = (
        "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap}\n"
        "- {apiVersion: v1, kind: Secret, data: {p: aHVudGVyMg==}}\n"
    )
    found = read({"k.yml": source})
    assert found.table("k8s.resource", "kind") == [(4, "ConfigMap"), (5, "Secret")]
    assert found.of("k8s.resource")[1].root.value["data"].value["p"].value == "***"


def test_parse__json_manifest__has_lines(read):
    source = json.dumps(
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}}, indent=1
    )
    (found,) = read({"k8s/x.json": source}).of("k8s.resource")
    assert found.root.value["metadata"].value["name"].line == 5


@pytest.mark.parametrize(
    ("policy", "key"),
    [
        pytest.param(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"
            "spec: {scaleTargetRef: {kind: Deployment, name: web}}\n",
            "hpa",
            id="hpa",
        ),
        pytest.param(
            "apiVersion: keda.sh/v1\nkind: ScaledObject\nspec: {scaleTargetRef: {name: web}}\n",
            "hpa",
            id="keda",
        ),
        pytest.param(
            "apiVersion: policy/v1\nkind: PodDisruptionBudget\n"
            "spec: {selector: {matchExpressions: [{key: app, operator: In, values: [x, web]}]}}\n",
            "pdb",
            id="pdb",
        ),
        pytest.param(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {podSelector: {}}\n",
            "network_policy",
            id="all-pods",
        ),
        pytest.param(
            "apiVersion: v1\nkind: Service\nspec: {selector: {app: web}}\n",
            "service",
            id="service",
        ),
    ],
)
def test_link__object_in_another_file__selects_the_workload(read, policy, key):
    workload = read({"a/web.yml": _pod(), "b/policy.yml": policy}).one("k8s.workload")
    assert workload[key] is True
    assert sum(workload[each] for each in ("hpa", "pdb", "network_policy", "service")) == 1


@pytest.mark.parametrize(
    "policy",
    [
        "apiVersion: v1\nkind: Service\nspec: {selector: {app: api}}\n",
        "apiVersion: v1\nkind: Service\nspec: {selector: {app: web, x: y}}\n",
        "apiVersion: v1\nkind: Service\nmetadata: {name: external}\nspec: {type: ExternalName}\n",
        "apiVersion: policy/v1\nkind: PodDisruptionBudget\nspec: {maxUnavailable: 1}\n",
        "apiVersion: keda.sh/v1\nkind: ScaledObject\nspec: {scaleTargetRef: {name: api}}\n",
    ],
)
def test_link__object_for_something_else__selects_nothing(read, policy):
    workload = read({"k.yml": f"{_pod()}---\n{policy}"}).one("k8s.workload")
    assert not any(workload[each] for each in ("hpa", "pdb", "network_policy", "service"))


def test_link__other_namespace__selects_nothing(read):
    service = (
        "apiVersion: v1\nkind: Service\nmetadata: {namespace: b}\nspec: {selector: {app: web}}\n"
    )
    web = _pod().replace("{name: web}", "{name: web, namespace: a}", 1)
    assert read({"k.yml": f"{web}---\n{service}"}).one("k8s.workload")["service"] is False


def test_link__templated_label__leaves_the_selection_open(read):
    service = "apiVersion: v1\nkind: Service\nspec: {selector: {app: web}}\n"
    web = _pod(labels="{app: '${APP}'}")
    found = read({"k.yml": f"{web}---\n{service}"})
    assert found.one("k8s.workload")["service"] == "…"


def test_parse__variables__leave_only_their_value_open(read):
    source = _pod().replace("image: a", "image: 'app:${TAG}', command: ['echo ${X}']")
    container = read({"k.yml": source}).one("k8s.container")
    assert (container["image"], container["tag"]) == ("…", "…")
    assert container["container"]["command"] == ["echo ${X}"]


def test_parse__helm_template__is_a_skip(read):
    found = read({"chart/templates/web.yaml": "# x\napiVersion: v1\nkind: Pod\nname: {{ .n }}\n"})
    (skip,) = found.skips
    assert (skip.line, skip.code) == (4, "helm-template")
    assert skip.affects == ("k8s.resource", "k8s.workload", "k8s.container")
    assert found.artefacts == ()


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("a: [\n", id="broken-but-no-manifest"),
        pytest.param("a: 1\n" * 300_000, id="oversized-but-no-manifest"),
        pytest.param("# apiVersion: v1\n# kind: Pod\na: 1\n", id="comment"),
        pytest.param("apiVersion: backstage.io/v1alpha1\nkind: Component\n", id="backstage"),
        pytest.param("apiVersion: v1\nkind: Config\n", id="kubeconfig"),
    ],
)
def test_parse__no_manifest__gives_nothing(read, source):
    found = read({"x.yml": source})
    assert (found.artefacts, found.skips) == ((), [])


def test_parse__broken_manifest__is_a_skip_with_its_line(read):
    (skip,) = read({"x.yml": "apiVersion: v1\nkind: Pod\nspec: [\n"}).skips
    assert (skip.line, skip.by, skip.code) == (3, "platform.kubernetes", "unparsable")
