"""Tables that one statement names together."""

from assessor.collect.languages.joins import MAX_TABLES, joined, pairs


def test_pairs__of_three_tables__are_three_and_of_too_many_none():
    assert pairs(["c", "a", "b", "a"]) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert pairs(["a"]) == []
    assert pairs(str(number) for number in range(MAX_TABLES + 1)) == []


def test_joined__same_pair_again__is_counted_at_its_first_place():
    said = [
        ("u.py", ("u.py", 9), ["b", "a"]),
        ("u.py", ("m.xml", 4), ["a", "b"]),
        ("v.py", ("v.py", 1), ["a"]),
    ]
    assert joined(said) == {("u.py", "a", "b"): (2, ("m.xml", 4))}
