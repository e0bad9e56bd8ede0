import pytest

from assessor.render.to_json import plain


def test_plain__floats__are_rounded_and_never_negative_zero():
    assert plain({"a": [0.12345678, -0.0]}) == {"a": [0.123457, 0.0]}
    assert str(plain(-0.0000001)) == "0.0"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_plain__a_float_without_a_value__is_refused(value):
    with pytest.raises(ValueError, match="cannot stand"):
        plain([value])
