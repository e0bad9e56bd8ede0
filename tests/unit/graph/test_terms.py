import pytest

from assessor.graph.terms import segments, split, words


@pytest.mark.parametrize(
    ("name", "own", "path"),
    [
        pytest.param(
            "com.acme.order.OrderLineServiceImpl", ("order", "line"), ("acme", "order"), id="java"
        ),
        pytest.param("src/shop/apps/basket/forms.py", (), ("shop", "basket"), id="python path"),
        pytest.param("libs/ordering/order-item.service.ts", ("order",), ("ordering",), id="dots"),
        pytest.param(
            r"Shop\Billing\InvoiceRepository", ("invoice",), ("shop", "billing"), id="php"
        ),
        pytest.param("billing::Invoice", ("invoice",), ("billing",), id="rust"),
        pytest.param("", (), (), id="empty"),
    ],
)
def test_words__names_of_many_languages__own_and_path_without_technical_words(name, own, path):
    found = words(name)
    assert (found.own, found.path) == (own, path)


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("HTTPOrderCategories", ("order", "category")),
        ("addressStatus", ("address", "status")),
        ("订单Order", ("订单", "order")),
    ],
)
def test_split__case_plurals_and_other_scripts__domain_words(identifier, expected):
    assert split(identifier) == expected


def test_segments__file_at_the_root__no_ending():
    assert segments("setup.py") == ("setup",)
