"""The gate on real commits: what a change makes worse is named with its place, nothing else."""

import subprocess

import pytest
from e2e.changes import commit, edit, gate, new, places
from e2e.conftest import assessor

pytestmark = pytest.mark.slow

SERVICE = "src/main/java/com/example/shop/service/CatalogService.java"
PROBE = """\
          readinessProbe:
            httpGet: {path: /actuator/health/readiness, port: 8080}
"""
RESOURCES = """\
          resources:
            requests: {cpu: 250m, memory: 512Mi}
"""


PLANTED = {
    "base-image-untagged": ("Dockerfile", "maven:3.9-eclipse-temurin-21", "maven", 1),
    "pipe-to-shell": (
        "Dockerfile",
        "WORKDIR /src\n",
        "WORKDIR /src\nRUN curl -s https://example.net/i | sh\n",
        3,
    ),
    "no-readiness-probe": ("deploy/shop.yaml", PROBE, "", 15),
    "no-requests": ("deploy/shop.yaml", RESOURCES, "", 15),
    "workload-image-untagged": ("deploy/shop.yaml", "/shop:1.4.0", "/shop", 16),
    "privileged": (
        "deploy/shop.yaml",
        "          ports:\n",
        "          securityContext: {privileged: true}\n          ports:\n",
        17,
    ),
    "no-image-pushed": (
        ".github/workflows/ci.yml",
        "      - run: docker push registry.example.net/shop:${{ github.sha }}\n",
        "",
        24,
    ),
    "host-path": (
        "deploy/shop.yaml",
        "      containers:\n",
        "      volumes: [{name: x, hostPath: {path: /}}]\n      containers:\n",
        14,
    ),
    "tests-left-out": (".github/workflows/ci.yml", "mvn --batch-mode verify", "echo built", 16),
    "no-build-of-requests": (".github/workflows/ci.yml", "  pull_request:\n", "", 5),
    "secret-in-configuration": (
        "src/main/resources/application.yml",
        "${DB_PASSWORD}",
        "s3cr3t-Passw0rd",
        7,
    ),
    "address-in-code": (
        SERVICE,
        "import java.",
        'class Address { String at = "http://10.0.0.7:8080/stock"; }\nimport java.',
        9,
    ),
}


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_gate__something_made_worse__exit_1_and_its_place(repository, name):
    path, old, new, line = PLANTED[name]
    edit(repository, path, old, new)
    commit(repository)
    code, found, said = gate(repository)
    assert (code, found["outcome"]) == (1, "not-met"), said
    assert f"{path}:{line}" in places(found)


MOVES = {
    "reformatted": lambda folder: edit(
        folder, "deploy/shop.yaml", "spec:\n  replicas: 1", "spec:\n\n  replicas:   1"
    ),
    "renamed-class": lambda folder: (folder / SERVICE).rename(
        (folder / SERVICE).with_name("CatalogQueries.java")
    ),
    "moved-deployment": lambda folder: _moved(folder, "deploy/shop.yaml", "k8s/web.yaml"),
    "lines-above": lambda folder: edit(folder, "Dockerfile", "FROM", "# builds the shop\n\nFROM"),
}


def _moved(folder, old, new):
    (folder / new).parent.mkdir()
    (folder / old).rename(folder / new)


@pytest.mark.parametrize("name", sorted(MOVES))
def test_gate__the_same_elsewhere__nothing_new(repository, name):
    MOVES[name](repository)
    commit(repository)
    code, found, said = gate(repository)
    assert (code, new(found), found["worsened"]) == (0, [], []), said


def test_gate__against_a_branch__all_its_commits_are_judged(repository):
    edit(repository, "Dockerfile", "maven:3.9-eclipse-temurin-21", "maven")
    commit(repository)
    (repository / "NOTES.md").write_text("More.\n", "utf-8")
    commit(repository)
    assert gate(repository)[0] == 0
    assert gate(repository, "--baseline", "origin/main")[0] == 1


def test_gate__the_change_loosens_its_own_policy__it_does_not_pass(repository):
    policy = repository / "policy.yaml"
    policy.write_text("max_new: {major: 0, minor: 0}\n", "utf-8")
    commit(repository)
    policy.write_text("min_coverage: 0.1\n", "utf-8")
    edit(repository, "Dockerfile", "maven:3.9-eclipse-temurin-21", "maven")
    commit(repository)
    code, found, _ = gate(repository, "--policy", policy)
    assert (code, found["changed"]) == (1, ["policy.yaml"])
    assert gate(repository, "--policy", policy, "--trust-change")[0] == 0


def test_gate__history_cut_before_the_base__the_policy_of_the_change_is_not_taken(
    repository, tmp_path
):
    (repository / "policy.yaml").write_text("min_coverage: 0.1\n", "utf-8")
    commit(repository)
    folder = tmp_path / "shallow"
    url = f"file://{repository}"
    subprocess.run(["git", "clone", "-q", "--depth", "1", url, str(folder)], check=True)
    code, found, _ = gate(folder, "--policy", folder / "policy.yaml")
    assert (code, found["policy"], found["changed"]) == (4, "ratchet", ["policy.yaml"])
    assert gate(folder, "--policy", folder / "policy.yaml", "--trust-change")[0] == 0


def test_gate__history_cut_before_the_base__files_called_generated_count_all_the_same(
    repository, tmp_path
):
    (repository / ".gitattributes").write_text("*.java linguist-generated\n", "utf-8")
    commit(repository)
    folder, policy = tmp_path / "shallow", tmp_path / "policy.yaml"
    url = f"file://{repository}"
    subprocess.run(["git", "clone", "-q", "--depth", "1", url, str(folder)], check=True)
    policy.write_text("max_cycles: 0\n", "utf-8")
    code, found, _ = gate(folder, "--policy", policy)
    assert (code, found["changed"]) == (1, [".gitattributes"])
    assert gate(folder, "--policy", policy, "--trust-change")[0] == 0


def test_gate__the_change_brings_the_first_policy__the_ratchet_holds(repository):
    policy = repository / "policy.yaml"
    policy.write_text("min_coverage: 0.1\n", "utf-8")
    edit(repository, "Dockerfile", "maven:3.9-eclipse-temurin-21", "maven")
    commit(repository)
    code, found, _ = gate(repository, "--policy", policy)
    assert (code, found["policy"]) == (1, "ratchet")


def test_gate__history_cut_before_the_base__exit_4_with_what_to_do(shop, tmp_path):
    folder = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{shop}", str(folder)], check=True
    )
    done = assessor("gate", folder, "--lang", "en")
    assert done.returncode == 4
    assert "fetch-depth: 0" in done.stdout
    assert assessor("gate", folder, "--policy", "advisory").returncode == 0


def test_gate__a_level_that_is_not_reached__the_cheapest_remedies(repository, tmp_path):
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        "min_level: [{pack: CTR, level: 5}]\nrequired_rules: [{rule: CTR-02, level: 5}]\n", "utf-8"
    )
    code, found, _ = gate(repository, "--policy", policy)
    level, rule = found["conditions"]
    assert (code, level["outcome"], rule["outcome"]) == (1, "not-met", "not-met")
    hours = [action["effort"]["hours"] for action in level["cheapest"]]
    assert hours == sorted(hours)
    assert rule["cheapest"][0]["rule"] == "CTR-02"


BAD = {
    "unknown-key": ("max_knew: 1\n", "policy.yaml:1: unknown key `max_knew`"),
    "unknown-pack": (
        "min_level:\n  - {pack: NONE, level: 3}\n",
        "policy.yaml:2: there is no pack",
    ),
    "unknown-rule": ("required_rules:\n- {rule: NO-1, level: 2}\n", "there is no rule `NO-1`"),
    "no-number": ("max_new: {major: few}\n", "policy.yaml:1: "),
    "nothing": ("", "policy.yaml: the file is empty"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_gate__a_mistake_in_the_policy__exit_2_with_its_line(shop, tmp_path, name):
    policy = tmp_path / "policy.yaml"
    policy.write_text(BAD[name][0], "utf-8")
    code, found, said = gate(shop, "--policy", policy)
    assert (code, found) == (2, {})
    assert BAD[name][1] in said


def test_gate__no_such_policy_or_branch__exit_2(shop):
    assert "name a policy file or one of" in gate(shop, "--policy", "none.yaml")[2]
    assert "there is no revision 'none'" in gate(shop, "--baseline", "none")[2]
    assert gate(shop, "--baseline", "none")[0] == 2


def test_gate__nothing_to_assess__exit_3(tmp_path):
    assert gate(tmp_path)[0] == 3
