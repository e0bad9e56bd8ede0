"""GitLab pipelines put together from local files."""

MAIN = """\
include:
- local: /ci/base.yml
- template: Security/SAST.gitlab-ci.yml
stages: [build, deploy]
default:
  image: maven:3
  tags: [docker, linux]
.rules:
  rules:
  - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  - if: $CI_PIPELINE_SOURCE == "schedule"
    when: never
  - if: $CI_COMMIT_BRANCH
    changes: [src/**]
build:
  extends: [.rules, .base]
  stage: build
  script:
  - !reference [.base, prepare]
  # - echo commented
  - mvn package
deploy:
  stage: deploy
  image: {name: kubectl:1}
  needs: [build]
  when: manual
  environment: {name: production}
  resource_group: prod
  script: kubectl apply
odd:
  extends: .elsewhere
  script: [x]
"""
BASE = """\
.base:
  prepare:
  - echo one
  - echo two
  services: [postgres]
  allow_failure: true
shared:
  stage: build
  script:
  - shared
"""
FILES = {".gitlab-ci.yml": MAIN, "ci/base.yml": BASE}


def test_link__pipeline__is_summed_up(read):
    pipeline = read(FILES).one("ci.pipeline")
    assert pipeline["system"] == "gitlab"
    assert pipeline["triggers"] == {
        "push": True,
        "pull_request": True,
        "schedule": False,
        "tag": True,
        "manual": True,
    }
    assert (pipeline["path_filter"], pipeline["concurrency"], pipeline["reuse"]) == (
        True,
        True,
        True,
    )


def test_link__jobs__take_over_what_they_extend(read):
    found = read(FILES)
    rows = found.table("ci.job", "name", "stage", "image", "runs_on", "needs", "environment")
    assert rows == [
        (15, "build", "build", "maven:3", "docker, linux", [], None),
        (22, "deploy", "deploy", "kubectl:1", "docker, linux", ["build"], "production"),
        (30, "odd", "…", "maven:3", "docker, linux", [], None),
        (7, "shared", "build", "maven:3", "docker, linux", [], None),
    ]
    assert found.table("ci.job", "allow_failure", "manual", "services") == [
        (15, True, False, True),
        (22, True, True, False),
        (30, False, False, False),
        (7, False, False, False),
    ]


def test_link__job_of_an_included_file__keeps_its_place(read):
    shared = read(FILES).of("ci.job")[-1]
    assert str(shared.location) == "ci/base.yml:7"
    assert shared.root.value["image"].line == 7


def test_link__steps__have_references_resolved(read):
    assert read(FILES).table("ci.step", "job", "run") == [
        (19, "build", "echo one"),
        (19, "build", "echo two"),
        (21, "build", "mvn package"),
        (29, "deploy", "kubectl apply"),
        (32, "odd", "x"),
        (10, "shared", "shared"),
    ]


def test_parse__include_from_elsewhere__is_a_skip(read):
    found = read(FILES)
    assert [(skip.line, skip.code, skip.path) for skip in found.skips] == [
        (3, "remote-include", ".gitlab-ci.yml")
    ]


def test_dangling__local_include_that_is_not_there__is_a_skip(read):
    found = read({".gitlab-ci.yml": "include: /ci/none.yml\na: {script: [x]}\n"})
    assert [(skip.line, skip.code) for skip in found.dangling] == [(1, "missing-include")]


def test_link__two_files_that_include_each_other__end(read):
    found = read(
        {
            ".gitlab-ci.yml": "include: ci/a.yml\njob: {extends: job, script: [x]}\n",
            "ci/a.yml": "include: .gitlab-ci.yml\n.b: {extends: .b}\n",
        }
    )
    assert found.table("ci.job", "name") == [(2, "job")]


def test_link__references_that_multiply__end(read):
    steps = "".join(
        f".s{at}:\n  script:\n" + f"  - !reference [.s{at + 1}, script]\n" * 9 for at in range(10)
    )
    source = f"{steps}.s10: {{script: [x]}}\njob:\n  script:\n  - !reference [.s0, script]\n"
    assert len(read({".gitlab-ci.yml": source}).of("ci.job")) == 1


def test_parse__other_yaml_in_such_a_folder__gives_nothing(read):
    found = read({"ci/values.yml": "a: [b\n"})
    assert (found.artefacts, found.skips) == ((), [])


def test_link__reports_of_a_job__are_named_on_their_lines(read):
    text = (
        "test:\n  script: t\n  artifacts:\n    reports:\n      junit: r.xml\nlint:\n  script: l\n"
    )
    found = read({".gitlab-ci.yml": text})
    assert [kinds for _, kinds in found.table("ci.job", "reports")] == [["junit"], []]
    (job,) = [job for job in found.artefacts if job.kind == "ci.job" and job.location.line == 1]
    assert [kind.line for kind in job.root.value["reports"].value] == [5]
