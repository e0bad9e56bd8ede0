"""Django's models: their tables, their relations, and what is done to them."""

import random

import pytest
from python_data import accesses, artefacts, extracted, rows, values

from assessor.collect.languages.python import resolve

HEAD = "from django.db import models\n"
SHOP = {
    "shop/__init__.py": "",
    "shop/models.py": HEAD
    + """
class Customer(models.Model):
    name = models.CharField(max_length=9)

class Order(models.Model):
    customer = models.ForeignKey(Customer, related_name="orders", on_delete=models.CASCADE)
    tags = models.ManyToManyField("Tag", related_name="tagged")

class Tag(models.Model):
    objects = models.Manager()
    visible = TagManager()
""",
}


def tables(files):
    return rows(files, "data.entity", "entity", "table")


def done(source, **more):
    """(table, operation) of a file beside the shop's models."""
    return accesses({**SHOP, "shop/views.py": source, **more}, "shop/views.py")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class A(models.Model): pass", [("A", "shop_a")]),
        ("class A(models.Model):\n  class Meta:\n    db_table = 'T_A'", [("A", "t_a")]),
        ('class A(models.Model):\n  class Meta:\n    db_table = \'"s"."A"\'', [("A", "s.a")]),
        ("class A(models.Model):\n  class Meta:\n    app_label = 'x'", [("A", "x_a")]),
        ("class A(models.Model):\n  class Meta:\n    abstract = True", []),
        (
            (
                "class A(models.Model):\n  class Meta:\n    abstract = True\n    app_label = 'x'\n"
                "class B(A): pass"
            ),
            [("B", "x_b")],
        ),
        (
            (
                "class A(models.Model):\n  class Meta:\n    abstract = True\n    app_label = 'x'\n"
                "class B(A):\n  class Meta:\n    ordering = ['id']"
            ),
            [("B", "shop_b")],
        ),
        (
            (
                "class A(models.Model):\n  class Meta:\n    abstract = True\n    app_label = 'x'\n"
                "class B(A):\n  class Meta(A.Meta):\n    ordering = ['id']"
            ),
            [("B", "x_b")],
        ),
        (
            "class A(models.Model): pass\nclass B(A):\n  class Meta:\n    proxy = True",
            [("A", "shop_a"), ("B", "shop_a")],
        ),
        ("class A(models.Model): pass\nclass B(A): pass", [("A", "shop_a"), ("B", "shop_b")]),
        ("class M: pass\nclass A(M, models.Model): pass", [("A", "shop_a")]),
        ("if x:\n  class A(models.Model): pass", [("A", "shop_a")]),
        ("from treebeard.mp_tree import MP_Node\nclass A(MP_Node): pass", [("A", "shop_a")]),
        ("from lib import Base\nclass A(Base):\n  n = models.TextField()", [("A", "shop_a")]),
        ("from lib import Base\nclass A(Base): pass", []),
        ("class A(object):\n  n = models.TextField()", []),
        ("# class A(models.Model): pass", []),
        ('"""class A(models.Model): pass"""', []),
    ],
)
def test_entities__django__table(source, expected):
    assert tables({"shop/models.py": HEAD + source}) == expected


def test_entities__models_of_another_library__none():
    files = {"shop/models.py": "from odoo import models\nclass A(models.Model): pass"}
    assert tables(files) == []


@pytest.mark.parametrize(
    ("apps", "expected"),
    [
        ("from django.apps import AppConfig\nclass C(AppConfig):\n  label = 'sales'", "sales_a"),
        ("from django.apps import AppConfig\nclass C(AppConfig):\n  name = 'x.trade'", "trade_a"),
        ("class C:\n  label = 'sales'", "shop_a"),
    ],
)
def test_entities__app_configuration__label(apps, expected):
    files = {"shop/apps.py": apps, "shop/models.py": HEAD + "class A(models.Model): pass"}
    assert tables(files) == [("A", expected)]


def test_entities__models_package__label_of_the_folder_above():
    files = {
        "shop/__init__.py": "",
        "shop/models/__init__.py": "",
        "shop/models/a.py": HEAD + "class A(models.Model): pass",
    }
    assert tables(files) == [("A", "shop_a")]


def test_entities__abstract_class_in_another_file__followed():
    files = {
        "shop/__init__.py": "",
        "shop/abstract_models.py": HEAD
        + "class AbstractA(models.Model):\n  class Meta:\n    abstract = True\n"
        + "    app_label = 's'",
        "shop/models.py": "from shop.abstract_models import AbstractA\n"
        "if not is_model_registered('s', 'A'):\n  class A(AbstractA): pass",
    }
    assert tables(files) == [("A", "s_a")]


def test_entities__proxy_of_a_fetched_model__its_table():
    files = {
        **SHOP,
        "shop/kinds.py": "from lib import get_model\nTag = get_model('shop', 'Tag')\n"
        "class Red(Tag):\n  class Meta:\n    proxy = True",
    }
    assert ("Red", "shop_tag") in tables(files)


def test_entities__test_folder__unit_kind_and_place():
    files = {"tests/models.py": HEAD + "\nclass A(models.Model): pass"}
    (found,) = artefacts(files, "data.entity")
    assert values(found)["unit_kind"] == "test"
    assert (found.location.path, found.location.line) == ("tests/models.py", 3)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("models.ForeignKey(B)", ("B", "many-to-one", True)),
        ("models.ForeignKey('B')", ("B", "many-to-one", True)),
        ("models.ForeignKey('shop.B', on_delete=1)", ("B", "many-to-one", True)),
        ("models.ForeignKey(to='shop.b')", ("B", "many-to-one", True)),
        ("models.ForeignKey('self', null=True)", ("A", "many-to-one", True)),
        ("models.OneToOneField(B)", ("B", "one-to-one", True)),
        ("models.ManyToManyField(B)", ("B", "many-to-many", False)),
        ("models.ForeignKey(settings.AUTH_USER_MODEL)", ("User", "many-to-one", True)),
        ("models.ForeignKey(get_user_model())", ("User", "many-to-one", True)),
        ("models.ForeignKey('other.Thing')", ("Thing", "many-to-one", True)),
    ],
)
def test_relations__django__target_and_cardinality(field, expected):
    source = f"class B(models.Model): pass\nclass A(models.Model):\n  x = {field}"
    found = rows(
        {"shop/models.py": HEAD + source},
        "data.relation", "source", "field", "target", "cardinality", "foreign_key",
    )  # fmt: skip
    assert found == [("A", "x", *expected)]


@pytest.mark.parametrize(
    "field",
    ["models.CharField('B')", "forms.ForeignKey('B')", "make('B')", "models.ForeignKey(name)"],
)
def test_relations__no_field_that_leads_on__none(field):
    source = f"from django import forms\nclass A(models.Model):\n  x = {field}"
    assert rows({"shop/models.py": HEAD + source}, "data.relation", "field") == []


def test_relations__user_of_the_settings__that_model():
    files = {
        "settings.py": "AUTH_USER_MODEL = 'people.Person'",
        "people/models.py": HEAD + "class Person(models.Model): pass",
        "shop/models.py": HEAD
        + "class A(models.Model):\n  x = models.ForeignKey(settings.AUTH_USER_MODEL)",
    }
    assert rows(files, "data.relation", "source", "target") == [("A", "Person")]


ORDER, TAG, CUSTOMER = "shop_order", "shop_tag", "shop_customer"
IMPORT = "from shop.models import Customer, Order, Tag\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Order.objects.all()", {(ORDER, "read")}),
        ("Order.objects.filter(x=1).exclude(y=2)", {(ORDER, "read")}),
        ("Order.objects.filter(x=1).count()", {(ORDER, "read")}),
        ("Order._default_manager.get(pk=1)", {(ORDER, "read")}),
        ("Tag.visible.all()", {(TAG, "read")}),
        ("Order.objects.create(x=1)", {(ORDER, "create")}),
        ("Order.objects.bulk_create(xs)", {(ORDER, "create")}),
        ("Order.objects.get_or_create(x=1)", {(ORDER, "create"), (ORDER, "read")}),
        ("Order.objects.filter(x=1).update(y=2)", {(ORDER, "update")}),
        ("Order.objects.filter(x=1).delete()", {(ORDER, "delete")}),
        ("Order(x=1).save()", {(ORDER, "create"), (ORDER, "update")}),
        ("def f():\n  one = Order()\n  one.save()", {(ORDER, "create"), (ORDER, "update")}),
        (
            "def f():\n  one = Order.objects.get(pk=1)\n  one.delete()",
            {(ORDER, "read"), (ORDER, "delete")},
        ),
        (
            "def f():\n  for one in Order.objects.all():\n    one.delete()",
            {(ORDER, "read"), (ORDER, "delete")},
        ),
        (
            "def f():\n  many = Order.objects.all()\n  one = many[0]\n  one.delete()",
            {(ORDER, "read"), (ORDER, "delete")},
        ),
        (
            "def f():\n  one = Order.objects.get(pk=1)\n  one.customer.delete()",
            {(ORDER, "read"), (CUSTOMER, "delete")},
        ),
        (
            "def f():\n  one = Customer.objects.get(pk=1)\n  one.orders.create(x=1)",
            {(CUSTOMER, "read"), (ORDER, "create")},
        ),
        ("def f(x):\n  return x.orders.filter(y=1)", {(ORDER, "read")}),
        ("one = get_object_or_404(Order, pk=1)", {(ORDER, "read")}),
        ("Order.objects.raw('SELECT 1')", {(ORDER, "read")}),
        ("from django import forms\nclass F(forms.ModelForm):\n  class Meta:\n    model = Order",
         {(ORDER, "read")}),
        ("from django.views.generic import ListView\nclass V(ListView):\n  model = Order",
         {(ORDER, "read")}),
        ("from django.views.generic import CreateView\nclass V(CreateView):\n  model = Order",
         {(ORDER, "create")}),
        ("from django.views.generic import UpdateView\nclass V(UpdateView):\n  model = Order",
         {(ORDER, "update"), (ORDER, "read")}),
        (("from django.views.generic import DeleteView\nclass V(DeleteView):\n"
         "  queryset = Order.objects.all()"), {(ORDER, "delete"), (ORDER, "read")}),
        (("from rest_framework.viewsets import ModelViewSet\nclass V(ModelViewSet):\n"
         "  queryset = Order.objects.all()"),
         {(ORDER, each) for each in ("create", "delete", "read", "update")}),
        (("from rest_framework import serializers\nclass S(serializers.ModelSerializer):\n"
         "  class Meta:\n    model = Tag"), {(TAG, "read")}),
        (("from django.views.generic import DetailView\nclass V(DetailView):\n  model = Customer\n"
         "  def get(self):\n    return self.object.orders.first()"),
         {(CUSTOMER, "read"), (ORDER, "read")}),
    ],
)  # fmt: skip
def test_accesses__django__table_and_operation(source, expected):
    assert done(IMPORT + source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "# Order.objects.all()",
        "'Order.objects.all()'",
        "def f(Order):\n  Order.save()",
        "def f(order):\n  order.save()",
        "kwargs.get('orders')",
        "cache.delete('x')",
        "def f():\n  one = make()\n  one.save()",
        "Order.DoesNotExist",
        "Order(x=1)",
        "x.update(y)",
        "class V:\n  model = Order",
        "class Meta:\n  model = Order",
        "items.filter(x)",
    ],
)
def test_accesses__look_alike__none(source):
    assert done(IMPORT + source) == set()


def test_accesses__class_of_the_same_name_from_elsewhere__none():
    assert done("from lib.models import Order\nOrder.objects.all()") == set()


@pytest.mark.parametrize(
    "source",
    [
        "from lib import get_model\nOrder = get_model('shop', 'order')\nOrder.objects.all()",
        (
            "from django.apps import apps\nOrder = apps.get_model('shop', 'Order')\n"
            "Order.objects.all()"
        ),
        "from django.apps import apps\nOrder = apps.get_model('shop.Order')\nOrder.objects.all()",
        "def f():\n  X = get_model('shop', 'Order')\n  return X.objects.all()",
        "from shop.models import Order as X\nX.objects.all()",
        "from shop import models\nmodels.Order.objects.all()",
        "import shop.models\nshop.models.Order.objects.all()",
        "from shop.models import *\nOrder.objects.all()",
        "def f():\n  from shop.models import Order\n  Order.objects.all()",
    ],
)
def test_accesses__ways_to_name_a_model__found(source):
    assert done(source) == {(ORDER, "read")}


def test_accesses__model_of_django_itself__its_table():
    source = "from django.contrib.auth.models import Group\nGroup.objects.all()"
    assert done(source) == {("auth_group", "read")}


def test_accesses__own_methods_of_an_abstract_class__table_of_its_only_heir():
    files = {
        "shop/__init__.py": "",
        "shop/base.py": HEAD
        + "class AbstractA(models.Model):\n  def f(self):\n    self.save()\n"
        + "  class Meta:\n    abstract = True\n    app_label = 's'",
        "shop/models.py": "from shop.base import AbstractA\nclass A(AbstractA): pass",
    }
    assert accesses(files, "shop/base.py") == {("s_a", "create"), ("s_a", "update")}


def test_accesses__own_methods_of_a_class_with_two_heirs__none():
    files = {
        "shop/base.py": HEAD
        + "class Base(models.Model):\n  def f(self):\n    self.save()\n"
        + "  class Meta:\n    abstract = True\n"
        + "class A(Base): pass\nclass B(Base): pass",
    }
    assert accesses(files, "shop/base.py") == set()


def test_accesses__query_set_class__table_of_the_model_that_has_it():
    files = {
        "shop/__init__.py": "",
        "shop/managers.py": HEAD
        + "class Q(models.QuerySet):\n  def open(self):\n    return self.filter(x=1)",
        "shop/models.py": HEAD
        + "from shop.managers import Q\nclass A(models.Model):\n  objects = Q.as_manager()",
    }
    assert accesses(files, "shop/managers.py") == {("shop_a", "read")}


def test_accesses__twice__counted_at_the_first_line():
    files = {**SHOP, "shop/v.py": IMPORT + "\nOrder.objects.all()\nOrder.objects.all()"}
    (found,) = artefacts(files, "data.access")
    assert (values(found)["count"], values(found)["via"]) == (2, "orm")
    assert (found.location.path, found.location.line) == ("shop/v.py", 3)


def test_resolve__files_in_another_order__same_artefacts():
    files = [extracted(path, source) for path, source in {**SHOP, "v.py": IMPORT}.items()]
    shuffled = random.Random(1).sample(files, len(files))  # noqa: S311 - any order will do
    assert resolve(shuffled).artefacts == resolve(files).artefacts
