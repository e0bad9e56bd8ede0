"""New findings as GitLab reads them."""

import json

from assessor.model.gate import Told
from assessor.model.rules import Outcome
from assessor.render.to_codequality import to_codequality


def test_to_codequality__a_finding__has_all_that_gitlab_asks_for():
    told = Told("CTR-02", "the image", Outcome.NOT_MET, "minor", "a/Dockerfile", 3, "f" * 32)
    (issue,) = json.loads(to_codequality([told]))
    assert issue == {
        "check_name": "CTR-02",
        "description": "the image",
        "fingerprint": "f" * 32,
        "location": {"path": "a/Dockerfile", "lines": {"begin": 3}},
        "severity": "minor",
    }


def test_to_codequality__a_whole_file__stands_at_its_first_line():
    (issue,) = json.loads(to_codequality([Told("R-1", "x", Outcome.NOT_MET, path="a")]))
    assert issue["location"]["lines"]["begin"] == 1


def test_to_codequality__nothing__is_an_empty_list():
    assert json.loads(to_codequality([])) == []
