"""GitHub workflows as pipeline, jobs and steps."""

import pytest

from assessor.collect.platform.pipelines_github import claims

WORKFLOW = """\
name: Build
on:
  push:
    branches: [main]
    paths: ['src/**']
  pull_request:
  schedule:
  - cron: '0 0 * * *'
permissions:
  contents: read
concurrency: build
jobs:
  test:
    runs-on: [self-hosted, linux]
    container: node:20
    continue-on-error: true
    strategy:
      matrix: {v: [1, 2]}
    services: {db: {image: postgres}}
    steps:
    - uses: actions/checkout@0123456789012345678901234567890123456789 # v4
    - name: Test
      # run: rm -rf
      run: |
        make test
        make lint
    - uses: ./.github/actions/own
    - uses: docker://aquasec/trivy:0.50
      with: {image-ref: app}
      continue-on-error: ${{ github.ref != 'x' }}
  deploy:
    needs: test
    environment: {name: production}
    runs-on: ${{ inputs.runner }}
    uses: org/repo/.github/workflows/deploy.yml@main
"""
PATH = ".github/workflows/build.yml"


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (PATH, True),
        ("sub/.github/workflows/build.yml", False),
        (".github/actions/own/action.yml", True),
        (".github/dependabot.yml", False),
    ],
)
def test_claims__path__decides(path, wanted):
    assert claims(path) is wanted


def test_parse__pipeline__says_what_starts_it(read):
    pipeline = read({PATH: WORKFLOW}).one("ci.pipeline")
    assert pipeline == {
        "system": "github",
        "name": "Build",
        "triggers": {
            "push": True,
            "pull_request": True,
            "schedule": True,
            "tag": False,
            "manual": False,
        },
        "path_filter": True,
        "concurrency": True,
        "reuse": True,
        "permissions": "read",
    }


def test_parse__jobs__stand_on_the_line_of_their_name(read):
    found = read({PATH: WORKFLOW})
    assert found.table("ci.job", "name", "image", "runs_on", "needs", "environment") == [
        (13, "test", "node:20", "self-hosted, linux", [], None),
        (31, "deploy", None, "…", ["test"], "production"),
    ]
    assert found.table("ci.job", "allow_failure", "matrix", "manual", "services") == [
        (13, True, True, False, True),
        (31, False, False, False, False),
    ]


def test_parse__steps__tell_what_they_use_and_whether_it_is_pinned(read):
    found = read({PATH: WORKFLOW})
    commit = "0123456789012345678901234567890123456789"
    assert found.table("ci.step", "job", "uses", "version", "pinned", "allow_failure") == [
        (21, "test", "actions/checkout", commit, True, False),
        (22, "test", None, None, None, False),
        (27, "test", "./.github/actions/own", None, None, False),
        (28, "test", "docker://aquasec/trivy", "0.50", False, "…"),
        (35, "deploy", "org/repo/.github/workflows/deploy.yml", "main", False, False),
    ]
    script = found.of("ci.step")[1].root.value["run"]
    assert (script.line, script.value) == (24, "make test\nmake lint\n")


@pytest.mark.parametrize(
    ("on", "starts"),
    [
        ("push", {"push", "tag"}),
        ("[push, workflow_dispatch]", {"push", "tag", "manual"}),
        ("{push: {tags: ['v*']}}", {"tag"}),
        ("{push: {branches: [main]}}", {"push"}),
        ("{push: {branches: [main], tags: ['v*']}}", {"push", "tag"}),
        ("{release: {types: [published]}}", {"tag"}),
        ("pull_request_target", {"pull_request"}),
        ("{workflow_dispatch: {}}", {"manual"}),
    ],
)
def test_parse__events__become_triggers(read, on, starts):
    source = f"on: {on}\njobs: {{a: {{runs-on: x, steps: []}}}}\n"
    found = read({PATH: source})
    triggers = found.one("ci.pipeline")["triggers"]
    assert {name for name, value in triggers.items() if value} == starts
    assert found.one("ci.job")["manual"] is (starts == {"manual"})


@pytest.mark.parametrize(
    ("top", "job", "access"),
    [
        ("read-all", "", "read"),
        ("write-all", "", "write"),
        ("{}", "", "read"),
        ("{contents: read, packages: write}", "", "write"),
        (None, "{contents: read}", "read"),
        (None, "", None),
    ],
)
def test_parse__permissions__are_the_default_of_the_token(read, *, top, job, access):
    head = f"permissions: {top}\n" if top else ""
    own = f", permissions: {job}" if job else ""
    source = f"on: push\n{head}jobs: {{a: {{runs-on: x{own}}}}}\n"
    assert read({PATH: source}).one("ci.pipeline")["permissions"] == access


def test_parse__composite_action__gives_steps_under_its_name(read):
    source = "name: Setup\nruns:\n  using: composite\n  steps:\n  - uses: a/b@v1\n"
    found = read({".github/actions/setup/action.yml": source})
    assert found.table("ci.step", "job", "uses", "pinned") == [(5, "Setup", "a/b", False)]


def test_parse__other_yaml_there__gives_nothing(read):
    found = read({PATH: "just: text\n"})
    assert (found.artefacts, found.skips) == ((), [])
