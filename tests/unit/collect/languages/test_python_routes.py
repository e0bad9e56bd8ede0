"""Endpoints of Django, Flask, FastAPI, Starlette and aiohttp, with their prefixes."""

import pytest
from python_data import artefacts, rows, values

KEYS = ("method", "path", "handler")
URLS = "from django.urls import include, path, re_path\nfrom shop import views\n"
VIEWS = {
    "shop/__init__.py": "",
    "shop/views.py": "def index(request): pass\nclass List: pass\ndef show(request): pass",
}


def django(source, **more):
    files = {**VIEWS, "shop/urls.py": URLS + source, **more}
    return rows(files, "code.endpoint", *KEYS)


def web(source, **more):
    return rows({"app.py": source, **more}, "code.endpoint", *KEYS)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("urlpatterns = [path('a/', views.index)]", [("ANY", "/a/", "index")]),
        ("urlpatterns = [path('', views.index)]", [("ANY", "/", "index")]),
        ("urlpatterns = [path('a/<int:pk>/', views.List.as_view(), name='x')]",
         [("ANY", "/a/<int:pk>/", "List")]),
        ("urlpatterns = [re_path(r'^a/(?P<x>\\d+)/$', views.index)]",
         [("ANY", "/a/(?P<x>\\d+)/", "index")]),
        ("urlpatterns = [path('a/', login_required(views.index))]", [("ANY", "/a/", "index")]),
        ("urlpatterns = [path('a/', include([path('b/', views.index)]))]",
         [("ANY", "/a/b/", "index")]),
        ("inner = [path('b/', views.index)]\nurlpatterns = [path('a/', include(inner))]",
         [("ANY", "/a/b/", "index")]),
        ("urlpatterns = []\nurlpatterns += [path('a/', views.index)]",
         [("ANY", "/a/", "index")]),
        ("urlpatterns = [path('admin/', admin.site.urls)]", []),
        ("urlpatterns = [path('a/', include('lib.urls'))]", []),
        ("urlpatterns = [path(name, views.index)]", []),
        ("# path('a/', views.index)", []),
        ("x = \"path('a/', views.index)\"", []),
    ],
)  # fmt: skip
def test_endpoints__django__path_and_handler(source, expected):
    assert django(source) == expected


def test_endpoints__path_of_another_library__none():
    files = {**VIEWS, "shop/urls.py": "from os import path\nx = [path('a/', y)]"}
    assert rows(files, "code.endpoint", *KEYS) == []


def test_endpoints__include_of_a_module__prefixes_joined():
    more = {
        "site.py": "",
        "main/__init__.py": "",
        "main/urls.py": "from django.urls import include, path\n"
        "urlpatterns = [path('shop/', include('shop.urls'))]",
    }
    files = {**VIEWS, "shop/urls.py": URLS + "urlpatterns = [path('a/', views.index)]", **more}
    assert rows(files, "code.endpoint", *KEYS) == [("ANY", "/shop/a/", "index")]


def test_endpoints__included_twice__both():
    more = {
        "main/__init__.py": "",
        "main/urls.py": "from django.urls import include, path\n"
        "urlpatterns = [path('x/', include('shop.urls')), path('y/', include('shop.urls'))]",
    }
    files = {**VIEWS, "shop/urls.py": URLS + "urlpatterns = [path('a/', views.index)]", **more}
    found = rows(files, "code.endpoint", "path")
    assert found == [("/x/a/",), ("/y/a/",)]


def test_endpoints__include_in_a_test__no_prefix():
    more = {
        "tests/__init__.py": "",
        "tests/urls.py": "from django.urls import include, path\n"
        "urlpatterns = [path('x/', include('shop.urls'))]",
    }
    files = {**VIEWS, "shop/urls.py": URLS + "urlpatterns = [path('a/', views.index)]", **more}
    assert rows(files, "code.endpoint", "path") == [("/a/",)]


def test_endpoints__app_configurations__prefixes_joined():
    head = "from django.apps import AppConfig, apps\nfrom django.urls import path\n"
    files = {
        **VIEWS,
        "shop/apps.py": head
        + "class Shop(AppConfig):\n  label = 'shop'\n  def ready(self):\n"
        + "    self.view = get_class('shop.views', 'List')\n  def get_urls(self):\n"
        + "    return [path('a/', self.view.as_view())]",
        "main/__init__.py": "",
        "main/apps.py": head
        + "class Main(AppConfig):\n  label = 'main'\n  def ready(self):\n"
        + "    self.shop = apps.get_app_config('shop')\n  def get_urls(self):\n"
        + "    return [path('s/', self.shop.urls)]",
    }
    found = rows(files, "code.endpoint", "path", "handler", "unit")
    assert found == [("/s/a/", "List", "shop/views.py")]


def test_endpoints__router_of_rest_framework__prefix_and_view():
    source = (
        "from rest_framework.routers import DefaultRouter\nrouter = DefaultRouter()\n"
        "router.register('lists', views.List)\n"
        "urlpatterns = [path('api/', include(router.urls))]"
    )
    assert django(source) == [("ANY", "/api/lists/", "List")]


def test_endpoints__django__unit_is_the_view_and_place_the_route():
    files = {**VIEWS, "shop/urls.py": URLS + "urlpatterns = [\n  path('a/', views.index),\n]"}
    (found,) = artefacts(files, "code.endpoint")
    assert (found.location.path, found.location.line) == ("shop/urls.py", 4)
    assert values(found)["unit"] == "shop/views.py"
    assert (values(found)["framework"], values(found)["unit_kind"]) == ("django", "source")


FLASK = "from flask import Flask, Blueprint\napp = Flask(__name__)\n"
BLUE = "bp = Blueprint('b', __name__, url_prefix='/b')\n"
FAST = "from fastapi import FastAPI, APIRouter\napp = FastAPI()\n"
ROUTER = "router = APIRouter(prefix='/r')\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (FLASK + "@app.route('/a')\ndef f(): pass", [("GET", "/a", "f")]),
        (FLASK + "@app.route('/a', methods=['GET', 'POST'])\ndef f(): pass",
         [("GET", "/a", "f"), ("POST", "/a", "f")]),
        (FLASK + "@app.post('/a/<int:x>')\n@login\ndef f(x): pass",
         [("POST", "/a/<int:x>", "f")]),
        (FLASK + BLUE + "@bp.route('/a')\ndef f(): pass", [("GET", "/b/a", "f")]),
        (FLASK + BLUE + "@bp.get('/a')\ndef f(): pass\napp.register_blueprint(bp)",
         [("GET", "/b/a", "f")]),
        (FLASK + BLUE + "@bp.get('/a')\ndef f(): pass\n"
         "app.register_blueprint(bp, url_prefix='/c')", [("GET", "/c/a", "f")]),
        (FLASK + "def f(): pass\napp.add_url_rule('/a', view_func=f)", [("GET", "/a", "f")]),
        (("from flask import Flask\ndef make():\n  app = Flask('x')\n  @app.route('/a')\n"
         "  def f(): pass"), [("GET", "/a", "f")]),
        (FAST + "@app.get('/a/{x}')\nasync def f(x): pass", [("GET", "/a/{x}", "f")]),
        (FAST + ROUTER + "@router.delete('/a')\ndef f(): pass", [("DELETE", "/r/a", "f")]),
        (FAST + ROUTER + "@router.put('/a')\ndef f(): pass\n"
         "app.include_router(router, prefix='/v1')", [("PUT", "/v1/r/a", "f")]),
        ("from aiohttp import web\ndef f(r): pass\nx = [web.get('/a', f)]",
         [("GET", "/a", "f")]),
        (("from aiohttp import web\napp = web.Application()\ndef f(r): pass\n"
         "app.router.add_post('/a', f)"), [("POST", "/a", "f")]),
        (("from aiohttp import web\nroutes = web.RouteTableDef()\n@routes.get('/a')\n"
         "async def f(r): pass"), [("GET", "/a", "f")]),
        (("from starlette.routing import Route, Mount\ndef f(r): pass\n"
         "x = [Mount('/m', routes=[Route('/a', f, methods=['POST'])])]"),
         [("POST", "/m/a", "f")]),
        ("from flask import Flask\nclient = make()\n@client.route('/a')\ndef f(): pass", []),
        (FLASK + "# @app.route('/a')\ndef f(): pass", []),
        (FLASK + "x = config.get('/a')\napp.logger.info('/a')", []),
        ("from unittest import mock\n@mock.patch('a.b')\ndef f(): pass", []),
        (FLASK + "@app.route(name)\ndef f(): pass", []),
    ],
)  # fmt: skip
def test_endpoints__applications__method_path_and_handler(source, expected):
    assert web(source) == expected


def test_endpoints__blueprint_registered_in_another_file__prefix_of_the_registration():
    files = {
        "shop/__init__.py": "",
        "shop/views.py": "from flask import Blueprint\nbp = Blueprint('b', __name__)\n"
        "@bp.route('/a')\ndef f(): pass",
        "main.py": "from flask import Flask\nfrom shop.views import bp\napp = Flask('x')\n"
        "app.register_blueprint(bp, url_prefix='/shop')",
    }
    assert rows(files, "code.endpoint", "path", "unit") == [("/shop/a", "shop/views.py")]


def test_endpoints__routers_in_routers__all_prefixes():
    source = (
        FAST + "one = APIRouter(prefix='/one')\ntwo = APIRouter(prefix='/two')\n"
        "@two.get('/a')\ndef f(): pass\none.include_router(two)\n"
        "app.include_router(one, prefix='/v1')"
    )
    assert web(source) == [("GET", "/v1/one/two/a", "f")]
