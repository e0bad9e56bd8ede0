from assessor.partition.consensus import confidence


def test_confidence__runs_that_agree__one_whatever_the_numbers():
    assert confidence([0, 0, 1], runs=[[5, 5, 2], [1, 1, 0]]) == [1.0, 1.0, 1.0]


def test_confidence__one_unit_wanders__only_its_share_falls():
    assert confidence([0, 0, 0, 1, 1], runs=[[0, 0, 0, 1, 1], [0, 0, 1, 1, 1]]) == [
        1.0,
        1.0,
        0.5,
        1.0,
        1.0,
    ]


def test_confidence__no_runs__one():
    assert confidence([0, 1], runs=[]) == [1.0, 1.0]
