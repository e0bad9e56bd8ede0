"""Pages as a visitor meets them, over a store with the sample shop in it."""

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessor import app, pipeline
from assessor.collect.replay import replay
from assessor.collect.repository import open_source
from assessor.model.decisions import UNDECIDED
from assessor.resources import packaged
from assessor.store import projects, runs
from assessor.store.facts import packed
from assessor.store.opening import open_store
from assessor.store.people import SYSTEM

START = Path(app.__file__).parent / "start.py"
NOW = "2026-11-01T10:00:00Z"
LATER = "2026-11-02T10:00:00Z"


def audited_into(store, project, folder, *, now, **options):
    """A run of that folder, stored as a job stores it."""
    asked = pipeline.Options(**options)
    with open_source(folder, rev=asked.rev) as source:
        found = pipeline.full(source, pipeline.rules(None), options=asked, decisions=UNDECIDED)
    return runs.save_run(
        store,
        SYSTEM,
        project=project,
        assessment=found.assessment,
        tables=packed(found.kept),
        now=now,
    )


def choose(opened, table, *, row=0):
    """Choose a row of the table of that name, and draw the page anew."""
    [key] = {each.key for each in opened.dataframe if (each.key or "").startswith(f"{table}-")}
    opened.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return opened.run()


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    """The sample shop as a git repository."""
    folder = tmp_path_factory.mktemp("samples") / "shop"
    replay(packaged("sample_repos") / "shop", folder)
    return folder


@pytest.fixture(scope="session")
def _shop_store(tmp_path_factory, shop):
    """A store with two runs of the shop, made once."""
    file = tmp_path_factory.mktemp("app") / "store.sqlite"
    store = open_store(f"sqlite:///{file}")
    project = projects.add_project(store, SYSTEM, name="shop", location=str(shop), now=NOW)
    audited_into(store, project.id, shop, now=NOW, rev="HEAD~1")
    audited_into(store, project.id, shop, now=LATER)
    store.engine.dispose()
    return file


@pytest.fixture
def store_file(_shop_store, tmp_path, monkeypatch):
    """A copy of that store, which the app is started with."""
    file = tmp_path / "store.sqlite"
    for each in _shop_store.parent.glob(f"{_shop_store.name}*"):
        shutil.copy(each, tmp_path / each.name)
    monkeypatch.setenv("ASSESSOR_STORE", f"sqlite:///{file}")
    monkeypatch.delenv("ASSESSOR_AUTH", raising=False)
    monkeypatch.delenv("ASSESSOR_PROJECT", raising=False)
    st.cache_resource.clear()
    yield file
    st.cache_resource.clear()


@pytest.fixture
def store(store_file):
    """The store itself, to prepare something in it or to look at what a page wrote."""
    opened = open_store(f"sqlite:///{store_file}")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def page(store_file):
    """A function that opens a page with a query and runs it."""

    def opened(name="overview", **query):
        test = AppTest.from_file(str(START), default_timeout=60)
        query = {"lang": "en", **query}
        test.query_params.update(query)
        test.run()
        if name == "overview":
            return test
        test.switch_page(f"addresses/{name}.py")
        test.query_params.update(query)
        return test.run()

    return opened
