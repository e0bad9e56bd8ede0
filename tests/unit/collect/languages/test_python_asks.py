"""Settings that Python asks for by name; their values are never kept."""

from python_told import told


def asked(text, **more):
    return [each[1:] for each in told("code.setting", {"app/a.py": text, **more})]


def test_asks__environment__keys_and_whether_there_is_a_default():
    text = """
    import os
    from os import environ, getenv as ask
    NAME = "G"
    a = os.environ["A"]
    b = os.environ.get("B", "x")
    c = os.getenv("C")
    d = environ.get("D") or "x"
    e = ask("E", default="x")
    f = os.environ.get("F", None)
    g = os.environ[NAME]
    if os.getenv("H") or os.getenv("I"): ...
    if "J" not in os.environ: ...
    """
    assert asked(text) == [
        ("A", "environment", False, 1),
        ("B", "environment", True, 1),
        ("C", "environment", False, 1),
        ("D", "environment", True, 1),
        ("E", "environment", True, 1),
        ("F", "environment", False, 1),
        ("G", "environment", False, 1),
        ("H", "environment", False, 1),
        ("I", "environment", False, 1),
        ("J", "environment", False, 1),
    ]


def test_asks__environment_that_is_written_or_is_another__none():
    text = """
    import os
    os.environ["A"] = "geheim"
    os.environ.setdefault("B", "x")
    del os.environ["C"]
    os.environ[key]
    run(env=os.environ, **os.environ)
    key in os.environ
    # os.environ["D"]
    TEXT = 'os.environ["E"]'
    def app(environ, start_response):
        environ.get("PATH_INFO")
        self.environ["F"]
    """
    assert asked(text) == []


def test_asks__readers_of_libraries__keys():
    text = """
    import environ
    from decouple import config
    env = environ.Env(DEBUG=(bool, False), KEY=str)
    a = env("A")
    b = env.bool("B", default=True)
    c = env.db()
    d = config("D", cast=int)
    environ.Env.read_env(".env")
    """
    assert asked(text) == [
        ("DEBUG", "environment", True, 1),
        ("KEY", "environment", False, 1),
        ("A", "environment", False, 1),
        ("B", "environment", True, 1),
        ("DATABASE_URL", "environment", False, 1),
        ("D", "environment", False, 1),
    ]


def test_asks__class_of_settings__fields_with_prefix_and_aliases():
    text = """
    from typing import ClassVar
    from pydantic import Field
    from pydantic_settings import BaseSettings, SettingsConfigDict

    class Common(BaseSettings):
        model_config = SettingsConfigDict(env_prefix="shop_")
        database_url: str
        limit: int = 5
        host: str | None = None
        token: str = Field(..., alias="API_TOKEN")
        size: int = Field(default=3)
        table: ClassVar[str] = "x"
        _cache: int = 1
        plain = 1

        @property
        def url(self) -> str: ...

    class More(Common):
        more: str

    class Plain:
        name: str
    """
    assert asked(text) == [
        ("SHOP_DATABASE_URL", "environment", False, 1),
        ("SHOP_LIMIT", "environment", True, 1),
        ("SHOP_HOST", "environment", False, 1),
        ("API_TOKEN", "environment", False, 1),
        ("SHOP_SIZE", "environment", True, 1),
        ("MORE", "environment", False, 1),
    ]


def test_asks__settings_of_django__names_and_getattr():
    text = """
    from django.conf import settings
    from django.conf import settings as conf

    def f():
        settings.TIMEOUT
        conf.TIMEOUT
        getattr(settings, "LIMIT", 5)
        getattr(settings, "NAME")
        settings.DEBUG = True
        settings.configure()
        self.settings.OTHER
        # settings.COMMENT
    """
    assert asked(text) == [
        ("TIMEOUT", "properties", False, 2),
        ("LIMIT", "properties", True, 1),
        ("NAME", "properties", False, 1),
    ]


def test_asks__settings_of_the_project_itself__none():
    own = "class S: ...\nsettings = S()\n"
    assert asked("from app.conf import settings\nsettings.TIMEOUT\n", **{"app/conf.py": own}) == []


def test_asks__configuration_of_flask__here_and_of_an_application_elsewhere():
    made = (
        "from flask import Flask\ndef create_app():\n  app = Flask('x')\n"
        "  return app\napp = create_app()\n"
    )
    text = """
    from flask import Flask, current_app
    from app.made import app, create_app

    def f(given: Flask, unknown):
        current_app.config["A"]
        current_app.config.get("B", 5)
        given.config["C"]
        app.config["D"]
        create_app().config["E"]
        app.config["F"] = 1
        unknown.config["G"]
    """
    assert asked(text, **{"app/made.py": made, "app/__init__.py": ""}) == [
        ("A", "properties", False, 1),
        ("B", "properties", True, 1),
        ("C", "properties", False, 1),
        ("D", "properties", False, 1),
        ("E", "properties", False, 1),
    ]


def test_asks__values__are_nowhere():
    text = "import os\nos.environ.get('DB_PASSWORD', 'geheim')\n"
    assert asked(text) == [("DB_PASSWORD", "environment", True, 1)]
    assert "geheim" not in repr(told("code.setting", {"a.py": text}))


def test_asks__engine_of_sessions__is_an_import_by_its_text():
    text = """
    SESSION_ENGINE = "django.contrib.sessions.backends.file"
    # SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    OTHER = "django.contrib.sessions.backends.db"
    """
    found = told("code.import", {"app/settings.py": text})
    assert found == [(2, "django.contrib.sessions.backends.file", 1)]
    own = {
        "app/settings.py": 'SESSION_ENGINE = "app.sessions"\n',
        "app/sessions.py": "",
        "app/__init__.py": "",
    }
    assert told("code.import", own) == []
