"""The image: judged by our own facts, and by what its build is given."""

import json
import subprocess
import tomllib

import pytest
from integrations.conftest import BIN, ROOT

DOCKERFILE = ROOT / "integrations" / "docker" / "Dockerfile"


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """Name -> value of the facts about the Dockerfile, as `assessor audit` finds them."""
    folder = tmp_path_factory.mktemp("image")
    for file in (DOCKERFILE, ROOT / ".dockerignore"):
        (folder / file.name).write_bytes(file.read_bytes())
    words = [str(BIN / "assessor"), "audit", str(folder), "--worktree", "--format", "json", "-q"]
    done = subprocess.run(words, check=True, capture_output=True)
    return {fact["name"]: fact["value"] for fact in json.loads(done.stdout)["facts"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["tagged", "base_trusted", "multi_stage", "non_root", "exec_form", "ignore", "clean"],
)
def test_dockerfile__what_our_rules_ask_of_images__is_met(facts, name):
    assert facts[f"image.{name}"] == 1


def test_dockerfile__the_versions_that_were_tested__are_installed():
    text = DOCKERFILE.read_text("utf-8")
    assert "PIP_CONSTRAINT=constraints.txt" in text
    assert "--no-cache-dir" in text


def test_dockerignore__all_that_the_wheel_is_built_from__is_let_in():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {"pyproject.toml", "constraints.txt", project["project"]["readme"]}
    needed |= {*project["project"]["license-files"], *wheel["packages"]}
    needed |= {source.split("/")[0] for source in wheel["force-include"]}
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in lines
    assert needed == {line[1:] for line in lines if line.startswith("!")}
