"""Jenkinsfiles, declarative and scripted."""

import pytest

from assessor.collect.platform.pipelines_jenkins import claims

DECLARATIVE = """\
@Library('shared@v1') _
pipeline {
  agent { docker { image 'maven:3.9' } }
  triggers { cron('H 4 * * *') }
  options { disableConcurrentBuilds() }
  stages {
    stage('Build') {
      steps {
        sh 'mvn package' // sh 'commented'
        sh '''
          docker build .
        '''
        withCredentials([string(credentialsId: 'a', variable: 'B')]) {
          sh(script: "deploy $B", returnStatus: true)
        }
        catchError { bat 'x.bat' }
        junit testResults: '**/x.xml'
      }
    }
    stage('Both') {
      parallel {
        stage('One') { agent { label 'arm' }; steps { sh 'one' } }
        stage('Two') { when { changeset 'a/**' }; steps { input 'ok?' } }
      }
    }
    stage('Many') {
      matrix { axes { axis { name 'X'; values 'a', 'b' } }
        stages { stage('Inner') { steps { sh 'q' } } } }
    }
  }
}
"""
SCRIPTED = """\
node('linux') {
  stage("Build ${x}") {
    docker.image('maven:3').inside { sh 'mvn verify' }
  }
  parallel(a: { stage('A') { sh 'a' } }, b: { sh 'b' })
  try { sh 'z' } finally { cleanWs() }
}
"""


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("Jenkinsfile", True),
        ("ci/Jenkinsfile.release", True),
        ("a/build.jenkinsfile", True),
        ("docs/jenkins.md", False),
    ],
)
def test_claims__name_of_the_file__decides(path, wanted):
    assert claims(path) is wanted


def test_parse__declarative_pipeline__is_summed_up(read):
    pipeline = read({"Jenkinsfile": DECLARATIVE}).one("ci.pipeline")
    assert pipeline == {
        "system": "jenkins",
        "name": None,
        "triggers": {
            "push": "…",
            "schedule": True,
            "tag": "…",
            "pull_request": "…",
            "manual": False,
        },
        "path_filter": True,
        "concurrency": True,
        "reuse": True,
        "permissions": None,
    }


def test_parse__stages__become_jobs(read):
    found = read({"Jenkinsfile": DECLARATIVE})
    assert found.table("ci.job", "name", "image", "runs_on", "manual", "matrix") == [
        (7, "Build", "maven:3.9", None, False, False),
        (20, "Both", "maven:3.9", None, True, False),
        (22, "One", "maven:3.9", "arm", False, False),
        (23, "Two", "maven:3.9", None, True, False),
        (26, "Many", "maven:3.9", None, False, True),
        (28, "Inner", "maven:3.9", None, False, True),
    ]


def test_parse__steps__are_scripts_or_named(read):
    found = read({"Jenkinsfile": DECLARATIVE})
    assert found.table("ci.step", "job", "uses", "run", "allow_failure") == [
        (9, "Build", None, "mvn package", False),
        (10, "Build", None, "\n          docker build .\n        ", False),
        (13, "Build", "withCredentials", None, False),
        (14, "Build", None, "deploy $B", True),
        (16, "Build", "catchError", None, False),
        (16, "Build", None, "x.bat", True),
        (17, "Build", "junit", None, False),
        (22, "One", None, "one", False),
        (23, "Two", "input", None, False),
        (28, "Inner", None, "q", False),
    ]


def test_parse__scripted_pipeline__has_stages_and_steps(read):
    found = read({"Jenkinsfile": SCRIPTED})
    assert found.table("ci.job", "name", "image", "runs_on") == [
        (2, "Build ${x}", "maven:3", "linux"),
        (5, "A", None, "linux"),
    ]
    assert found.table("ci.step", "job", "run", "uses") == [
        (3, "Build ${x}", None, "docker.image"),
        (3, "Build ${x}", "mvn verify", None),
        (5, "A", "a", None),
        (5, None, "b", None),
        (6, None, "z", None),
        (6, None, None, "cleanWs"),
    ]


def test_parse__broken_script__is_a_skip(read):
    (skip,) = read({"Jenkinsfile": "pipeline {\n  stages {\n}\n"}).skips
    assert (skip.line, skip.by) == (1, "platform.jenkins")
